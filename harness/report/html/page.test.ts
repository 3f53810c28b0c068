import { describe, expect, it } from "vitest";
import { drawChart } from "../../cli/draw-chart.ts";
import type { LoadReport } from "../../model/load-report.ts";
import type { Report } from "../../model/report.ts";
import { failing, passing, report, scenarioResult, unknown } from "../../model/testing/reports.ts";
import { renderHtml } from "../html.ts";
import { searchedLoad } from "./testing/load.ts";

const HOSTILE = `<script>alert("1")</script><img src=x onerror=y>"'--></style></title>`;
const broken = report(
  [
    unknown(),
    failing({
      remedy: {
        text: "Set enabled = true on the aws_lambda_event_source_mapping.",
        terraform: { hcl: "# aws_lambda_event_source_mapping\nenabled = true" },
      },
      evidence: ["mapping m: Disabled"],
      consequences: [
        {
          code: "event.lost",
          subject: "alb-to-table / item",
          statement: "5 events were lost.",
          evidence: ["lost: sp-1"],
        },
      ],
    }),
    passing(),
  ],
  "fail",
);
const loaded = (load: LoadReport): Report =>
  report([passing()], "pass", { loads: [load], run: { ...broken.run, kind: "load" } });

/** What of a page matches: a failing test then shows that, and not the whole page. */
const found = (page: string, pattern: RegExp): string[] => page.match(pattern) ?? [];

