import { z } from "zod";
import { canaryRunSchema } from "./canary.ts";
import type { DeepReadonly } from "./deep-readonly.ts";

const count = z.int().min(0);

/** What a canary's run adds to the report. Everything is computed from the journal. */
export const canaryReportSchema = z
  .strictObject({
    run: canaryRunSchema.describe("the line that the run adds to its history"),
    historyRuns: count.describe("runs of the same stack that it was judged with"),
    /** By operation (`dynamodb:BatchGetItem`), most called first. */
    calls: z.array(z.strictObject({ operation: z.string(), count, usd: z.number().min(0) })),
    pricesAsOf: z.string(),
  })
  .describe("what the run called and what that cost");

export type CanaryReport = DeepReadonly<z.infer<typeof canaryReportSchema>>;
