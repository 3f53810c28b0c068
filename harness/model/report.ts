import { z } from "zod";
import { canaryReportSchema } from "./canary-report.ts";
import type { DeepReadonly } from "./deep-readonly.ts";
import { runKindSchema, targetSchema } from "./fact.ts";
import { findingSchema } from "./finding.ts";
import { loadReportSchema } from "./load-report.ts";
import { verdictSchema } from "./verdict.ts";

/** The contract of `report.json`. `report/report.schema.json` is made from it, and a test holds the two together. */

const count = z.int().min(0);
const ms = z.number().min(0);
const verdict = verdictSchema.describe("pass < unknown < fail; unknown: it was not seen");

const eventCountsSchema = z
  .strictObject({
    intended: count.describe("planned"),
    sent: count,
    acked: count.describe("the entry promised to have taken it"),
    rejected: count.describe("the entry said a definite no"),
    unknown: count.describe("sent, and whether it was taken is not known"),
    arrived: count.describe("sent and seen at the sink"),
    lost: count.describe("acked, and provably not at the sink"),
    /** Acked events are arrived, lost or this. */
    unaccounted: count.describe("acked, not seen at the sink, and not looked for far enough to call it lost"),
    duplicated: count.describe("seen more than once at one place"),
    unexpected: count.describe("seen and never sent"),
    recovered: count.describe("not definitely answered, but arrived"),
    outOfOrder: count.describe("reached the stream before one that had been acked before it was sent"),
  })
  .describe("how many events there were of each kind; an event counts in every kind that it belongs to");

export const EVENT_COUNTS = eventCountsSchema.keyof().options;

export type EventCounts = DeepReadonly<z.infer<typeof eventCountsSchema>>;

const latencySchema = z
  .discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("none") }),
    z.strictObject({
      kind: z.literal("measured"),
      count,
      p50Ms: ms,
      p90Ms: ms,
      p99Ms: ms,
      maxMs: ms,
      /** Sent time minus intended time. */
      maxSendDelayMs: ms.describe("what the sender itself added"),
    }),
  ])
  .describe("from intended time to the first sighting at the sink, over the events that arrived");

export type Latency = DeepReadonly<z.infer<typeof latencySchema>>;

/** What one hop saw, for the drawing of the pipeline. */
const hopResultSchema = z.strictObject({
  name: z.string(),
  kind: z.string(),
  expected: z.number().min(0).describe("events (for a metric of bytes, bytes) that should have been seen here"),
  seen: z.number().min(0),
  verdict,
});

export type HopResult = DeepReadonly<z.infer<typeof hopResultSchema>>;

const scenarioResultSchema = z.strictObject({
  name: z.string(),
  sentence: z.string(),
  verdict,
  durationMs: ms,
  events: eventCountsSchema,
  hops: z.array(hopResultSchema),
  latency: latencySchema,
});

export type ScenarioResult = DeepReadonly<z.infer<typeof scenarioResultSchema>>;

/** The outcome of a run: a pure function of its journal. */
export const reportSchema = z
  .strictObject({
    version: z.literal(2),
    run: z.strictObject({
      id: z.string(),
      kind: runKindSchema,
      target: targetSchema,
      startedAt: z.iso.datetime().describe("UTC"),
      durationMs: ms,
      /** True where the run was stopped before its end: it shows what had been journalled. */
      interrupted: z.boolean(),
    }),
    verdict,
    scenarios: z.array(scenarioResultSchema),
    findings: z.array(findingSchema).describe("failing ones first, then unknown, then passing"),
    events: eventCountsSchema,
    latency: latencySchema,
    /** A sentence each; absent where there are none. */
    notChecked: z.array(z.string()).optional().describe("checks that judged nothing, and what to give them"),
    canary: canaryReportSchema.optional().describe("canary runs only"),
    loads: z.array(loadReportSchema).optional().describe("load runs only: one for each loaded scenario"),
  })
  .describe("The outcome of a run of stackproof.");

export type Report = DeepReadonly<z.infer<typeof reportSchema>>;

/** The JSON Schema (draft 2020-12) of `report.json`. */
export function reportJsonSchema(): object {
  return z.toJSONSchema(reportSchema, { target: "draft-2020-12" });
}
