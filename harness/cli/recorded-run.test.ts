import { describe, expect, it } from "vitest";
import { recordedRun } from "./recorded-run.ts";

describe("a recorded run", () => {
  it("is read from a report.json of version 1, with the severities of today's checks", () => {
    const { report, latencies } = recordedRun("harness/report/testing/report-v1.json");
    expect(report.findings.map(({ code, severity }) => `${code}: ${severity}`)).toEqual([
      "entry.failing: flow",
      "event.lost: flow",
      "table.no-recovery: advice",
      "bucket.blocks-destroy: advice",
      "hop.seen: flow",
    ]);
    expect(latencies.size).toBe(0);
  });

  it("is judged from its journal, with every latency that was measured", () => {
    const { report, latencies } = recordedRun("harness/journal/testing/recorded/verify.ndjson");
    expect(report).toMatchObject({ version: 2, verdict: "pass" });
    expect(latencies.size).toBeGreaterThan(0);
  });

  it("is missed with the places that were looked at", () => {
    expect(() => recordedRun("no-such-run")).toThrow("reports/no-such-run/report.json");
  });
});
