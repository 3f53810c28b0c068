import type { CanaryReport } from "../model/canary-report.ts";
import type { EventCounts, HopResult, Latency, Report } from "../model/report.ts";
import type { Verdict } from "../model/verdict.ts";
import { ofVerdict } from "./finding-words.ts";

/** Sentences that more than one kind of report says in the same words. */

/** In the order in which they are shown. */
const COUNTS = [
  "intended",
  "acked",
  "arrived",
  "lost",
  "unaccounted",
  "duplicated",
  "rejected",
  "unknown",
  "recovered",
  "unexpected",
  "outOfOrder",
] as const;
const ALWAYS: ReadonlySet<string> = new Set(["intended", "acked", "arrived", "lost", "duplicated"]);
const IN_WORDS: Partial<Record<keyof EventCounts, string>> = {
  unaccounted: "not accounted for",
  outOfOrder: "out of order",
};

/** `12 intended, 12 acked, 12 arrived, 0 lost, 0 duplicated`: the rest is named only where there is any. */
export function describeCounts(events: EventCounts): string {
  const named = COUNTS.filter((name) => ALWAYS.has(name) || events[name] > 0);
  const parts = named.map((name) => `${events[name]} ${IN_WORDS[name] ?? name}`);
  if (events.sent < events.intended) parts.push(`${events.intended - events.sent} not sent`);
  return parts.join(", ");
}

/** `latency p50 35 ms, p90 80 ms, p99 120 ms, max 120 ms; sent up to 3 ms late`. */
export function describeLatency(latency: Latency): string {
  if (latency.kind === "none") return "no latency: nothing arrived";
  const { p50Ms, p90Ms, p99Ms, maxMs, maxSendDelayMs } = latency;
  const percentiles = `p50 ${ms(p50Ms)}, p90 ${ms(p90Ms)}, p99 ${ms(p99Ms)}, max ${ms(maxMs)}`;
  return `latency ${percentiles}; sent up to ${ms(maxSendDelayMs)} late`;
}

/** `7/12`; a metric may show more than was expected, for other traffic counts too. */
export function describeSeen({ seen, expected }: HopResult): string {
  return `${seen}/${expected}`;
}

/** `the twin`, `AWS`, or what else was verified, with account and region. */
export function describeTarget({ target }: Report["run"]): string {
  const place = `account ${target.accountId}, ${target.region}, from ${target.deployment}`;
  switch (target.kind) {
    case "aws":
      return `AWS: ${place}`;
    case "twin":
      return `the twin, not AWS: ${place}`;
    case "endpoint":
      return `an endpoint of its own, not AWS: ${place}`;
    default:
      return target.kind satisfies never;
  }
}

/** `138 AWS calls, $0.000081 (DescribeTable 4, …), judged with 20 runs before it`. */
export function describeCalls({ run, calls, historyRuns, pricesAsOf }: CanaryReport): string {
  const most = calls.slice(0, 4).map(({ operation, count }) => `${operation} ${count}`);
  const priced = calls.filter(({ usd }) => usd > 0).map(({ operation, usd }) => `${operation} $${usd.toFixed(6)}`);
  const costs = priced.length === 0 ? "" : ` (${priced.join(", ")}; prices of ${pricesAsOf})`;
  return `${run.calls} of the AWS API, most of them ${most.join(", ")}; $${run.costUsd.toFixed(6)}${costs}; judged with ${historyRuns} runs before it`;
}

/** `12.3 s`. */
export function describeDuration(durationMs: number): string {
  return `${(durationMs / 1000).toFixed(1)} s`;
}

/** `findings: 1 failing, 2 unknown, 14 passing`. */
export function describeFindings({ findings }: Pick<Report, "findings">): string {
  const many = (verdict: Verdict): number => ofVerdict(findings, verdict).length;
  return `findings: ${many("fail")} failing, ${many("unknown")} unknown, ${many("pass")} passing`;
}

function ms(value: number): string {
  return `${Math.round(value)} ms`;
}
