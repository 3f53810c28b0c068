import { z } from "zod";
import { type ErrorAnswer, failed } from "../answer.ts";
import type { LogEvent, LogGroup } from "./log-group.ts";
import type { LogStore } from "./log-store.ts";

/** Reading operations take a group by name or by identifier (name or ARN). */
export const GROUP_NAMED = {
  logGroupName: z.string().min(1).optional(),
  logGroupIdentifier: z.string().min(1).optional(),
};

interface GroupNamed {
  readonly logGroupName?: string | undefined;
  readonly logGroupIdentifier?: string | undefined;
}

export const NO_SUCH_GROUP = failed("ResourceNotFoundException", "The specified log group does not exist.");
export const NO_SUCH_STREAM = failed("ResourceNotFoundException", "The specified log stream does not exist.");

export function findGroup(store: LogStore, named: GroupNamed): LogGroup | ErrorAnswer {
  const name = named.logGroupName ?? named.logGroupIdentifier;
  if (name === undefined) return failed("InvalidParameterException", "logGroupName or logGroupIdentifier is required.");
  return store.groupNamed(name) ?? NO_SUCH_GROUP;
}

/** The group's ARN as a call names it, without `:*`. */
export function groupArn(store: LogStore, named: GroupNamed): string {
  const name = named.logGroupName ?? named.logGroupIdentifier ?? "";
  return name.startsWith("arn:") ? name.replace(/:\*$/, "") : store.arnOf(name);
}

/**
 * The resource that a call is authorized for: the stream, with an empty name where the call is about the whole group.
 * That is why a policy has to end in `:*` (or `:log-stream:…`), and what AWS' own denials show:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html,
 * https://github.com/aws-solutions/aws-crr-monitor/issues/8, https://github.com/prowler-cloud/prowler/pull/37
 */
export function authorizedArn(arnOfGroup: string, streamName = ""): string {
  return `${arnOfGroup}:log-stream:${streamName}`;
}

/** A log event's id: digits that grow with time and arrival, 56 of them as AWS has. */
export function eventId({ timestampMs, sequence }: LogEvent): string {
  return `3${String(timestampMs).padStart(27, "0")}${String(sequence).padStart(28, "0")}`;
}
