/**
 * What the twin's parts need of each other. Services, functions, event sources and front doors import these
 * interfaces and never one another; `boot/` puts the real ones together.
 */

/** The twin's only source of time. A faster or later clock for tests is another implementation of this. */
export interface Clock {
  nowMs(): number;
  /** Resolves after `durationMs`, or at once when `signal` aborts. Never rejects. */
  wait(durationMs: number, signal: AbortSignal): Promise<void>;
}

/** Who makes a call: the person at the command line, a role, or an AWS service acting for a resource. */
export type Principal =
  | { readonly kind: "user"; readonly arn: string }
  | { readonly kind: "role"; readonly roleArn: string; readonly sessionName: string }
  | {
      readonly kind: "service";
      /** For example `s3.amazonaws.com`. */
      readonly service: string;
      readonly sourceArn: string;
      readonly sourceAccount: string;
    };

/** One call that AWS would authorize, whether it came over the wire or from a service inside. */
export interface AuthorizationRequest {
  readonly principal: Principal;
  /** IAM action, for example `kinesis:PutRecords`. */
  readonly action: string;
  readonly resourceArn: string;
  /** Condition keys, for example `aws:SecureTransport` → `true`. */
  readonly context: Readonly<Record<string, string>>;
}

export type Decision = { readonly allowed: true } | { readonly allowed: false; readonly reason: string };

/** The one place where a call is allowed or denied. */
export interface Authorizer {
  decide(request: AuthorizationRequest): Decision;
}

/** How a service refuses because KMS has refused it: each service has its own words for it. */
export interface KeyRefusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** What is done with an object that is encrypted with a key. */
export type ObjectAccess =
  | "put"
  | "copy-to"
  | "create-multipart-upload"
  | "upload-part"
  | "complete-multipart-upload"
  | "get"
  | "copy-from";

/**
 * The stack's KMS keys as the services use them, each use in whose name AWS' service would make it. `key` is what the
 * resource's setting names: id, ARN, alias or alias ARN. Undefined: the key may be used.
 */
export interface KeyUses {
  ofStream(
    access: "write" | "read",
    principal: Principal,
    stream: { readonly key: string; readonly streamArn: string },
  ): KeyRefusal | undefined;
  ofTable(principal: Principal, table: { readonly key: string; readonly tableName: string }): KeyRefusal | undefined;
  /** CloudWatch Logs uses a group's key in its own name. */
  ofLogGroup(
    access: "write" | "read",
    group: { readonly key: string; readonly logGroupArn: string },
  ): KeyRefusal | undefined;
  ofObject(
    access: ObjectAccess,
    principal: Principal,
    object: {
      readonly key: string;
      readonly bucketArn: string;
      readonly objectKey: string;
      readonly bucketKeyEnabled: boolean;
    },
  ): KeyRefusal | undefined;
  /** The variables of a function, in the name of its role. */
  ofFunction(aFunction: {
    readonly key: string;
    readonly functionArn: string;
    readonly functionName: string;
    readonly roleArn: string;
  }): KeyRefusal | undefined;
}

