import { z } from "zod";
import type { DeepReadonly } from "./deep-readonly.ts";
import { verdictSchema } from "./verdict.ts";

const count = z.int().min(0);
const positive = z.number().positive();

/** What a canary promises over many runs, and what one run may cost. */
export const objectivesSchema = z.strictObject({
  /** Share of runs that must succeed, over the last `windowRuns`. */
  successRatio: z.number().gt(0).max(1),
  windowRuns: z.int().positive(),
  /** This many failures in the last `trendRuns` are a trend, whatever the window says. */
  trendFailures: z.int().positive(),
  trendRuns: z.int().positive(),
  /** With fewer runs of history than this, nothing can be called a blip: a failure fails. */
  leastRuns: count,
  /** What a single failure is worth while the objective is kept. */
  blip: z.enum(["pass", "unknown"]),
  /** Most time an event may take to its sink. */
  sinkLatencyMs: positive,
  /** Most time until the run's own metrics show. */
  metricsFreshnessMs: positive,
  /** Hard limits of one run: what would go beyond is not done, and what it would have shown is unknown. */
  timeBudgetMs: positive,
  costBudgetUsd: positive,
});

export type Objectives = DeepReadonly<z.infer<typeof objectivesSchema>>;

/** One run of a canary, as its history keeps it: a line of NDJSON. Fields that a later version adds are left out. */
export const canaryRunSchema = z.object({
  version: z.literal(1),
  runId: z.string(),
  /** ISO 8601, UTC. */
  at: z.iso.datetime(),
  /** Account, region and deployment: runs of other stacks in the same file do not count. */
  stack: z.string(),
  verdict: verdictSchema.describe("of this run alone, before objectives are applied"),
  /** Slowest event of the run; null where none arrived. */
  sinkLatencyMs: z.number().min(0).nullable(),
  /** Null where no metric was awaited, or none came. */
  metricsFreshnessMs: z.number().min(0).nullable(),
  /** `code subject` of what failed and was not acknowledged. */
  failing: z.array(z.string()),
  calls: count.describe("of the AWS API, the SDK's own repetitions included"),
  costUsd: z.number().min(0),
});

export type CanaryRun = DeepReadonly<z.infer<typeof canaryRunSchema>>;

/** A failure that is known, and until when it may be left alone. */
export const acknowledgementSchema = z.strictObject({
  /** Glob of finding codes. */
  code: z.string().min(1),
  /** Glob of subjects; all where it is left out. */
  subject: z.string().min(1).optional(),
  /** ISO 8601 date or time: from then on it counts again. */
  until: z.union([z.iso.date(), z.iso.datetime({ offset: true })]),
  reason: z.string().min(1),
});

export type Acknowledgement = DeepReadonly<z.infer<typeof acknowledgementSchema>>;

/** What a canary's run knows in addition to what it sees. */
export const canaryContextSchema = z.object({
  stack: z.string(),
  objectives: objectivesSchema,
  /** Oldest first; only runs of this stack. */
  history: z.array(canaryRunSchema),
  acknowledgements: z.array(acknowledgementSchema),
});

export type CanaryContext = DeepReadonly<z.infer<typeof canaryContextSchema>>;
