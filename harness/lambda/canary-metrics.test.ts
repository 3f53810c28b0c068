import { describe, expect, it } from "vitest";
import type { CanaryRun } from "../model/canary.ts";
import { canaryMetrics } from "./canary-metrics.ts";

const RUN: CanaryRun = {
  version: 1,
  runId: "run-1",
  at: "2026-11-22T10:00:00.000Z",
  stack: "123456789012 us-east-1 outputs.json",
  verdict: "pass",
  sinkLatencyMs: 840,
  metricsFreshnessMs: null,
  failing: [],
  calls: 71,
  costUsd: 0.00004,
};

const parse = (line: string): unknown => JSON.parse(line);

describe("the metrics of a canary's run", () => {
  it("are one log event in the embedded metric format, with every figure that the format announces", () => {
    const line = canaryMetrics({ stack: "shop-prod", atMs: 1_795_000_000_000, verdict: "pass", run: RUN });
    expect(line).not.toContain("\n");
    expect(parse(line)).toEqual({
      _aws: {
        Timestamp: 1_795_000_000_000,
        CloudWatchMetrics: [
          {
            Namespace: "Stackproof",
            Dimensions: [["Stack"]],
            Metrics: [
              { Name: "Success", Unit: "Count" },
              { Name: "Failure", Unit: "Count" },
              { Name: "Unknown", Unit: "Count" },
              { Name: "SinkLatency", Unit: "Milliseconds" },
              { Name: "Calls", Unit: "Count" },
              { Name: "CostUsd", Unit: "None" },
            ],
          },
        ],
      },
      RunId: "run-1",
      Stack: "shop-prod",
      Success: 1,
      Failure: 0,
      Unknown: 0,
      SinkLatency: 840,
      Calls: 71,
      CostUsd: 0.00004,
    });
  });

  it.each([
    ["pass", { Success: 1, Failure: 0, Unknown: 0 }],
    ["fail", { Success: 0, Failure: 1, Unknown: 0 }],
    ["unknown", { Success: 0, Failure: 0, Unknown: 1 }],
  ] as const)(
    "say %s with one 1 and two 0, so that a period without failures differs from one without runs",
    (verdict, figures) => {
      const line = canaryMetrics({ stack: "shop-prod", atMs: 1, verdict, run: RUN });
      expect(parse(line)).toMatchObject(figures);
    },
  );

  it("leave a latency out that nobody measured", () => {
    const line = canaryMetrics({ stack: "shop-prod", atMs: 1, verdict: "fail", run: { ...RUN, sinkLatencyMs: null } });
    expect(line).not.toContain("SinkLatency");
  });

  it("say only that nothing is known where there was no run", () => {
    const line = canaryMetrics({ stack: "shop-prod", atMs: 1, verdict: "unknown", run: undefined });
    expect(parse(line)).toMatchObject({ Unknown: 1, Stack: "shop-prod" });
    expect(line).not.toMatch(/Calls|CostUsd|RunId/);
  });
});
