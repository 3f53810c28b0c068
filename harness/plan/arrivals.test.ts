import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseTag } from "../model/event.ts";
import type { Scenario } from "../model/scenario.ts";
import { planArrivals } from "./arrivals.ts";

const scenario: Scenario = {
  name: "orders-arrive",
  sentence: "Orders arrive.",
  pipeline: "orders",
  producer: "orders",
  entry: { kind: "s3", bucket: "b", key: "{tag}", body: "{}" },
  hops: [{ kind: "entry", name: "entry" }],
  load: { requests: [{ events: 1 }, { events: 3 }], intervalMs: 40 },
  deadlines: { requestMs: 1, eventsMs: 1, logsMs: 1, metricsMs: 1 },
  policy: { duplicated: "pass", unexpected: "fail" },
  roles: {},
};

describe("planned arrivals", () => {
  it("are due at even intervals from the start, each with the events of its request", () => {
    expect(planArrivals(scenario, "r1", 1_000)).toEqual([
      { atMs: 1_000, tags: ["sp-r1-orders-0"] },
      { atMs: 1_040, tags: ["sp-r1-orders-1", "sp-r1-orders-2", "sp-r1-orders-3"] },
    ]);
  });

  it("number all events from 0 without gap or repetition", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 20 }), { maxLength: 20 }), (sizes) => {
        const load = { requests: sizes.map((events) => ({ events })), intervalMs: 1 };
        const sequences = planArrivals({ ...scenario, load }, "r1", 0)
          .flatMap(({ tags }) => tags)
          .map((tag) => parseTag(tag)?.sequence);
        expect(sequences).toEqual(sequences.map((_, index) => index));
        expect(sequences.length).toBe(sizes.reduce((sum, size) => sum + size, 0));
      }),
    );
  });
});
