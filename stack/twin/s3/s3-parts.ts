import type { Authorizer, Clock, FaultPlan, FunctionInvoker, KeyUses, UnimplementedCounter } from "../model/ports.ts";
import type { BucketConfig } from "./bucket-config.ts";
import type { MultipartUploads } from "./multipart-uploads.ts";
import type { ObjectEvents } from "./notifications.ts";
import type { Bucket, Space } from "./object-store.ts";

export interface S3Ports {
  readonly clock: Clock;
  readonly authorizer: Authorizer;
  readonly keys: KeyUses;
  readonly invoker: FunctionInvoker;
  readonly faults: FaultPlan;
  readonly unimplemented: UnimplementedCounter;
}

export interface S3Options {
  readonly region: string;
  readonly accountId: string;
  /** The ARN of a key named by id, alias or ARN; undefined where the stack has none. */
  readonly keyArnOf?: (key: string) => string | undefined;
  /** All objects together. */
  readonly maxTotalBytes?: number;
  /** One object. */
  readonly maxObjectBytes?: number;
  readonly newId?: () => string;
}

/** What the operations work with. */
export interface S3Parts {
  readonly ports: S3Ports;
  readonly options: Required<S3Options>;
  readonly buckets: ReadonlyMap<string, OpenBucket>;
  readonly space: Space;
  readonly uploads: MultipartUploads;
  readonly events: ObjectEvents;
  /** Buckets count as created at boot. */
  readonly bootedMs: number;
}

export interface OpenBucket {
  readonly config: BucketConfig;
  readonly bucket: Bucket;
}
