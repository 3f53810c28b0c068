import { z } from "zod";
import type { Acknowledgement, CanaryContext, CanaryRun, Objectives } from "../model/canary.ts";

const count = z.int().nonnegative();
const verdict = z.enum(["pass", "unknown", "fail"]);
const ratio = z.number().min(0).max(1);
const positive = z.number().positive();

/** What a canary promises; also the shape of a user's own file. */
export const objectivesSchema: z.ZodType<Objectives> = z.strictObject({
  successRatio: ratio,
  windowRuns: z.int().positive(),
  trendFailures: z.int().positive(),
  trendRuns: z.int().positive(),
  leastRuns: count,
  blip: z.enum(["pass", "unknown"]),
  sinkLatencyMs: positive,
  metricsFreshnessMs: positive,
  timeBudgetMs: positive,
  costBudgetUsd: positive,
});

/** One line of a history. Fields that a later version adds are left out. */
export const canaryRunSchema: z.ZodType<CanaryRun> = z.object({
  version: z.literal(1),
  runId: z.string(),
  at: z.iso.datetime(),
  stack: z.string(),
  verdict,
  sinkLatencyMs: z.number().nullable(),
  metricsFreshnessMs: z.number().nullable(),
  failing: z.array(z.string()),
  calls: count,
  costUsd: z.number().nonnegative(),
});

export const acknowledgementSchema: z.ZodType<Acknowledgement> = z.strictObject({
  code: z.string().min(1),
  subject: z.string().min(1).optional(),
  until: z.union([z.iso.date(), z.iso.datetime({ offset: true })]),
  reason: z.string().min(1),
});

export const canaryContextSchema: z.ZodType<CanaryContext> = z.object({
  stack: z.string(),
  objectives: objectivesSchema,
  history: z.array(canaryRunSchema),
  acknowledgements: z.array(acknowledgementSchema),
});
