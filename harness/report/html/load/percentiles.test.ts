import { describe, expect, it } from "vitest";
import type { LoadReport } from "../../../model/load-report.ts";
import { searchedLoad } from "../testing/load.ts";
import { percentilesFigure } from "./percentiles.ts";

const CURVE = [
  { percentile: 50, ms: 10 },
  { percentile: 99, ms: 200 },
  { percentile: 99.5, ms: 300 },
  { percentile: 100, ms: 4000 },
];
const figureOf = (changes: Partial<LoadReport>) => percentilesFigure({ ...searchedLoad(10, 1), ...changes }, "p");

describe("the percentile curve", () => {
  it("has its points where one in so many is slower: 2 at the median, 100 at p99; the slowest has no place on it", () => {
    const option = figureOf({ entryLatency: CURVE, sinkLatency: [] })?.panels[0]?.chart("wide").option;
    expect(option).toMatchObject({ xAxis: { type: "log", min: 1, max: 1000 } });
    const [line] = [option?.series].flat();
    const points = line !== undefined && "data" in line && Array.isArray(line.data) ? line.data : [];
    expect(points.map((point) => [point].flat().map((value) => Math.round(Number(value))))).toEqual([
      [2, 10],
      [100, 200],
      [200, 300],
    ]);
  });

  it("says its key figures, the slowest among them, and makes none up where there were too few requests", () => {
    const figure = figureOf({ entryLatency: CURVE, sinkLatency: [] });
    expect(figure?.description).toBe("answer of the entry: p50 10 ms, p99 200 ms, max 4 s.");
    expect(figure?.table.text).toContain('<th scope="row">p99</th><td class="n">200 ms</td>');
    expect(figure?.table.text).not.toContain("p90");
    expect(figure?.table.text).toContain('<th scope="row">max</th><td class="n">4 s</td>');
  });

  it("is left out where nothing was measured", () => {
    expect(figureOf({ entryLatency: [], sinkLatency: [] })).toBeUndefined();
  });
});
