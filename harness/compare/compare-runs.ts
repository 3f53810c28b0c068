import type { Change } from "../model/change.ts";
import type { Finding } from "../model/finding.ts";
import type { EventCounts, Report } from "../model/report.ts";
import { badness } from "../model/verdict.ts";
import { type Share, shareDifference } from "./proportions.ts";
import { type Counted, countOf, rankSum } from "./rank-sum.ts";

/** A run with every latency that it measured, by what it is of: `alb-to-table to its sink`. */
export interface ComparedRun {
  readonly report: Report;
  readonly latencies: ReadonlyMap<string, readonly Counted[]>;
}

/** A difference is called one where chance alone would bring it about less often than this. */
const P_LIMIT = 0.01;
/** A latency that shifts by less than this share is the same to anybody, however sure the shift is. */
const LEAST_SHIFT = 0.05;

/** What changed from the first run to the second, worst first; what did not change, or is not known, is listed as well. */
export function compareRuns(before: ComparedRun, after: ComparedRun): readonly Change[] {
  const changes = [
    verdictChange(before.report, after.report),
    ...findingChanges(before.report.findings, after.report.findings),
    ...shareChanges(before.report.events, after.report.events),
    ...latencyChanges(before, after),
    ...capacityChanges(before.report, after.report),
  ];
  return changes.toSorted((left, right) => RANK[left.direction] - RANK[right.direction]);
}

const RANK = { worse: 0, "not-known": 1, different: 2, better: 3, same: 4 } as const;

function verdictChange(before: Report, after: Report): Change {
  const step = badness(after.verdict) - badness(before.verdict);
  return {
    about: "verdict",
    subject: "run",
    direction: step === 0 ? "same" : step > 0 ? "worse" : "better",
    statement: step === 0 ? `still ${after.verdict}` : `${before.verdict} before, ${after.verdict} now`,
  };
}

function findingChanges(before: readonly Finding[], after: readonly Finding[]): Change[] {
  const [was, is] = [byKey(before), byKey(after)];
  const changes: Change[] = [];
  for (const [key, finding] of is) {
    const earlier = was.get(key)?.verdict ?? "pass";
    if (finding.verdict === earlier) continue;
    const direction = badness(finding.verdict) > badness(earlier) ? "worse" : "better";
    const statement = `${was.has(key) ? earlier : "not there"} before, ${finding.verdict} now: ${finding.statement}`;
    changes.push({ about: "finding", subject: `${finding.code} ${finding.subject}`, direction, statement });
  }
  for (const [key, finding] of was) {
    if (is.has(key) || finding.verdict === "pass") continue;
    const statement = `${finding.verdict} before, not there now: ${finding.statement}`;
    changes.push({ about: "finding", subject: `${finding.code} ${finding.subject}`, direction: "better", statement });
  }
  return changes;
}

/** By code and subject, the worst of several. */
function byKey(findings: readonly Finding[]): ReadonlyMap<string, Finding> {
  const map = new Map<string, Finding>();
  for (const finding of findings) {
    const key = `${finding.code}\n${finding.subject}`;
    const known = map.get(key);
    if (known === undefined || badness(finding.verdict) > badness(known.verdict)) map.set(key, finding);
  }
  return map;
}

function shareChanges(before: EventCounts, after: EventCounts): Change[] {
  const errors = (events: EventCounts): Share => ({ hits: events.sent - events.acked, of: events.sent });
  const losses = (events: EventCounts): Share => ({ hits: events.lost, of: events.acked });
  return [
    shareChange("errors", "events that were not acked", errors(before), errors(after)),
    shareChange("losses", "acked events that were lost", losses(before), losses(after)),
  ];
}

function shareChange(about: "errors" | "losses", subject: string, before: Share, after: Share): Change {
  const figures = `${before.hits} of ${before.of} before, ${after.hits} of ${after.of} now`;
  const pValue = shareDifference(before, after);
  if (pValue === undefined)
    return { about, subject, direction: "not-known", statement: `one of the runs has none to compare: ${figures}` };
  const rate = ({ hits, of }: Share) => hits / of;
  if (pValue >= P_LIMIT)
    return { about, subject, direction: "same", statement: `no difference shown: ${figures} (${chance(pValue)})` };
  const direction = rate(after) > rate(before) ? "worse" : "better";
  return { about, subject, direction, statement: `${figures} (${chance(pValue)})` };
}

function latencyChanges(before: ComparedRun, after: ComparedRun): Change[] {
  return [...before.latencies].flatMap(([subject, earlier]): Change[] => {
    const later = after.latencies.get(subject);
    return later === undefined ? [] : [latencyChange(subject, earlier, later)];
  });
}

function latencyChange(subject: string, before: readonly Counted[], after: readonly Counted[]): Change {
  const test = rankSum(before, after);
  const [was, is] = [medianOf(before), medianOf(after)];
  const figures = `p50 ${ms(was)} before, ${ms(is)} now (${countOf(before)} and ${countOf(after)} events)`;
  if (test.kind === "too-few")
    return { about: "latency", subject, direction: "not-known", statement: `too few events to tell: ${figures}` };
  const isShift = Math.abs(is - was) >= LEAST_SHIFT * Math.max(was, is);
  if (test.pValue >= P_LIMIT || !isShift)
    return {
      about: "latency",
      subject,
      direction: "same",
      statement: `no difference shown: ${figures} (${chance(test.pValue)})`,
    };
  const direction = is > was ? "worse" : "better";
  const odds = Math.round(100 * (is > was ? test.superiority : 1 - test.superiority));
  const what = is > was ? "slower" : "faster";
  const statement = `${what}: ${figures}; an event of the second run is ${what} than one of the first with ${odds}% (${chance(test.pValue)})`;
  return { about: "latency", subject, direction, statement };
}

function capacityChanges(before: Report, after: Report): Change[] {
  const was = new Map((before.loads ?? []).map((load) => [load.scenario, load.capacity]));
  return (after.loads ?? []).flatMap(({ scenario, capacity: is }): Change[] => {
    const earlier = was.get(scenario);
    if (earlier?.kind !== "found" || is.kind !== "found") return [];
    const [low, high] = [earlier.holdsEventsPerSecond, is.holdsEventsPerSecond];
    const figures = `${low} events/s held before, ${high} now`;
    // A search finds a rate to 5%: two of them may differ by twice that and be the same.
    const isSame = Math.abs(high - low) <= 0.1 * Math.max(low, high);
    const direction = isSame ? "same" : high > low ? "better" : "worse";
    const statement = isSame ? `no difference shown: ${figures}, each found to 5%` : figures;
    return [{ about: "capacity", subject: scenario, direction, statement }];
  });
}

function medianOf(sample: readonly Counted[]): number {
  const sorted = sample.toSorted((left, right) => left.value - right.value);
  const half = countOf(sorted) / 2;
  let seen = 0;
  for (const { value, count } of sorted) {
    seen += count;
    if (seen >= half) return value;
  }
  return 0;
}

function chance(pValue: number): string {
  return pValue < 0.0001 ? "p < 0.0001" : `p = ${pValue.toPrecision(2)}`;
}

function ms(value: number): string {
  return value >= 100 ? `${Math.round(value)} ms` : `${Number(value.toFixed(1))} ms`;
}
