/**
 * What the sender knows after one request. Only `acked` promises that the event was taken; an `unknown` may or may not
 * have been, so its absence later is no loss and its arrival is a recovery (Jepsen's `info` operations).
 */
export type Outcome =
  | { readonly kind: "acked"; readonly status: number; readonly answer: string }
  | { readonly kind: "rejected"; readonly status: number; readonly answer: string }
  | {
      readonly kind: "unknown";
      readonly reason: UnknownReason;
      readonly status: number | null;
      readonly answer: string;
    };

export type UnknownReason =
  | "timeout"
  | "connection"
  | "server-error"
  | "throttled"
  | "unexpected-status"
  | "interrupted";
