import { z } from "zod";
import type { DeepReadonly } from "./deep-readonly.ts";

const count = z.int().min(0);

/**
 * A set of sequence numbers as text for a journal: `ranges` are half-open pairs (`0,5,9,10` is 0 to 4 and 9), `bitmap` is base64
 * of bits from `from` on, lowest bit first. Whichever is shorter is written. Apart from `SequenceSet`, which the sender's worker
 * bundles without zod.
 */
export const encodedSetSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("ranges"), ranges: z.array(count) }),
  z.object({ kind: z.literal("bitmap"), from: count, bits: z.string() }),
]);

export type EncodedSet = DeepReadonly<z.infer<typeof encodedSetSchema>>;