/** Access keys the twin has handed out (one per function, one for the person) and whom they belong to. */
export interface Identities {
  credentialsOf(principal: Principal): {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
  principalOf(accessKeyId: string): Principal | undefined;
}

/**
 * Where functions and front doors write their log events, as CloudWatch Logs would take them. `writer` is the identity
 * that writes (a function's role, API Gateway's account role), because it decides whether the write is allowed.
 */
export interface LogSink {
  /** Messages to a group that does not exist, or may not be written, are dropped and counted, as AWS does for services. */
  append(
    groupName: string,
    streamName: string,
    events: readonly { atMs: number; message: string }[],
    writer: Principal,
  ): void;
  /**
   * Makes the group, as Lambda does for a function whose group is absent, where the writer may
   * (logs:CreateLogGroup); one that exists already is left as it is.
   */
  ensureGroup(groupName: string, writer: Principal): "exists" | "created" | "denied";
}

/** Where every part reports its metrics; they become visible by the period and the delay that the twin was booted with. */
export interface MetricSink {
  add(sample: {
    readonly namespace: string;
    readonly name: string;
    readonly dimensions: Readonly<Record<string, string>>;
    readonly value: number;
    readonly unit: "Count" | "Bytes" | "Milliseconds" | "Percent" | "Seconds" | "None";
    readonly atMs: number;
  }): void;
}

export interface StreamRecord {
  readonly sequenceNumber: string;
  readonly partitionKey: string;
  readonly data: Uint8Array;
  readonly approximateArrivalMs: number;
}

/**
 * What a read of a shard came to. Denied and throttled are outcomes of their own, because an event source mapping
 * waits and tries again on both (the role may be mended, the shard's 5 reads/s come back).
 */
type StreamRead =
  | {
      readonly kind: "records";
      readonly records: readonly StreamRecord[];
      readonly nextPosition: string;
      readonly millisBehindLatest: number;
    }
  | { readonly kind: "throttled" }
  | { readonly kind: "denied"; readonly reason: string }
  | { readonly kind: "not-found" };

/** Reading a stream from inside, as an event source mapping does (counts against the shard's read limits). */
export interface StreamReader {
  shardIds(streamArn: string): readonly string[];
  /** An opaque position; `trim-horizon` is the oldest record kept. It does not expire. */
  position(
    streamArn: string,
    shardId: string,
    at: "latest" | "trim-horizon" | { readonly timestampMs: number } | { readonly afterSequenceNumber: string },
  ): string;
  /** `reader` is the identity that reads: for a mapping, the role of its function. */
  read(streamArn: string, shardId: string, position: string, limit: number, reader: Principal): StreamRead;
  /** Resolves when a record may have come to the shard, after `atMostMs`, or when `signal` aborts: no busy polling. */
  changed(streamArn: string, shardId: string, position: string, atMostMs: number, signal: AbortSignal): Promise<void>;
}

export type InvokeOutcome =
  | { readonly kind: "answered"; readonly payload: string; readonly durationMs: number }
  | {
      readonly kind: "failed";
      readonly errorType: string;
      readonly errorMessage: string;
      readonly payload: string;
      readonly durationMs: number;
    }
  | { readonly kind: "timed-out"; readonly durationMs: number }
  | { readonly kind: "throttled" }
  | { readonly kind: "denied"; readonly reason: string }
  | { readonly kind: "not-found" };

/** Invoking a function from inside: ALB, API Gateway, S3 and event source mappings. */
export interface FunctionInvoker {
  /** Waits for the answer. `payload` is the event as JSON text. */
  invoke(functionArn: string, payload: string, invokedBy: Principal): Promise<InvokeOutcome>;
  /**
   * Queues the event as Lambda's asynchronous invocation does: two retries on failure. Resolves once it is queued, or
   * with why it was not: `dropped` where the queue is full, `too-large` above 1 MiB.
   */
  invokeLater(
    functionArn: string,
    payload: string,
    invokedBy: Principal,
  ): Promise<"queued" | "denied" | "not-found" | "dropped" | "too-large">;
}

/** Puts an object from inside, as log deliveries and failure destinations do: authorized and encrypted as any other. */
export interface ObjectWriter {
  putObject(
    object: {
      readonly bucket: string;
      readonly key: string;
      readonly body: string | Uint8Array;
      readonly contentType: string;
      /** Asks for encryption with this key; without it the bucket's default counts. */
      readonly kmsKeyId?: string | undefined;
    },
    writer: Principal,
  ): Promise<
    { readonly kind: "stored" } | { readonly kind: "refused"; readonly code: string; readonly message: string }
  >;
}

/** What a planted fault does to one passage of one event at one hop. */
export type FaultAction =
  | { readonly kind: "none" }
  | { readonly kind: "drop" }
  | { readonly kind: "duplicate" }
  | { readonly kind: "delay"; readonly delayMs: number }
  /**
   * Held back until the next passage at the hop has gone by, or for `atMostMs`, whatever comes first: `overtaken` then resolves. A
   * hop that acks what it holds back (a stream) has it overtaken by what it receives at least `leastMs` after that ack, and tells
   * with `happened` that it was; all others need not call it.
   */
  | {
      readonly kind: "reorder";
      readonly overtaken: Promise<void>;
      readonly leastMs: number;
      readonly atMostMs: number;
      happened(): void;
    }
  | { readonly kind: "error"; readonly code: string }
  | { readonly kind: "throttle" };

/** Asked at every hop, for every passage; seeded, and its own ledger says what it did. */
export interface FaultPlan {
  /**
   * `passage` is what tells this event from others at the hop, the same in every run of the same traffic; a function
   * where it takes work to tell, called only where something is planted at the hop.
   */
  actionAt(hop: string, passage: string | (() => string)): FaultAction;
}

/** Calls that the twin does not implement are answered with an AWS error and counted here. */
export interface UnimplementedCounter {
  count(service: string, operation: string): void;
  counts(): readonly { service: string; operation: string; count: number }[];
}
