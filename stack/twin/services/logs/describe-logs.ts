import { z } from "zod";
import { failed, ok } from "../answer.ts";
import { type Operation, operation } from "../operation.ts";
import { pageOf } from "../page.ts";
import type { LogGroup, LogStream } from "./log-group.ts";
import { authorizedArn, findGroup, GROUP_NAMED, groupArn } from "./log-input.ts";
import type { LogStore } from "./log-store.ts";

/** Groups by name; a token is the last name given. */
export function describeLogGroups(store: LogStore): Operation {
  return operation({
    input: z.object({
      logGroupNamePrefix: z.string().optional(),
      logGroupNamePattern: z.string().optional(),
      logGroupIdentifiers: z.array(z.string()).optional(),
      nextToken: z.string().optional(),
      limit: z.int().min(1).max(50).optional(),
    }),
    access: (call) => [
      { action: "logs:DescribeLogGroups", resourceArn: authorizedArn(store.arnOf(call.logGroupNamePrefix ?? "")) },
    ],
    run(call) {
      const identified = call.logGroupIdentifiers?.map((each) => store.groupNamed(each)?.settings.name);
      const pattern = call.logGroupNamePattern?.toLowerCase();
      const found = [...store.groups.values()]
        .filter(({ settings: { name } }) => name.startsWith(call.logGroupNamePrefix ?? ""))
        .filter(({ settings: { name } }) => pattern === undefined || name.toLowerCase().includes(pattern))
        .filter(({ settings: { name } }) => identified === undefined || identified.includes(name))
        .filter(({ settings: { name } }) => name > (call.nextToken ?? ""))
        .sort((a, b) => (a.settings.name < b.settings.name ? -1 : 1));
      const page = found.slice(0, call.limit ?? 50);
      const nextToken = page.length < found.length ? page.at(-1)?.settings.name : undefined;
      return ok({ logGroups: page.map(groupOf), nextToken });
    },
  });
}

function groupOf({ settings, sizeBytes }: LogGroup) {
  return {
    logGroupName: settings.name,
    creationTime: settings.createdAtMs,
    retentionInDays: settings.retentionInDays === 0 ? undefined : settings.retentionInDays,
    metricFilterCount: 0,
    arn: `${settings.arn}:*`,
    logGroupArn: settings.arn,
    storedBytes: sizeBytes,
    kmsKeyId: settings.kmsKeyId,
    logGroupClass: settings.logGroupClass,
  };
}

/** Streams by name or by their last event. */
export function describeLogStreams(store: LogStore): Operation {
  return operation({
    input: z.object({
      ...GROUP_NAMED,
      logStreamNamePrefix: z.string().optional(),
      orderBy: z.enum(["LogStreamName", "LastEventTime"]).optional(),
      descending: z.boolean().optional(),
      nextToken: z.string().optional(),
      limit: z.int().min(1).max(50).optional(),
    }),
    access: (call) => [{ action: "logs:DescribeLogStreams", resourceArn: authorizedArn(groupArn(store, call)) }],
    run(call) {
      const group = findGroup(store, call);
      if ("code" in group) return group;
      if (call.orderBy === "LastEventTime" && call.logStreamNamePrefix !== undefined) {
        return failed("InvalidParameterException", "Cannot order by LastEventTime with a logStreamNamePrefix.");
      }
      const sign = call.descending === true ? -1 : 1;
      const byTime = (a: LogStream, b: LogStream) => (a.lastEventMs ?? 0) - (b.lastEventMs ?? 0);
      const byName = (a: LogStream, b: LogStream) => (a.name < b.name ? -1 : 1);
      const order = call.orderBy === "LastEventTime" ? byTime : byName;
      const found = [...group.streams.values()]
        .filter(({ name }) => name.startsWith(call.logStreamNamePrefix ?? ""))
        .sort((a, b) => sign * order(a, b));
      const page = pageOf(found, call.nextToken, call.limit ?? 50);
      if (page === undefined) return failed("InvalidParameterException", "The specified nextToken is invalid.");
      return ok({ logStreams: page.items.map((stream) => streamOf(group, stream)), nextToken: page.next });
    },
  });
}

function streamOf(group: LogGroup, stream: LogStream) {
  return {
    logStreamName: stream.name,
    creationTime: stream.createdAtMs,
    firstEventTimestamp: stream.firstEventMs,
    lastEventTimestamp: stream.lastEventMs,
    lastIngestionTime: stream.lastIngestedAtMs,
    arn: `${group.settings.arn}:log-stream:${stream.name}`,
    storedBytes: 0,
  };
}

export function listTagsForResource(store: LogStore): Operation {
  return operation({
    input: z.object({ resourceArn: z.string().min(1) }),
    access: ({ resourceArn }) => [{ action: "logs:ListTagsForResource", resourceArn }],
    run({ resourceArn }) {
      const group = findGroup(store, { logGroupIdentifier: resourceArn });
      return "code" in group ? group : ok({ tags: group.settings.tags });
    },
  });
}
