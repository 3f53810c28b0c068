import { z } from "zod";
import type { DeepReadonly } from "./deep-readonly.ts";

const status = z.int();
const answer = z.string();

/**
 * What the sender knows after one request. Only `acked` promises that the event was taken; an `unknown` may or may not
 * have been, so its absence later is no loss and its arrival is a recovery (Jepsen's `info` operations).
 */
export const outcomeSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("acked"), status, answer }),
  z.object({ kind: z.literal("rejected"), status, answer }),
  z.object({
    kind: z.literal("unknown"),
    reason: z.enum(["timeout", "connection", "server-error", "throttled", "unexpected-status", "interrupted"]),
    status: status.nullable(),
    answer,
  }),
]);

export type Outcome = DeepReadonly<z.infer<typeof outcomeSchema>>;
export type UnknownReason = Extract<Outcome, { kind: "unknown" }>["reason"];
