import { describe, expect, it } from "vitest";
import type { SearchEnd } from "../../model/search-end.ts";
import { capacityOf } from "./capacity.ts";
import { consumptionOf } from "./consumption.ts";
import { evidence, flowing, metric, phase, SIZE } from "./testing/evidence.ts";

const sent = { ackedEvents: 3_000, arrivedEvents: 3_000, sentEvents: 3_000, sentBytes: 600_000 };
const end: SearchEnd = {
  kind: "done",
  holdsEventsPerSecond: 90,
  breaksEventsPerSecond: 95,
  limitedBy: "stack",
  burst: null,
  confidence: "Held 90 events/s for 12 s.",
  reason: "The search ended.",
};
const refuses = phase(20, 95, { holds: "fail", errorRatio: 0.3 });
const throttles = metric("AWS/Lambda Throttles", "ingest", 21, [9]);

describe("what one event costs", () => {
  it("is measured over the events that came through", () => {
    const use = consumptionOf(evidence([phase(0, 50)], flowing(0, 60)), sent);
    expect(use).toMatchObject({
      streamRecordsPerEvent: 1,
      streamBytesPerEvent: 200,
      writeUnitsPerEvent: 1,
      requestBytesPerEvent: 200,
      entry: { invocationsPerEvent: 1, durationMs: 20 },
      consumer: { invocationsPerEvent: 0.1, durationMs: 100 },
      // 5 invocations of 100 ms a second write 50 events.
      eventsPerBusySecond: 100,
    });
  });

  it("leaves out the consumer's time while its table refuses writes", () => {
    const slow = metric(
      "AWS/Lambda Duration",
      "processor",
      30,
      Array.from({ length: 30 }, () => 5_000),
      { statistic: "Average" },
    );
    const refused = metric(
      "AWS/DynamoDB WriteThrottleEvents",
      "sink",
      30,
      Array.from({ length: 30 }, () => 9),
    );
    const use = consumptionOf(evidence([phase(0, 50)], [...flowing(0, 60), slow, refused]), sent);
    expect(use.eventsPerBusySecond).toBe(100);
  });

  it("is not known where the metrics did not come", () => {
    const use = consumptionOf(evidence([phase(0, 50)], []), sent);
    expect(use).toMatchObject({ streamRecordsPerEvent: null, writeUnitsPerEvent: null, entry: null, consumer: null });
  });
});

describe("the capacity of a stack", () => {
  it("is what the search found, with what gives way first and next", () => {
    const of = evidence([phase(0, 50), refuses], [...flowing(0, 60), throttles]);
    const capacity = capacityOf(of, end, consumptionOf(of, sent));
    expect(capacity).toMatchObject({
      kind: "found",
      holdsEventsPerSecond: 90,
      breaksEventsPerSecond: 95,
      burst: null,
      bottleneck: { limit: "entry-concurrency" },
      next: { limit: "table-write-capacity", eventsPerSecond: 100 },
    });
  });

  it("is the table's provisioned rate where the steps held on its unused capacity, and says both", () => {
    const size = {
      ...SIZE,
      table: {
        ...SIZE.table,
        name: "sink",
        isOnDemand: false,
        writeCapacity: 30,
        readCapacity: 5,
        writeScaling: { min: 30, max: 400 },
        readScaling: null,
      },
    };
    const of = evidence([phase(0, 50), refuses], [...flowing(0, 60), throttles], { size });
    const capacity = capacityOf(of, end, consumptionOf(of, sent));
    expect(capacity).toMatchObject({
      holdsEventsPerSecond: 30,
      burst: { eventsPerSecond: 90, seconds: 150 },
      bottleneck: { limit: "table-write-capacity", subject: "table sink", eventsPerSecond: 30 },
      next: { limit: "entry-concurrency" },
    });
    expect(JSON.stringify(capacity)).toContain("autoscaling may raise them to 400");
  });

  it("leaves out ceilings that the rate that held has disproved", () => {
    const of = evidence([phase(0, 50), refuses], [...flowing(0, 60), throttles]);
    const use = { ...consumptionOf(of, sent), streamRecordsPerEvent: 100 };
    const capacity = capacityOf(of, end, use);
    expect(capacity).toMatchObject({ next: { limit: "table-write-capacity" } });
  });

  it("is unknown where nothing held, and says what gave way", () => {
    const of = evidence([refuses], [...flowing(0, 60), throttles]);
    const capacity = capacityOf(of, { ...end, holdsEventsPerSecond: null }, consumptionOf(of, sent));
    expect(capacity).toMatchObject({ kind: "unknown" });
    expect(capacity.kind === "unknown" ? capacity.reason : "").toContain("entry-concurrency of function ingest");
  });

  it("is not looked for where no search was run", () => {
    const of = evidence([phase(0, 50)], flowing(0, 60));
    expect(capacityOf(of, null, consumptionOf(of, sent))).toEqual({ kind: "not-searched" });
  });
});
