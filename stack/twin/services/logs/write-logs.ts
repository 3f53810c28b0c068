import { z } from "zod";
import type { Clock } from "../../model/ports.ts";
import { failed, ok } from "../answer.ts";
import { type Operation, operation } from "../operation.ts";
import { authorizedArn, noSuchGroup, noSuchStream } from "./log-input.ts";
import { type LogStore, maximumGroups, maximumStreamsPerGroup } from "./log-store.ts";

const dayMs = 86_400_000;
const hourMs = 3_600_000;

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html */
const maximumBatchBytes = 1_048_576;
const countedPerEventBytes = 26;
const tooOldMs = 14 * dayMs;
const tooNewMs = 2 * hourMs;

const limitExceeded = failed(
  "LimitExceededException",
  "You have reached the maximum number of resources that can be created.",
);

export function createLogGroup(store: LogStore): Operation {
  return operation({
    input: z.object({
      logGroupName: z.string().min(1).max(512),
      kmsKeyId: z.string().optional(),
      tags: z.record(z.string(), z.string()).optional(),
    }),
    access: ({ logGroupName }) => [
      { action: "logs:CreateLogGroup", resourceArn: authorizedArn(store.arnOf(logGroupName)) },
    ],
    run({ logGroupName, kmsKeyId, tags }) {
      if (store.groups.has(logGroupName)) {
        return failed("ResourceAlreadyExistsException", "The specified log group already exists");
      }
      if (store.groups.size >= maximumGroups) return limitExceeded;
      store.createGroup(logGroupName, { kmsKeyId, tags: tags ?? {} });
      return ok(undefined);
    },
  });
}

export function createLogStream(store: LogStore, clock: Clock): Operation {
  return operation({
    input: z.object({
      logGroupName: z.string().min(1),
      logStreamName: z
        .string()
        .min(1)
        .max(512)
        .regex(/^[^:*]*$/),
    }),
    access: (call) => [
      {
        action: "logs:CreateLogStream",
        resourceArn: authorizedArn(store.arnOf(call.logGroupName), call.logStreamName),
      },
    ],
    run({ logGroupName, logStreamName }) {
      const group = store.groups.get(logGroupName);
      if (group === undefined) return noSuchGroup;
      if (group.streams.has(logStreamName)) {
        return failed("ResourceAlreadyExistsException", "The specified log stream already exists");
      }
      if (group.streams.size >= maximumStreamsPerGroup) return limitExceeded;
      group.streamNamed(logStreamName, clock.nowMs());
      return ok(undefined);
    },
  });
}

const putInput = z.object({
  logGroupName: z.string().min(1),
  logStreamName: z.string().min(1),
  logEvents: z
    .array(z.object({ timestamp: z.number().min(0), message: z.string().min(1) }))
    .min(1)
    .max(10_000),
});

type PutInput = z.infer<typeof putInput>;

export function putLogEvents(store: LogStore, clock: Clock): Operation {
  return operation({
    input: putInput,
    access: (call) => [
      {
        action: "logs:PutLogEvents",
        resourceArn: authorizedArn(store.arnOf(call.logGroupName), call.logStreamName),
      },
    ],
    run(call) {
      const group = store.groups.get(call.logGroupName);
      if (group === undefined) return noSuchGroup;
      if (!group.streams.has(call.logStreamName)) return noSuchStream;
      const problem = problemOf(call);
      if (problem !== undefined) return failed("InvalidParameterException", problem);
      const refused = store.keyRefusal("write", group);
      if (refused !== undefined) return refused;
      const nowMs = clock.nowMs();
      const tooOld = call.logEvents.findLastIndex(({ timestamp }) => timestamp < nowMs - tooOldMs);
      const tooNew = call.logEvents.findIndex(({ timestamp }) => timestamp > nowMs + tooNewMs);
      const accepted = call.logEvents.slice(tooOld + 1, tooNew < 0 ? undefined : tooNew);
      for (const { timestamp, message } of accepted) store.append(group, call.logStreamName, timestamp, message);
      const rejected = {
        ...(tooOld >= 0 && { tooOldLogEventEndIndex: tooOld + 1 }),
        ...(tooNew >= 0 && { tooNewLogEventStartIndex: tooNew }),
      };
      const isWhole = accepted.length === call.logEvents.length;
      return ok({ nextSequenceToken: String(nowMs), rejectedLogEventsInfo: isWhole ? undefined : rejected });
    },
  });
}

function problemOf({ logEvents }: PutInput): string | undefined {
  let sizeBytes = 0;
  let previousMs = 0;
  for (const { timestamp, message } of logEvents) {
    if (timestamp < previousMs) return "Log events in a single PutLogEvents request must be in chronological order.";
    previousMs = timestamp;
    sizeBytes += Buffer.byteLength(message) + countedPerEventBytes;
  }
  return sizeBytes > maximumBatchBytes ? `Upload too large: ${sizeBytes} bytes exceeds limit of 1048576` : undefined;
}
