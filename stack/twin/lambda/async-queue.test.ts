import { describe, expect, it } from "vitest";
import type { FaultAction, InvokeOutcome } from "../model/ports.ts";
import { createAsyncQueue } from "./async-queue.ts";
import { functionMetrics } from "./function-metrics.ts";
import { leapingClock } from "./testing/leaping-clock.ts";
import { defaultConfig } from "./testing/test-functions.ts";
import { rememberingPorts } from "./testing/test-ports.ts";

const answered: InvokeOutcome = { kind: "answered", payload: "null", durationMs: 1 };
const failed: InvokeOutcome = { kind: "failed", errorType: "Error", errorMessage: "no", payload: "{}", durationMs: 1 };
const throttled: InvokeOutcome = { kind: "throttled" };

/** Queues one event for a function that ends like this, the last outcome for ever, until nothing more happens. */
async function deliver(
  outcomes: readonly InvokeOutcome[],
  options: { maxQueuedEvents?: number; fault?: FaultAction; ageSeconds?: number } = {},
) {
  const ports = rememberingPorts();
  const clock = leapingClock();
  const requestIds: string[] = [];
  let ids = 0;
  const target = {
    config: {
      ...defaultConfig,
      asynchronous: { maximumRetryAttempts: 2, maximumEventAgeSeconds: options.ageSeconds ?? 21_600 },
    },
    metrics: functionMetrics("subject", ports.metrics),
    invoke: async (_payload: string, requestId: string) => {
      requestIds.push(requestId);
      return outcomes[Math.min(requestIds.length, outcomes.length) - 1] ?? answered;
    },
    close: async () => {},
  };
  const faults = { actionAt: () => options.fault ?? ({ kind: "none" } as const) };
  const queue = createAsyncQueue(clock, faults, {
    retryDelayScale: 0.5,
    maxQueuedEvents: options.maxQueuedEvents ?? 10,
    newRequestId: () => `id ${++ids}`,
  });
  const added = queue.add(target, "{}");
  await queue.idle();
  const dropped = ports.sum("AsyncEventsDropped", { FunctionName: "subject" });
  return { added, requestIds, waits: clock.waits, dropped };
}

describe("an asynchronous event", () => {
  it("is delivered once when the function answers", async () => {
    expect(await deliver([answered])).toEqual({ added: true, requestIds: ["id 1"], waits: [], dropped: 0 });
  });

  it("is tried twice more after an error, under the same request id, then dropped", async () => {
    expect(await deliver([failed])).toEqual({
      added: true,
      requestIds: ["id 1", "id 1", "id 1"],
      waits: [30_000, 60_000],
      dropped: 1,
    });
  });

  it("is not tried again once answered", async () => {
    expect(await deliver([failed, answered])).toMatchObject({ requestIds: ["id 1", "id 1"], dropped: 0 });
  });

  it("uses up no attempt while throttled", async () => {
    const delivered = await deliver([throttled, throttled, failed, failed, failed]);
    expect(delivered).toMatchObject({ waits: [500, 1_000, 30_000, 60_000], dropped: 1 });
  });

  it("is dropped when throttled until too old", async () => {
    const delivered = await deliver([throttled], { ageSeconds: 5 });
    expect(delivered).toMatchObject({ dropped: 1, waits: [500, 1_000, 2_000, 4_000] });
  });

  it("is dropped at once when the queue is full", async () => {
    expect(await deliver([answered], { maxQueuedEvents: 0 })).toEqual({
      added: false,
      requestIds: [],
      waits: [],
      dropped: 1,
    });
  });

  it("is delivered as often as a planted fault says", async () => {
    expect((await deliver([answered], { fault: { kind: "drop" } })).requestIds).toHaveLength(0);
    expect((await deliver([answered], { fault: { kind: "duplicate" } })).requestIds).toHaveLength(2);
    expect(await deliver([answered], { fault: { kind: "delay", delayMs: 70 } })).toMatchObject({
      requestIds: ["id 1"],
      waits: [70],
    });
  });
});
