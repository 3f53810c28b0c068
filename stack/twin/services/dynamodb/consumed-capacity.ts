import { z } from "zod";

const consumed = z.object({ TableName: z.string(), CapacityUnits: z.number() });
const output = z.object({ ConsumedCapacity: z.union([consumed, z.array(consumed)]).optional() });

/** Asks for the consumed capacity, which the metrics need, whether the caller has asked for it or not. */
export function askForCapacity(input: Readonly<Record<string, unknown>>): {
  readonly asked: boolean;
  readonly input: Record<string, unknown>;
} {
  const asked = input["ReturnConsumedCapacity"] === "TOTAL" || input["ReturnConsumedCapacity"] === "INDEXES";
  return { asked, input: asked ? { ...input } : { ...input, ReturnConsumedCapacity: "TOTAL" } };
}

/** The units of one table's answer. */
export function consumedIn(answer: Readonly<Record<string, unknown>>): number {
  return capacityIn(answer).reduce((sum, { CapacityUnits }) => sum + CapacityUnits, 0);
}

/** Units by table name. */
export function capacityIn(answer: Readonly<Record<string, unknown>>): readonly z.infer<typeof consumed>[] {
  const capacity = output.parse(answer).ConsumedCapacity ?? [];
  return Array.isArray(capacity) ? capacity : [capacity];
}
