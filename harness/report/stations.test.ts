import { describe, expect, it } from "vitest";
import type { HopResult } from "../model/report.ts";
import { scenarioResult } from "../model/testing/reports.ts";
import { firstCut, stationsOf } from "./stations.ts";

const hop = (name: string, kind: string, seen: number, verdict: HopResult["verdict"] = "pass"): HopResult => ({
  name,
  kind,
  expected: 12,
  seen,
  verdict,
});
const wires = (...hops: HopResult[]) => stationsOf({ hops }).map(({ wire }) => wire);

describe("the stations of a pipeline", () => {
  it("are the hops that events pass; a metric stands under the hop before it", () => {
    const stations = stationsOf(scenarioResult());
    expect(stations.map(({ hop: { name }, metrics }) => [name, metrics.map((metric) => metric.name)])).toEqual([
      ["entry", []],
      ["ingest-log", []],
      ["stream", ["records"]],
      ["processor-log", []],
      ["table", []],
    ]);
  });

  it("have the cut in the wire to the hop that failed, with what was last seen before it", () => {
    expect(
      wires(hop("entry", "entry", 12), hop("stream", "stream", 7, "fail"), hop("item", "item", 7, "unknown")),
    ).toEqual([{ kind: "whole" }, { kind: "cut", from: "entry", missing: 5, of: 12 }, { kind: "unknown" }]);
  });

  it("count at a second cut only what had come so far", () => {
    const [, , second] = wires(
      hop("entry", "entry", 12),
      hop("stream", "stream", 7, "fail"),
      hop("item", "item", 5, "fail"),
    );
    expect(second).toEqual({ kind: "cut", from: "stream", missing: 2, of: 7 });
  });

  it("are cut before the entry where it refuses what is sent", () => {
    expect(wires(hop("entry", "entry", 0, "fail"))).toEqual([{ kind: "cut", from: "the sender", missing: 12, of: 12 }]);
  });

  it("have no cut where a hop fails that saw everything", () => {
    expect(wires(hop("entry", "entry", 12), hop("stream", "stream", 12, "fail"))).toEqual([
      { kind: "whole" },
      { kind: "whole" },
    ]);
  });

  it("give the first cut, and none where all came through", () => {
    expect(firstCut(scenarioResult())).toEqual({ from: "ingest-log", to: "stream", missing: 5 });
    expect(firstCut(scenarioResult({ hops: [hop("entry", "entry", 12)] }))).toBeUndefined();
  });
});
