import { z } from "zod";

const whole = z.int().min(0);

/** A canary's part of `report.json`. */
export const canaryReportSchema = z
  .strictObject({
    run: z
      .strictObject({
        version: z.literal(1),
        runId: z.string(),
        at: z.iso.datetime(),
        stack: z.string(),
        verdict: z.enum(["pass", "unknown", "fail"]).describe("of this run alone, before objectives are applied"),
        sinkLatencyMs: z.number().min(0).nullable(),
        metricsFreshnessMs: z.number().min(0).nullable(),
        failing: z.array(z.string()),
        calls: whole.describe("of the AWS API, the SDK's own repetitions included"),
        costUsd: z.number().min(0),
      })
      .describe("the line that the run adds to its history"),
    historyRuns: whole.describe("runs of the same stack that it was judged with"),
    calls: z.array(z.strictObject({ operation: z.string(), count: whole, usd: z.number().min(0) })),
    pricesAsOf: z.string(),
  })
  .describe("what the run called and what that cost");
