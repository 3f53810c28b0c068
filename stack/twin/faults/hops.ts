/** What can be planted. `late` and `missing` are what `delay` and `drop` are called where events are watched. */
export const FAULT_KINDS = ["drop", "duplicate", "reorder", "delay", "error", "throttle", "late", "missing"] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

interface HopKinds {
  /** What may be named behind the hop; empty where there is only one. */
  readonly named: string;
  readonly kinds: readonly FaultKind[];
  /** Acks what it reorders, and tells afterwards whether it was overtaken: only then it is in the ledger. */
  readonly acksReordered?: true;
}

/**
 * The hops of the twin, and what each can do to an event. Only what a hop really does is in its list, so that the ledger
 * never claims what did not happen. `NAME` may be left out of a hop: it then stands for all of its kind.
 */
export const HOPS: Readonly<Record<string, HopKinds>> = {
  alb: { named: "", kinds: ["drop", "duplicate", "reorder", "delay", "error", "throttle"] },
  "api-gateway": { named: "", kinds: ["drop", "duplicate", "reorder", "delay", "error", "throttle"] },
  s3: { named: "bucket", kinds: ["reorder", "delay", "error", "throttle"] },
  "s3-notification": { named: "bucket", kinds: ["drop", "duplicate", "reorder", "delay"] },
  lambda: { named: "function", kinds: ["drop", "duplicate", "reorder", "delay", "error", "throttle"] },
  "lambda-async": { named: "function", kinds: ["drop", "duplicate", "reorder", "delay"] },
  stream: {
    named: "stream",
    kinds: ["drop", "duplicate", "reorder", "delay", "error", "throttle"],
    acksReordered: true,
  },
  mapping: { named: "function", kinds: ["drop", "duplicate", "reorder", "delay", "error", "throttle"] },
  table: { named: "table", kinds: ["drop", "duplicate", "reorder", "delay", "error", "throttle"] },
  "table-read": { named: "table", kinds: ["drop", "reorder", "delay", "error", "throttle"] },
  logs: { named: "log group", kinds: ["missing", "late", "duplicate"] },
  metrics: { named: "namespace", kinds: ["missing", "late", "duplicate"] },
};

/** The kind of a hop: `stream` of `stream:orders`. */
export function hopKindOf(hop: string): HopKinds | undefined {
  return HOPS[hop.split(":", 1)[0] ?? ""];
}
