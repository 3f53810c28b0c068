import { describe, expect, it } from "vitest";
import { LatencyHistogram } from "../../model/latency-histogram.ts";
import { HeatRows } from "./heat.ts";

/** Microseconds below 2,048 are the index of their own bucket. */
function latencies(...micros: readonly number[]): LatencyHistogram {
  const histogram = new LatencyHistogram();
  for (const micro of micros) histogram.addAt(micro, 1);
  return histogram;
}

describe("the heat of latencies", () => {
  it("counts each request in the row of its latency, and leaves no second out", () => {
    const heat = new HeatRows();
    heat.add(100, latencies(200, 500, 501, 1000));
    heat.add(103, latencies(1900));
    expect(heat.result()).toEqual({
      startMs: 100_000,
      boundsMs: [0.5, 1, 2],
      counts: [
        [2, 2, 0],
        [0, 0, 0],
        [0, 0, 0],
        [0, 0, 1],
      ],
    });
  });

  it("is empty where nothing was measured", () => {
    expect(new HeatRows().result()).toEqual({ startMs: 0, boundsMs: [], counts: [] });
  });
});
