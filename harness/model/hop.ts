/** A place where an event can be seen, with every name resolved. Order in a scenario is the order in which an event passes. */
export type Hop = EntryHop | ObjectHop | LogHop | StreamHop | MetricHop | ItemHop;

export type HopKind = Hop["kind"];

/** The entry's own answer; always the first hop. */
export interface EntryHop {
  readonly kind: "entry";
  readonly name: string;
}

/** The stored object of an S3 entry. `key` holds `{tag}`. */
export interface ObjectHop {
  readonly kind: "object";
  readonly name: string;
  readonly bucket: string;
  readonly key: string;
}

/** Log events of one group whose text holds the tag. */
export interface LogHop {
  readonly kind: "log";
  readonly name: string;
  readonly logGroup: string;
}

/** Records of a Kinesis stream whose data holds the tag. */
export interface StreamHop {
  readonly kind: "stream";
  readonly name: string;
  readonly stream: string;
}

/** A CloudWatch metric whose sum over the run's minutes must reach what the entry acked. It counts and does not name events. */
export interface MetricHop {
  readonly kind: "metric";
  readonly name: string;
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: Readonly<Record<string, string>>;
  /** What one event adds at least: 1 to the sum, or the bytes of its body. */
  readonly counts: "events" | "bytes";
}

/** Items of a DynamoDB table, looked up by key. Values of `key` hold `{tag}`. */
export interface ItemHop {
  readonly kind: "item";
  readonly name: string;
  readonly table: string;
  readonly key: Readonly<Record<string, string>>;
  /** Number attribute that counts how often the event was written, where the stack keeps one. */
  readonly deliveriesAttribute?: string | undefined;
  /** Number attribute that says when the item was written, in milliseconds since the epoch, where the stack keeps one. */
  readonly writtenAtAttribute?: string | undefined;
}

/** Whether a hop names the events it saw (all but metrics do). */
export function namesEvents(hop: Hop): boolean {
  return hop.kind !== "metric";
}
