import { holdBack } from "../faults/hold-back.ts";
import { createClosing } from "../model/closing.ts";
import type { Clock, FaultPlan, FunctionInvoker, Principal, UnimplementedCounter } from "../model/ports.ts";
import { callerArn } from "../model/principal.ts";
import { INTERNET_CLIENT_IP } from "../network/address-range.ts";
import type { BucketConfig, NotificationConfig } from "./bucket-config.ts";

/** Something that happened to an object, for example `ObjectCreated:Put`. */
export interface ObjectEvent {
  readonly name: string;
  readonly key: string;
  readonly sizeBytes: number | undefined;
  /** Without quotes. */
  readonly eTag: string | undefined;
  readonly versionId: string | undefined;
  readonly principal: Principal;
  readonly requestId: string;
}

interface Home {
  readonly region: string;
  readonly accountId: string;
}

/** Sends a bucket's events to the functions that its notifications name. */
export interface ObjectEvents {
  happened(bucket: BucketConfig, event: ObjectEvent): void;
  /** Resolves once everything that is under way has been sent. */
  close(): Promise<void>;
}

export function createObjectEvents(
  ports: {
    readonly clock: Clock;
    readonly invoker: FunctionInvoker;
    readonly faults: FaultPlan;
    readonly unimplemented: UnimplementedCounter;
  },
  home: Home,
): ObjectEvents {
  const closing = createClosing();
  const underWay = new Set<Promise<void>>();
  let sequence = 0;

  /** A permission that is missing is not found out here: the event is gone, and nothing tells, as in AWS. */
  const send = async (
    bucket: BucketConfig,
    config: NotificationConfig,
    event: ObjectEvent,
    sequencer: string,
  ): Promise<void> => {
    if (config.destination.kind !== "function") {
      ports.unimplemented.count("s3", `notification to a ${config.destination.kind}`);
      return;
    }
    const sentBy: Principal = {
      kind: "service",
      service: "s3.amazonaws.com",
      sourceArn: bucket.arn,
      sourceAccount: home.accountId,
    };
    const payload = JSON.stringify({
      Records: [eventRecord(bucket, config, event, sequencer, home, ports.clock.nowMs())],
    });
    const fault = ports.faults.actionAt(`s3-notification:${bucket.name}`, event.key);
    if (fault.kind === "drop" || fault.kind === "error" || fault.kind === "throttle") return;
    await holdBack(fault, ports.clock, closing.signal);
    await ports.invoker.invokeLater(config.destination.arn, payload, sentBy);
    if (fault.kind === "duplicate") await ports.invoker.invokeLater(config.destination.arn, payload, sentBy);
  };
  return {
    happened(bucket, event) {
      const sequencer = (BigInt(ports.clock.nowMs()) * 1_000_000n + BigInt(++sequence % 1_000_000))
        .toString(16)
        .toUpperCase()
        .padStart(18, "0");
      for (const config of bucket.notifications) {
        if (!concerns(config, event)) continue;
        const sending = send(bucket, config, event, sequencer).finally(() => underWay.delete(sending));
        underWay.add(sending);
      }
    },
    async close() {
      closing.abort();
      await Promise.all(underWay);
    },
  };
}

function concerns({ events, filterPrefix, filterSuffix }: NotificationConfig, { name, key }: ObjectEvent): boolean {
  const wanted = events.some((pattern) => {
    const type = pattern.replace(/^s3:/, "");
    return type === name || (type.endsWith("*") && name.startsWith(type.slice(0, -1)));
  });
  return wanted && key.startsWith(filterPrefix) && key.endsWith(filterSuffix);
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html */
function eventRecord(
  bucket: BucketConfig,
  config: NotificationConfig,
  event: ObjectEvent,
  sequencer: string,
  { region, accountId }: Home,
  atMs: number,
) {
  return {
    eventVersion: "2.1",
    eventSource: "aws:s3",
    awsRegion: region,
    eventTime: new Date(atMs).toISOString(),
    eventName: event.name,
    userIdentity: { principalId: `AWS:${callerArn(event.principal)}` },
    requestParameters: { sourceIPAddress: INTERNET_CLIENT_IP },
    responseElements: {
      "x-amz-request-id": event.requestId,
      "x-amz-id-2": Buffer.from(event.requestId).toString("base64"),
    },
    s3: {
      s3SchemaVersion: "1.0",
      configurationId: config.id,
      bucket: { name: bucket.name, ownerIdentity: { principalId: `A${accountId}` }, arn: bucket.arn },
      object: {
        key: encodedKey(event.key),
        ...(event.sizeBytes === undefined ? {} : { size: event.sizeBytes }),
        ...(event.eTag === undefined ? {} : { eTag: event.eTag }),
        ...(event.versionId === undefined ? {} : { versionId: event.versionId }),
        sequencer,
      },
    },
  };
}

/** Keys are URL-encoded in events, a space as a plus sign; slashes stay. */
function encodedKey(key: string): string {
  return encodeURIComponent(key)
    .replaceAll("%20", "+")
    .replaceAll("%2F", "/")
    .replaceAll(/[!'()~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}
