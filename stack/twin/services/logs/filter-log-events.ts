import { z } from "zod";
import type { Clock } from "../../model/ports.ts";
import { type ErrorAnswer, failed, ok } from "../answer.ts";
import { type Operation, operation } from "../operation.ts";
import { parseFilterPattern } from "./filter-pattern.ts";
import type { LogEvent, LogGroup, LogPosition } from "./log-group.ts";
import { authorizedArn, eventId, findGroup, GROUP_NAMED, groupArn } from "./log-input.ts";
import type { LogStore } from "./log-store.ts";

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html */
const MAXIMUM_EVENTS = 10_000;
const MAXIMUM_PAGE_BYTES = 1024 * 1024;

const input = z.object({
  ...GROUP_NAMED,
  logStreamNames: z.array(z.string()).min(1).max(100).optional(),
  logStreamNamePrefix: z.string().min(1).optional(),
  startTime: z.number().min(0).optional(),
  endTime: z.number().min(0).optional(),
  filterPattern: z.string().max(1024).optional(),
  nextToken: z.string().optional(),
  limit: z.int().min(1).max(MAXIMUM_EVENTS).optional(),
  interleaved: z.boolean().optional(),
  unmask: z.boolean().optional(),
});

type Input = z.infer<typeof input>;

export function filterLogEvents(store: LogStore, clock: Clock, countUnimplemented: (what: string) => void): Operation {
  return operation({
    input,
    access: (call) => [{ action: "logs:FilterLogEvents", resourceArn: authorizedArn(groupArn(store, call)) }],
    run(call) {
      const group = findGroup(store, call);
      if ("code" in group) return group;
      const refused = store.keyRefusal("read", group);
      if (refused !== undefined) return refused;
      if (call.logStreamNames !== undefined && call.logStreamNamePrefix !== undefined) {
        return failed("InvalidParameterException", "logStreamNames and logStreamNamePrefix cannot be given together.");
      }
      const pattern = parseFilterPattern(call.filterPattern ?? "");
      if (pattern.kind === "unimplemented") {
        countUnimplemented("FilterLogEvents with a space-delimited pattern");
        return failed("InvalidParameterException", "The twin does not implement space-delimited filter patterns.");
      }
      if (pattern.kind === "invalid") {
        return failed("InvalidParameterException", `Invalid filter pattern: ${pattern.reason}.`);
      }
      const from = startOf(call);
      if ("code" in from) return from;
      const wanted = (event: LogEvent) => ofStreams(call, event.streamName) && pattern.matches(event.message);
      return ok(pageOf(group, from, call, clock.nowMs(), wanted));
    },
  });
}

function pageOf(group: LogGroup, from: LogPosition, call: Input, nowMs: number, wanted: (event: LogEvent) => boolean) {
  const endMs = call.endTime ?? Number.POSITIVE_INFINITY;
  const limit = call.limit ?? MAXIMUM_EVENTS;
  const events: LogEvent[] = [];
  let sizeBytes = 0;
  let nextToken: string | undefined;
  for (const event of group.after(from)) {
    if (event.timestampMs > endMs) break;
    if (event.visibleAtMs > nowMs || !wanted(event)) continue;
    sizeBytes += event.message.length;
    const last = events.at(-1);
    if (last !== undefined && (events.length === limit || sizeBytes > MAXIMUM_PAGE_BYTES)) {
      nextToken = writeToken(last);
      break;
    }
    events.push(event);
  }
  return {
    events: events.map((event) => ({
      logStreamName: event.streamName,
      timestamp: event.timestampMs,
      message: event.message,
      ingestionTime: event.ingestedAtMs,
      eventId: eventId(event),
    })),
    searchedLogStreams: [],
    nextToken,
  };
}

function ofStreams({ logStreamNames, logStreamNamePrefix }: Input, streamName: string): boolean {
  if (logStreamNames !== undefined) return logStreamNames.includes(streamName);
  return logStreamNamePrefix === undefined || streamName.startsWith(logStreamNamePrefix);
}

/** A page goes on after the last event of the one before, whatever has come in since. */
function startOf({ startTime, nextToken }: Input): LogPosition | ErrorAnswer {
  if (nextToken === undefined) return { timestampMs: (startTime ?? 0) - 1, sequence: Number.POSITIVE_INFINITY };
  const match = /^(\d{1,16})-(\d{1,16})$/.exec(Buffer.from(nextToken, "base64url").toString("utf8"));
  if (match === null) return failed("InvalidParameterException", "The specified nextToken is invalid.");
  return { timestampMs: Number(match[1]), sequence: Number(match[2]) };
}

function writeToken({ timestampMs, sequence }: LogPosition): string {
  return Buffer.from(`${timestampMs}-${sequence}`).toString("base64url");
}
