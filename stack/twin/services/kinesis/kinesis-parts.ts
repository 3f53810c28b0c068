import { z } from "zod";
import type { Authorizer, Clock, FaultPlan, KeyUses, MetricSink, Principal } from "../../model/ports.ts";
import type { ServiceLimits } from "../../model/service-limits.ts";
import type { Home } from "../../state/home.ts";
import { type ErrorAnswer, failed } from "../answer.ts";
import type { Stream, Streams } from "./stream.ts";

/** What every operation of Kinesis works with. */
export interface KinesisParts {
  readonly home: Home;
  readonly streams: Streams;
  readonly clock: Clock;
  readonly authorizer: Authorizer;
  readonly keys: KeyUses;
  readonly faults: FaultPlan;
  readonly limits: ServiceLimits;
  readonly metrics: MetricSink;
}

/** Operations name their stream by name or by ARN. */
export const STREAM_NAMED = { StreamName: z.string().min(1).optional(), StreamARN: z.string().min(1).optional() };

export interface StreamNamed {
  readonly StreamName?: string | undefined;
  readonly StreamARN?: string | undefined;
}

/** The ARN that a call is authorized for, whether there is such a stream or not. */
export function streamArnOf(home: Home, named: StreamNamed): string {
  const { partition, region, accountId } = home;
  return named.StreamARN ?? `arn:${partition}:kinesis:${region}:${accountId}:stream/${named.StreamName ?? ""}`;
}

export function findStream(parts: KinesisParts, named: StreamNamed): Stream | ErrorAnswer {
  if (named.StreamName === undefined && named.StreamARN === undefined) {
    return failed("InvalidArgumentException", "Either StreamName or StreamARN must be provided.");
  }
  const stream =
    named.StreamARN === undefined ? parts.streams.byName(named.StreamName ?? "") : parts.streams.byArn(named.StreamARN);
  if (stream !== undefined) return stream;
  const name = named.StreamName ?? named.StreamARN?.split("/").at(-1) ?? "";
  return failed("ResourceNotFoundException", `Stream ${name} under account ${parts.home.accountId} not found.`);
}

/** Why the stream's key does not serve this caller; undefined where it does, or where the stream has none. */
export function keyRefusal(
  parts: KinesisParts,
  access: "write" | "read",
  principal: Principal,
  { arn, settings }: Stream,
): ErrorAnswer | undefined {
  const key = settings.kms_key_id;
  if (settings.encryption_type !== "KMS" || key === undefined) return undefined;
  const refused = parts.keys.ofStream(access, principal, { key, streamArn: arn });
  return refused && failed(refused.code, refused.message, refused.status);
}
