import { z } from "zod";
import type { Clock } from "../../model/ports.ts";
import { type ErrorAnswer, failed, ok } from "../answer.ts";
import { type Operation, operation } from "../operation.ts";
import type { LogEvent, LogGroup, LogPosition } from "./log-group.ts";
import { authorizedArn, findGroup, GROUP_NAMED, groupArn, NO_SUCH_STREAM } from "./log-input.ts";
import type { LogStore } from "./log-store.ts";

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetLogEvents.html */
const MAXIMUM_EVENTS = 10_000;
const MAXIMUM_PAGE_BYTES = 1024 * 1024;

const input = z.object({
  ...GROUP_NAMED,
  logStreamName: z.string().min(1),
  startTime: z.number().min(0).optional(),
  endTime: z.number().min(0).optional(),
  nextToken: z.string().optional(),
  limit: z.int().min(1).max(MAXIMUM_EVENTS).optional(),
  startFromHead: z.boolean().optional(),
  unmask: z.boolean().optional(),
});

type Input = z.infer<typeof input>;

interface Start {
  readonly direction: "forward" | "backward";
  readonly position: LogPosition;
}

/** One stream's events, oldest first. At its end a page is empty and has the token that was given, as AWS'. */
export function getLogEvents(store: LogStore, clock: Clock): Operation {
  return operation({
    input,
    access: (call) => [
      {
        action: "logs:GetLogEvents",
        resourceArn: authorizedArn(groupArn(store, call), call.logStreamName),
      },
    ],
    run(call) {
      const group = findGroup(store, call);
      if ("code" in group) return group;
      if (!group.streams.has(call.logStreamName)) return NO_SUCH_STREAM;
      const refused = store.keyRefusal("read", group);
      if (refused !== undefined) return refused;
      const start = startOf(call);
      if ("code" in start) return start;
      const events = pageOf(group, start, call, clock.nowMs());
      const first = events[0] ?? start.position;
      const last = events.at(-1) ?? start.position;
      return ok({
        events: events.map((event) => ({
          timestamp: event.timestampMs,
          message: event.message,
          ingestionTime: event.ingestedAtMs,
        })),
        nextForwardToken: `f/${last.timestampMs}/${last.sequence}`,
        nextBackwardToken: `b/${first.timestampMs}/${events.length === 0 ? first.sequence : first.sequence - 1}`,
      });
    },
  });
}

function pageOf(group: LogGroup, { direction, position }: Start, call: Input, nowMs: number): LogEvent[] {
  const events: LogEvent[] = [];
  let sizeBytes = 0;
  for (const event of direction === "forward" ? group.after(position) : group.upTo(position)) {
    if (event.streamName !== call.logStreamName || event.visibleAtMs > nowMs) continue;
    if (event.timestampMs >= (call.endTime ?? Number.POSITIVE_INFINITY)) {
      if (direction === "forward") break;
      continue;
    }
    if (event.timestampMs < (call.startTime ?? 0)) {
      if (direction === "backward") break;
      continue;
    }
    sizeBytes += event.message.length;
    if (events.length === (call.limit ?? MAXIMUM_EVENTS) || (sizeBytes > MAXIMUM_PAGE_BYTES && events.length > 0))
      break;
    events.push(event);
  }
  return direction === "forward" ? events : events.reverse();
}

/** Largest numbers rather than Infinity, because positions are written into tokens. */
const END: LogPosition = { timestampMs: Number.MAX_SAFE_INTEGER, sequence: Number.MAX_SAFE_INTEGER };

function startOf(call: Input): Start | ErrorAnswer {
  if (call.nextToken === undefined) {
    if (call.startFromHead !== true) return { direction: "backward", position: END };
    return { direction: "forward", position: { timestampMs: 0, sequence: 0 } };
  }
  const match = /^([fb])\/(\d{1,16})\/(\d{1,16})$/.exec(call.nextToken);
  if (match === null) return failed("InvalidParameterException", "The specified nextToken is invalid.");
  const position = { timestampMs: Number(match[2]), sequence: Number(match[3]) };
  return { direction: match[1] === "f" ? "forward" : "backward", position };
}
