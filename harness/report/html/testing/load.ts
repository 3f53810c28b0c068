import type { LoadReport, MetricSeries, PhaseResult } from "../../../model/load-report.ts";
import type { Verdict } from "../../../model/verdict.ts";

/** A load run as the model of a stack with one limit gives it: made by formulas, the same every time. For tests of the page. */

const START_MS = Date.UTC(2026, 10, 22, 1, 59, 0);
const KNEE = 1980;

/** @param seconds How long the load was; @param steps How many rates the search tried in that time. */
export function searchedLoad(seconds = 600, steps = 20): LoadReport {
  const rates = Array.from({ length: steps }, (_, index) => rateOfStep(index));
  const stepSeconds = Math.floor(seconds / steps);
  const rateAt = (second: number): number => rates[Math.min(steps - 1, Math.floor(second / stepSeconds))] ?? 0;
  const each = <T>(value: (second: number) => T): T[] => Array.from({ length: seconds }, (_, second) => value(second));
  const held = Math.max(...rates.filter((rate) => rate <= KNEE));
  const broke = rates.filter((rate) => rate > KNEE).toSorted((a, b) => a - b)[0] ?? null;
  return {
    scenario: "alb-to-table",
    spec: {
      scenario: "alb-to-table",
      profile: {
        kind: "search",
        lowestEventsPerSecond: 50,
        highestEventsPerSecond: 4000,
        stepMs: 30_000,
        budgetMs: 600_000,
      },
      eventsPerRequest: 1,
      bodyBytes: null,
      workers: 4,
      policy: { latencyP99Ms: 500, errorRatio: 0.001, sinkP99Ms: 10_000, iteratorAgeMs: 30_000 },
      targetEventsPerSecond: 4000,
      sizing: { streamShards: { variable: "stream_shard_count", shape: "number" } },
    },
    phases: rates.map((rate, phase) => phaseResult(phase, rate, stepSeconds)),
    seconds: {
      startMs: START_MS,
      planned: each(rateAt),
      sent: each((second) => Math.round(rateAt(second) * (1 + noise(second) / 50))),
      acked: each((second) => Math.round(Math.min(rateAt(second), KNEE) * (1 + noise(second) / 40))),
      errors: each((second) => Math.max(0, Math.round((rateAt(second) - KNEE) * (0.6 + noise(second) / 3)))),
      inFlight: each((second) => Math.round(rateAt(second) / 20)),
      p50Ms: each((second) => (second % 97 === 96 ? null : latencyAt(rateAt(second)) * (1 + noise(second) / 5))),
      p99Ms: each((second) => (second % 97 === 96 ? null : latencyAt(rateAt(second)) * (4 + noise(second)))),
    },
    metrics: metrics(seconds, rateAt),
    entryLatency: curve(12, 900),
    sinkLatency: curve(180, 14_000),
    heat: {
      startMs: START_MS,
      boundsMs: Array.from({ length: 16 }, (_, row) => 2 ** row),
      counts: each((second) => heatColumn(rateAt(second), second)),
    },
    capacity: {
      kind: "found",
      holdsEventsPerSecond: held,
      breaksEventsPerSecond: broke,
      confidence: `Held twice for 30 s at ${held} events/s${broke === null ? "" : `, and broke at ${broke} each of 2 times`}.`,
      burst: { eventsPerSecond: 2400, seconds: 41, evidence: "WriteThrottleEvents began 41 s into the step" },
      bottleneck: {
        kind: "known",
        limit: "shard-records",
        subject: "stream stackproof-dev-events",
        eventsPerSecond: 2000,
        evidence: [
          "WriteProvisionedThroughputExceeded 14,210 in the minute of the first broken step",
          "2 shards of 1,000 records/s each",
        ],
      },
      next: {
        kind: "known",
        limit: "table-write-capacity",
        subject: "table stackproof-dev-events",
        eventsPerSecond: 3200,
        evidence: ["400 write units at most by the autoscaling target"],
      },
    },
    recommendation: {
      targetEventsPerSecond: 4000,
      tfvars: "stream_shard_count = 5\ntable_write_capacity = { min = 40, max = 5000 }\n",
      changes: [
        {
          variable: "stream_shard_count",
          before: "2",
          after: "5",
          why: "4,000 events/s need 4 shards of 1,000 records/s, and one to spare.",
        },
        {
          variable: "table_write_capacity",
          before: "10 to 400",
          after: "40 to 5000",
          why: "One write unit an event of up to 1 KB.",
        },
      ],
      byHand: ["Ask for 3,000 concurrent Lambda executions: the account's quota is 1,000."],
      monthlyCost: {
        beforeUsd: 43.21,
        afterUsd: 1387.5,
        pricesAsOf: "2026-11-01",
        lines: [
          { item: "Kinesis: shard hours", beforeUsd: 21.9, afterUsd: 54.75 },
          { item: "DynamoDB: write capacity", beforeUsd: 4.74, afterUsd: 1250 },
          { item: "Lambda", beforeUsd: 16.57, afterUsd: 82.75 },
        ],
        assumptions: [
          "On-demand prices of us-east-1, 730 hours a month, the rate held all the time.",
          "Data transfer is left out.",
        ],
      },
      proof: {
        kind: "held",
        eventsPerSecond: 4000,
        statement: "60 s with p99 38 ms and no throttle, on the twin with these variables.",
      },
    },
    cleanup: "843,112 items expire by TTL within 24 h.",
  };
}

