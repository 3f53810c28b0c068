import { z } from "zod";
import type { Clock } from "../../model/ports.ts";
import { failed, ok } from "../answer.ts";
import { type Operation, operation } from "../operation.ts";
import { authorizedArn, NO_SUCH_GROUP, NO_SUCH_STREAM } from "./log-input.ts";
import { type LogStore, MAXIMUM_GROUPS, MAXIMUM_STREAMS_PER_GROUP } from "./log-store.ts";

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html */
const MAXIMUM_BATCH_BYTES = 1_048_576;
const COUNTED_PER_EVENT_BYTES = 26;
const TOO_OLD_MS = 14 * DAY_MS;
const TOO_NEW_MS = 2 * HOUR_MS;

const LIMIT_EXCEEDED = failed(
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
      if (store.groups.size >= MAXIMUM_GROUPS) return LIMIT_EXCEEDED;
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
      if (group === undefined) return NO_SUCH_GROUP;
      if (group.streams.has(logStreamName)) {
        return failed("ResourceAlreadyExistsException", "The specified log stream already exists");
      }
      if (group.streams.size >= MAXIMUM_STREAMS_PER_GROUP) return LIMIT_EXCEEDED;
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
      if (group === undefined) return NO_SUCH_GROUP;
      if (!group.streams.has(call.logStreamName)) return NO_SUCH_STREAM;
      const problem = problemOf(call);
      if (problem !== undefined) return failed("InvalidParameterException", problem);
      const refused = store.keyRefusal("write", group);
      if (refused !== undefined) return refused;
      const nowMs = clock.nowMs();
      const tooOld = call.logEvents.findLastIndex(({ timestamp }) => timestamp < nowMs - TOO_OLD_MS);
      const tooNew = call.logEvents.findIndex(({ timestamp }) => timestamp > nowMs + TOO_NEW_MS);
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
    sizeBytes += Buffer.byteLength(message) + COUNTED_PER_EVENT_BYTES;
  }
  return sizeBytes > MAXIMUM_BATCH_BYTES ? `Upload too large: ${sizeBytes} bytes exceeds limit of 1048576` : undefined;
}
