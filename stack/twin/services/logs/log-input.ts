import { z } from "zod";
import { type ErrorAnswer, failed } from "../answer.ts";
import type { LogEvent, LogGroup } from "./log-group.ts";
import type { LogStore } from "./log-store.ts";

/** Reading operations take a group by name or by identifier (name or ARN). */
export const groupNamed = {
  logGroupName: z.string().min(1).optional(),
  logGroupIdentifier: z.string().min(1).optional(),
};

export interface GroupNamed {
  readonly logGroupName?: string | undefined;
  readonly logGroupIdentifier?: string | undefined;
}

export const noSuchGroup = failed("ResourceNotFoundException", "The specified log group does not exist.");
export const noSuchStream = failed("ResourceNotFoundException", "The specified log stream does not exist.");

export function findGroup(store: LogStore, named: GroupNamed): LogGroup | ErrorAnswer {
  const name = named.logGroupName ?? named.logGroupIdentifier;
  if (name === undefined) return failed("InvalidParameterException", "logGroupName or logGroupIdentifier is required.");
  return store.groupNamed(name) ?? noSuchGroup;
}

/** The resource that reading a group is authorized for. */
export function groupArn(store: LogStore, named: GroupNamed): string {
  const name = named.logGroupName ?? named.logGroupIdentifier ?? "";
  const arn = name.startsWith("arn:") ? name.replace(/:\*$/, "") : store.arnOf(name);
  return `${arn}:*`;
}

/** A log event's id: digits that grow with time and arrival, 56 of them as AWS has. */
export function eventId({ timestampMs, sequence }: LogEvent): string {
  return `3${String(timestampMs).padStart(27, "0")}${String(sequence).padStart(28, "0")}`;
}