/** Doubles until it breaks, then halves the gap, as a search does. */
function rateOfStep(index: number): number {
  const tried = [
    50, 100, 200, 400, 800, 1600, 3200, 2400, 2000, 1800, 1900, 1950, 1975, 1985, 1980, 1982, 1981, 1980, 1980, 2100,
  ];
  return tried[index % tried.length] ?? 50;
}

function phaseResult(phase: number, rate: number, stepSeconds: number): PhaseResult {
  const breaks = rate > KNEE;
  const holds: Verdict = breaks ? "fail" : phase === 10 ? "unknown" : "pass";
  return {
    plan: {
      phase,
      purpose: phase === 0 ? "warm-up" : phase > 16 ? "confirm" : "search",
      startMs: START_MS + phase * stepSeconds * 1000,
      durationMs: stepSeconds * 1000,
      fromEventsPerSecond: rate,
      toEventsPerSecond: rate,
      firstRequest: phase * 1000,
      requestCount: rate * stepSeconds,
    },
    sentEventsPerSecond: rate,
    ackedEventsPerSecond: Math.min(rate, KNEE),
    unsentEvents: breaks ? 12 : 0,
    errorRatio: breaks ? (rate - KNEE) / rate : 0,
    entryP50Ms: latencyAt(rate),
    entryP99Ms: latencyAt(rate) * 4,
    sinkP99Ms: phase === 10 ? null : latencyAt(rate) * (breaks ? 90 : 15),
    backlogGrowthPerSecond: breaks ? rate - KNEE : 0,
    sendDelayP99Ms: 1.2,
    holds,
    why: {
      pass: `Every limit kept at ${rate} events/s.`,
      unknown: "No datapoint of iterator age came.",
      fail: `Errors ${(((rate - KNEE) / rate) * 100).toFixed(1)}% over the policy's 0.1%: the stream throttled.`,
    }[holds],
  };
}

function latencyAt(rate: number): number {
  return rate > KNEE ? 150 + (rate - KNEE) / 2 : 8 + 12 / Math.max(0.08, 1 - rate / (KNEE * 1.1));
}

/** Between -1 and 1, and the same for the same second. */
function noise(second: number): number {
  return Math.sin(second * 12.9898) * Math.cos(second * 4.1414);
}

function metrics(seconds: number, rateAt: (second: number) => number): MetricSeries[] {
  const minutes = Array.from({ length: Math.ceil(seconds / 60) }, (_, minute) => minute);
  const series = (label: string, unit: string, value: (rate: number) => number): MetricSeries => ({
    label,
    unit,
    points: minutes.map((minute) => ({ atMs: START_MS + minute * 60_000, value: value(rateAt(minute * 60 + 30)) })),
  });
  return [
    series("AWS/Kinesis IteratorAgeMilliseconds (Maximum)", "Milliseconds", (rate) => (rate > KNEE ? 18_000 : 420)),
    series("AWS/Kinesis WriteProvisionedThroughputExceeded (Sum)", "Count", (rate) => Math.max(0, rate - KNEE) * 60),
    series("AWS/DynamoDB WriteThrottleEvents (Sum)", "Count", (rate) => (rate > 3000 ? 320 : 0)),
    series("AWS/Lambda ConcurrentExecutions (Maximum)", "Count", (rate) => Math.ceil(rate / 40)),
  ];
}

function curve(p50Ms: number, maxMs: number): LoadReport["entryLatency"] {
  const percentiles = [0, 10, 25, 50, 75, 90, 95, 99, 99.5, 99.9, 99.95, 99.99, 99.999, 100];
  return percentiles.map((percentile, index) => ({
    percentile,
    ms: index <= 3 ? p50Ms * (0.4 + index * 0.2) : p50Ms * (maxMs / p50Ms) ** ((index - 3) / (percentiles.length - 4)),
  }));
}

function heatColumn(rate: number, second: number): number[] {
  const middle = Math.log2(latencyAt(rate)) + noise(second) / 2;
  return Array.from({ length: 16 }, (_, row) =>
    Math.round(rate * Math.exp(-((row - middle) ** 2)) * (row > middle ? 1 : 0.7)),
  );
}
