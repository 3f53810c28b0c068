import type { Finding } from "../finding.ts";
import type { EventCounts, Report, ScenarioResult } from "../report.ts";
import type { Verdict } from "../verdict.ts";

/** Reports written by hand, for the tests of their renderings. */

const EVENTS: EventCounts = {
  intended: 12,
  sent: 12,
  acked: 12,
  rejected: 0,
  unknown: 0,
  arrived: 7,
  lost: 5,
  unaccounted: 0,
  duplicated: 0,
  unexpected: 0,
  recovered: 0,
  outOfOrder: 0,
};

const LATENCY = {
  kind: "measured",
  count: 7,
  p50Ms: 35,
  p90Ms: 80,
  p99Ms: 120,
  maxMs: 120,
  maxSendDelayMs: 3,
} as const;

export function failing(changes: Partial<Omit<Extract<Finding, { verdict: "fail" }>, "verdict">> = {}): Finding {
  return {
    verdict: "fail",
    code: "event.lost",
    severity: "flow",
    scenario: "alb-to-table",
    subject: "alb-to-table / stream",
    statement: "5 of 12 acked events were not seen at stream or after.",
    evidence: ["lost: sp-r1-alb-7, sp-r1-alb-8"],
    consequences: [],
    cause: "cause not known: the wire into stream is cut",
    remedy: { text: "Look at what writes to stream events." },
    ...changes,
  };
}

export function unknown(changes: Partial<Omit<Extract<Finding, { verdict: "unknown" }>, "verdict">> = {}): Finding {
  return {
    verdict: "unknown",
    code: "metric.missing",
    severity: "flow",
    scenario: "alb-to-table",
    subject: "alb-to-table / records",
    statement: "records: no datapoint came; that is no data, not zero.",
    evidence: [],
    consequences: [],
    cause: null,
    remedy: { text: "Raise the deadline metricsMs." },
    ...changes,
  };
}

export function passing(changes: Partial<Omit<Extract<Finding, { verdict: "pass" }>, "verdict">> = {}): Finding {
  return {
    verdict: "pass",
    code: "hop.seen",
    severity: "flow",
    scenario: "alb-to-table",
    subject: "alb-to-table / entry",
    statement: "The entry acked 12 of 12 events (202 × 12).",
    evidence: ["sp-r1-alb-0 was answered with 202"],
    consequences: [],
    cause: null,
    remedy: null,
    ...changes,
  };
}

export function scenarioResult(changes: Partial<ScenarioResult> = {}): ScenarioResult {
  return {
    name: "alb-to-table",
    sentence: "What is posted to the load balancer stands in the table.",
    verdict: "fail",
    durationMs: 3456,
    events: EVENTS,
    hops: [
      { name: "entry", kind: "entry", expected: 12, seen: 12, verdict: "pass" },
      { name: "ingest-log", kind: "log", expected: 12, seen: 12, verdict: "pass" },
      { name: "stream", kind: "stream", expected: 12, seen: 7, verdict: "fail" },
      { name: "records", kind: "metric", expected: 12, seen: 0, verdict: "unknown" },
      { name: "processor-log", kind: "log", expected: 12, seen: 7, verdict: "unknown" },
      { name: "table", kind: "item", expected: 12, seen: 7, verdict: "unknown" },
    ],
    latency: LATENCY,
    ...changes,
  };
}

export function report(findings: readonly Finding[], verdict: Verdict, changes: Partial<Report> = {}): Report {
  return {
    version: 2,
    run: {
      id: "20261122t015900x7f3a9c",
      kind: "verify",
      target: { kind: "twin", accountId: "123456789012", region: "eu-west-1", deployment: "state.json" },
      startedAt: "2026-11-22T01:59:00.000Z",
      durationMs: 12_345,
      interrupted: false,
    },
    verdict,
    scenarios: [scenarioResult()],
    findings,
    events: EVENTS,
    latency: LATENCY,
    ...changes,
  };
}