describe("report.html", () => {
  it("needs nothing but itself, and its policy forbids everything else", () => {
    const page = renderHtml(report([failing()], "fail", { loads: [searchedLoad()] }), drawChart);
    expect(found(page, /<script|<link|<img|<iframe|@import|\ssrc=|https?:\/\/|\shref="(?!#)|url\((?!#)/g)).toEqual([]);
    expect(page).toContain(
      "content=\"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\"",
    );
  });

  it("says first what the verdict is, then draws the way with the cut, then what to mend", () => {
    const page = renderHtml(broken);
    const places = [
      "<h1>alb-to-table is cut between ingest-log and stream",
      "5 of 12 last seen at ingest-log",
      "<b>7</b> of 12",
      '<h2 id="problems">What to mend</h2>',
      "cause not known: the wire into stream is cut",
      "# aws_lambda_event_source_mapping\nenabled = true",
      "1 thing that follows from it",
      "records: no datapoint came",
      "1 passing",
    ].map((text) => page.indexOf(text));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  it("marks a hop that is not known by a sign and words, not by colour alone", () => {
    const [hop = ""] = found(renderHtml(broken), /<div class="hop unknown">.*?<\/div>/gs);
    expect(hop).toMatch(/stroke-dasharray.*not known<\/span>/s);
  });

  it("draws what fails before what passes", () => {
    const scenarios = [
      scenarioResult({ name: "fine", verdict: "pass" }),
      scenarioResult({ name: "cut", verdict: "fail" }),
    ];
    const page = renderHtml(report([], "fail", { scenarios }));
    expect(page.indexOf(">cut</h3>")).toBeLessThan(page.indexOf(">fine</h3>"));
  });

  it("escapes whatever came from outside, in every part of it", () => {
    const hostile = replaceTexts(report([failing(), unknown(), passing()], "fail", { loads: [searchedLoad(30, 5)] }));
    const page = renderHtml(hostile, drawChart);
    expect(found(page, /&lt;script&gt;/g).length).toBeGreaterThan(30);
    expect(found(page, /<script|<img|onerror=y>|<\/title>(?!\n<style>)/g)).toEqual([]);
  });

  it("has no part about load in a run without load", () => {
    expect(found(renderHtml(broken), /Load on|<figure/g)).toEqual([]);
  });
});

describe("report.html of a canary", () => {
  it("says what it called and what that cost, and what nobody looked at", () => {
    const run = {
      version: 1,
      runId: "r",
      at: "2026-11-22T01:59:00.000Z",
      stack: "s",
      verdict: "pass",
      sinkLatencyMs: 812,
      metricsFreshnessMs: null,
      failing: [],
      calls: 42,
      costUsd: 0.00031,
    } as const;
    const calls = [{ operation: "dynamodb:BatchGetItem", count: 40, usd: 0.0003 }];
    const canary = { run, historyRuns: 7, calls, pricesAsOf: "2026-11-01" };
    const page = renderHtml(report([passing()], "pass", { canary, notChecked: ["No key was given."] }));
    expect(found(page, /42 AWS calls for <b>\$0.00031<\/b>/g)).toHaveLength(1);
    expect(found(page, /dynamodb:BatchGetItem<\/th><td class="n">40</g)).toHaveLength(1);
    expect(found(page, /What was not checked<\/h2>.*<ul><li>No key was given/gs)).toHaveLength(1);
  });
});

describe("report.html of a load run", () => {
  it("stays under 400 KB for ten minutes of load and a search of 20 steps", () => {
    const many = Array.from({ length: 80 }, () => passing());
    const page = renderHtml({ ...loaded(searchedLoad(600, 20)), findings: many }, drawChart);
    expect(Buffer.byteLength(page)).toBeLessThan(400_000);
    expect(found(page, /<svg class="wide"/g)).toHaveLength(10);
  });

  it("says each chart in words, and has its figures in a table", () => {
    const page = renderHtml(loaded(searchedLoad()), drawChart);
    expect(found(page, /<div class="chart" role="img" aria-label="[^"]{40,}"/g)).toHaveLength(4);
    expect(found(page, /<details><summary>Figures of/g)).toHaveLength(4);
    expect(found(page, /1,980 events\/s held, 1,981 broke it. step 2, 100 events\/s, held with p99/g)).toHaveLength(1);
  });

  it("adds up the seconds of the heat until their columns fit", () => {
    const page = renderHtml(loaded(searchedLoad(600, 20)), drawChart);
    const drawings = found(
      page.slice(page.indexOf('<figure id="load-0-heat"')),
      /<svg class="(?:wide|narrow)".*?<\/svg>/gs,
    );
    const columns = drawings.map((svg) => {
      const cells = found(svg, /<path d="[^"]*" fill="var\(--h\d\)"/g).flatMap((path) => found(path, /M[\d.]+/g));
      return new Set(cells).size;
    });
    expect(columns).toEqual([120, 60]);
  });

  it("shows the figures alone where nobody draws", () => {
    const page = renderHtml(loaded(searchedLoad()));
    expect(found(page, /role="img"/g)).toEqual([]);
    expect(found(page, /<details open><summary>Figures of/g)).toHaveLength(4);
  });

  it("is the same each time", () => {
    const once = renderHtml(loaded(searchedLoad(60, 5)), drawChart);
    expect(renderHtml(loaded(searchedLoad(60, 5)), drawChart) === once).toBe(true);
  });

  it.each(Object.entries(POOR_LOADS()))("is made of %s", (_, load) => {
    const page = renderHtml(loaded(load), drawChart);
    expect(found(page, /Load on alb-to-table/g)).toHaveLength(1);
    expect(found(page, /.{0,40}(?:NaN|Infinity|undefined).{0,40}/g)).toEqual([]);
  });
});

/** Load reports of runs in which little or nothing was measured. */
function POOR_LOADS(): Record<string, LoadReport> {
  const load = searchedLoad(30, 5);
  const none = { startMs: 0, planned: [], sent: [], acked: [], errors: [], inFlight: [], p50Ms: [], p99Ms: [] };
  const unmeasured = load.phases.map((phase) => ({ ...phase, entryP50Ms: null, entryP99Ms: null, sinkP99Ms: null }));
  return {
    "a run that was stopped before its first second": {
      ...load,
      phases: [],
      seconds: none,
      metrics: [],
      entryLatency: [],
      sinkLatency: [],
      heat: { startMs: 0, boundsMs: [], counts: [] },
      capacity: { kind: "not-searched" },
      recommendation: null,
    },
    "one second": searchedLoad(1, 1),
    "two steps without a latency": {
      ...load,
      phases: unmeasured.slice(0, 3),
      capacity: { kind: "unknown", reason: "stopped" },
    },
    "no answer at all": {
      ...load,
      seconds: {
        ...load.seconds,
        p50Ms: load.seconds.p50Ms.map(() => null),
        p99Ms: load.seconds.p99Ms.map(() => null),
      },
      heat: { ...load.heat, counts: load.heat.counts.map((row) => row.map(() => 0)) },
    },
    "latencies of zero": {
      ...load,
      seconds: { ...load.seconds, p50Ms: load.seconds.p50Ms.map(() => 0), p99Ms: load.seconds.p99Ms.map(() => 0) },
      entryLatency: [
        { percentile: 0, ms: 0 },
        { percentile: 100, ms: 0 },
      ],
    },
    "one slow request": { ...load, entryLatency: [{ percentile: 100, ms: 9 }], sinkLatency: [] },
    "metrics without a datapoint": { ...load, metrics: load.metrics.map((metric) => ({ ...metric, points: [] })) },
    "a search that nothing broke": {
      ...load,
      capacity: {
        kind: "found",
        holdsEventsPerSecond: 4000,
        breaksEventsPerSecond: null,
        confidence: "The ceiling held.",
        burst: null,
        bottleneck: { kind: "unknown", reason: "nothing gave way" },
        next: { kind: "unknown", reason: "nothing gave way" },
      },
    },
  };
}

/** Every text of a report that is not one of its own words, replaced by a hostile one. */
function replaceTexts(of: Report): Report {
  const own = new Set(["kind", "verdict", "limit", "purpose", "holds", "shape"]);
  return JSON.parse(JSON.stringify(of), (key, value) => (typeof value === "string" && !own.has(key) ? HOSTILE : value));
}
