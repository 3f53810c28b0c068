import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { LoadPhase } from "../../model/load.ts";
import { intendedOffsetMs } from "../../model/request-times.ts";
import { planPhases } from "../../plan/load-phases.ts";
import type { RequestShape } from "../load/request-text.ts";
import { planBodies, planTimes, prefixOf, type WorkerPlan } from "./plan.ts";
import { shareOf } from "./share.ts";
import { inProcessor } from "./testing/load-processor.ts";

const SHAPE: RequestShape = {
  method: "POST",
  path: "/events",
  host: "alb.example.com",
  body: '{"id":"{tag}"}',
  batchBody: '{"events":"{events}"}',
  runId: "r",
  producer: "orders",
  eventsPerRequest: 2,
  bodyBytes: 64,
};
/** Long past: nothing waits. */
const START_MS = 1_000_000;

const PHASES = planPhases(
  { kind: "ramp", fromEventsPerSecond: 4, toEventsPerSecond: 40, durationMs: 1_000 },
  { startMs: START_MS, eventsPerRequest: 2, firstPhase: 0, firstRequest: 0 },
);

function planOf(worker: number, workers: number, phases: readonly LoadPhase[] = PHASES): WorkerPlan {
  return {
    worker,
    workers,
    eventsPerRequest: 2,
    ...planTimes(phases, workers, 2),
    tagPrefix: prefixOf(SHAPE),
    bodies: planBodies(SHAPE, 200),
    batchBody: SHAPE.batchBody,
    tell: { kind: "counters", startMs: START_MS, mostNamed: 2 },
  };
}

/** Takes every request that there is, and answers each as `answers` says, in turn. */
const TAKE_ALL = (answers: readonly string[]) => `
const counters = {}; const bodies = []; let users = 0;
const events = { emit: (_, name, value) => { counters[name] = (counters[name] ?? 0) + value; } };
const answers = ${JSON.stringify(answers)};
for (;;) {
  const context = { vars: {} };
  processor.takeRequest(context, events, () => {});
  if (context.vars.spSend !== 1) break;
  const params = {};
  processor.writeRequest(params, context, events, () => {});
  bodies.push({ request: context.sp.request, intendedMs: context.sp.intendedMs, body: params.body.toString() });
  const answer = answers[users % answers.length]; users += 1;
  if (/^[0-9]/.test(answer)) processor.tellAnswer(params, { statusCode: Number(answer), body: "" }, context, events, () => {});
  else for (const _ of [1, 2]) processor.tellFailure({ code: answer, message: "" }, params, context, events, () => {});
}
post({ bodies, counters });`;

const posted = z.object({
  bodies: z.array(z.object({ request: z.number(), intendedMs: z.number(), body: z.string() })),
  counters: z.record(z.string(), z.number()),
});

describe("the processor inside Artillery", () => {
  it("gives each user one request of its own share, in order and at the time that the plan names", async () => {
    for (const worker of [0, 1]) {
      const { bodies } = posted.parse(await inProcessor(planOf(worker, 2), TAKE_ALL(["202"])));
      expect(bodies.map(({ request }) => request)).toEqual([...shareOf(PHASES, worker, 2)]);
      const [phase] = PHASES;
      for (const { request, intendedMs } of bodies)
        expect(intendedMs).toBeCloseTo(START_MS + (phase === undefined ? 0 : intendedOffsetMs(phase, 2, request)), 6);
    }
  });

  it("tags every event by its sequence number, padded to its size", async () => {
    const { bodies } = posted.parse(await inProcessor(planOf(1, 2), TAKE_ALL(["202"])));
    const second = z.object({ events: z.array(z.object({ id: z.string() })) }).parse(JSON.parse(bodies[2]?.body ?? ""));
    expect(second.events.map(({ id }) => id)).toEqual(["sp-r-orders-10", "sp-r-orders-11"]);
    expect(bodies[2]?.body).toHaveLength(2 * 64 + '{"events":[,]}'.length);
  });

  it("counts every request once, however often Artillery speaks of its failure, and names those that were not acked", async () => {
    const { bodies, counters } = posted.parse(await inProcessor(planOf(0, 1), TAKE_ALL(["202", "503", "ECONNRESET"])));
    const sum = (prefix: string) =>
      Object.entries(counters).reduce((total, [name, times]) => (name.startsWith(prefix) ? total + times : total), 0);
    expect(bodies).toHaveLength(11);
    expect([sum("stackproof.sent."), sum("stackproof.latency.")]).toEqual([11, 11]);
    expect(Object.keys(counters).filter((name) => name.startsWith("stackproof.not-acked."))).toEqual([
      "stackproof.not-acked.503.1",
      "stackproof.not-acked.connection.2",
    ]);
  });
});
