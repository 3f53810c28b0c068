import { z } from "zod";
import { canaryReportSchema } from "./canary-schema.ts";
import { loadReportSchema } from "./load-schema.ts";

/** The contract of `report.json`. `report.schema.json` is made from it, and a test holds the two and the types together. */

const verdict = z.enum(["pass", "unknown", "fail"]).describe("pass < unknown < fail; unknown: it was not seen");
const whole = z.int().min(0);
const milliseconds = z.number().min(0);

const events = z
  .strictObject({
    intended: whole.describe("planned"),
    sent: whole,
    acked: whole.describe("the entry promised to have taken it"),
    rejected: whole.describe("the entry said a definite no"),
    unknown: whole.describe("sent, and whether it was taken is not known"),
    arrived: whole.describe("sent and seen at the sink"),
    lost: whole.describe("acked, and provably not at the sink"),
    unaccounted: whole.describe("acked, not seen at the sink, and not looked for far enough to call it lost"),
    duplicated: whole.describe("seen more than once at one place"),
    unexpected: whole.describe("seen and never sent"),
    recovered: whole.describe("not definitely answered, and arrived all the same"),
    outOfOrder: whole.describe("reached the stream before one that had been acked before it was sent"),
  })
  .describe("how many events there were of each kind; an event counts in every kind that it belongs to");

const latency = z
  .discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("none") }),
    z.strictObject({
      kind: z.literal("measured"),
      count: whole,
      p50Ms: milliseconds,
      p90Ms: milliseconds,
      p99Ms: milliseconds,
      maxMs: milliseconds,
      maxSendDelayMs: milliseconds.describe("what the sender itself added"),
    }),
  ])
  .describe("from intended time to the first sighting at the sink, over the events that arrived");

const hop = z.strictObject({
  name: z.string(),
  kind: z.string(),
  expected: z.number().min(0).describe("events (for a metric of bytes, bytes) that should have been seen here"),
  seen: z.number().min(0),
  verdict,
});

const finding = z.discriminatedUnion("verdict", [
  findingOf("pass", z.null(), z.null()),
  findingOf("unknown", z.null(), z.string().min(1)),
  findingOf("fail", z.string().min(1), z.string().min(1)),
]);

function findingOf<V extends string, C extends z.ZodType, R extends z.ZodType>(value: V, cause: C, remedy: R) {
  return z.strictObject({
    code: z.string().regex(/^[a-z0-9-]+\.[a-z0-9-]+$/),
    verdict: z.literal(value),
    scenario: z.string(),
    subject: z.string(),
    statement: z.string(),
    evidence: z.array(z.string()),
    cause,
    remedy,
  });
}

export const reportSchema = z
  .strictObject({
    version: z.literal(1),
    run: z.strictObject({
      id: z.string(),
      kind: z.enum(["verify", "canary", "load"]),
      target: z.strictObject({
        kind: z.enum(["aws", "twin", "endpoint"]),
        accountId: z.string(),
        region: z.string(),
        deployment: z.string().describe("what the deployment was read from, as the user named it"),
      }),
      startedAt: z.iso.datetime().describe("UTC"),
      durationMs: milliseconds,
      interrupted: z.boolean(),
    }),
    verdict,
    scenarios: z.array(
      z.strictObject({
        name: z.string(),
        sentence: z.string(),
        verdict,
        durationMs: milliseconds,
        events,
        hops: z.array(hop),
        latency,
      }),
    ),
    findings: z.array(finding).describe("failing ones first, then unknown, then passing"),
    events,
    latency,
    notChecked: z.array(z.string()).optional().describe("checks that judged nothing, and what to give them"),
    canary: canaryReportSchema.optional().describe("canary runs only"),
    loads: z.array(loadReportSchema).optional().describe("load runs only: one for each loaded scenario"),
  })
  .describe("The outcome of a run of stackproof.");

/** What `report.json` holds. */
export type ReportDocument = z.infer<typeof reportSchema>;

/** The JSON Schema (draft 2020-12) of `report.json`. */
export function reportJsonSchema(): object {
  return z.toJSONSchema(reportSchema, { target: "draft-2020-12" });
}
