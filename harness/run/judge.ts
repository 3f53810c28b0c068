import type { JudgedResult } from "../checks/judge-rules.ts";
import { explain, type SeenFailure } from "../diagnose/explain.ts";
import type { Fact, RunStarted } from "../model/fact.ts";
import { type Finding, unknownFinding } from "../model/finding.ts";
import { severityOf } from "../model/finding-code.ts";
import type { Report } from "../model/report.ts";
import { accountOf } from "../model/settings/account.ts";
import { placeOf } from "../model/settings/place.ts";
import { keepOnly } from "../policy/only.ts";
import { runVerdict, worstFirst } from "../policy/verdicts.ts";
import { addCounts } from "../reconcile/event-counts.ts";
import { type LatencySamples, summarizeLatency } from "../reconcile/latency.ts";
import { loadLatency } from "../reconcile/load/load-latency.ts";
import { buildTimelines, runEnding } from "../reconcile/timeline.ts";
import { judgeCanary } from "./judge-canary.ts";
import { type JudgedLoad, judgeLoads, loadResultOf } from "./judge-load.ts";
import { type JudgedScenario, judgeTimeline, resultOf, tellFindings } from "./judge-scenario.ts";
import { brokenRules, findingOf, judgeSettings } from "./judge-settings.ts";
import { settingsNearby } from "./settings-nearby.ts";

/**
 * The report of a run, from the facts of its journal and nothing else: the same facts give the same report, in any order and
 * with any repetitions. Never throws for want of facts: what is not there is unknown.
 */
export function judge(facts: readonly Fact[]): Report {
  const milestones = facts.filter(isMilestone);
  const started = findStart(milestones);
  if (started === undefined) return reportWithoutStart();
  const ending = runEnding(milestones);
  const place = placeOf(started.target);
  const account = accountOf(facts, place);
  const timelines = buildTimelines(started, facts, ending, account);
  const loads = started.kind === "load" ? judgeLoads(started, facts, timelines, account) : NO_LOADS;
  const judged = timelines.map(
    (timeline): JudgedScenario => loads.get(timeline.scenario.name) ?? judgeTimeline(timeline, started.identityError),
  );
  const { results: settings, notChecked } = judgeSettings(started, facts, account);
  const failures = judged.flatMap(({ findings }) =>
    findings.flatMap((one) => (one.kind === "failure" ? [one.seen] : [])),
  );
  const { consequences, unexplained } = explain(failures, brokenRules(settings));
  const explained = new Set(failures.filter((failure) => !unexplained.includes(failure)));
  const nearby = settingsNearby(account, place);
  const crashes = crashesElsewhere(started, facts);
  const told = [
    ...settingFindings(settings, consequences),
    ...judged.flatMap((one) => tellFindings(one, explained, nearby)),
    ...crashes,
  ];
  const findings = keepOnly(told, started.onlyFindings);
  // A failure that is listed under its cause still decides its scenario.
  const parts = judged.map((one) => {
    const kept = keepOnly(
      one.findings.map(({ finding }) => finding),
      started.onlyFindings,
    );
    const load = loads.get(one.timeline.scenario.name);
    return load === undefined ? resultOf(one, kept) : { result: loadResultOf(load, kept), samples: NO_SAMPLES };
  });
  const scenarios = parts.map(({ result }) => result);
  const report: Report = {
    version: 2,
    run: {
      id: started.runId,
      kind: started.kind,
      target: started.target,
      startedAt: new Date(started.atMs).toISOString(),
      durationMs: Math.max(0, endMs(milestones, facts) - started.atMs),
      interrupted: ending.kind === "interrupted",
    },
    verdict: runVerdict(
      scenarios.map(({ verdict }) => verdict),
      findings,
    ),
    scenarios,
    findings: worstFirst(findings),
    events: addCounts(scenarios.map(({ events }) => events)),
    latency:
      loads.size === 0 ? summarizeLatency(parts.map(({ samples }) => samples)) : loadLatency([...loads.values()]),
    ...(notChecked.length === 0 ? {} : { notChecked }),
    ...(started.kind === "load" ? { loads: [...loads.values()].map((load) => load.report) } : {}),
  };
  return started.canary === undefined ? report : judgeCanary(report, started, started.canary, facts);
}

const NO_LOADS: ReadonlyMap<string, JudgedLoad> = new Map();
const NO_SAMPLES: LatencySamples = { latenciesMs: [], sendDelaysMs: [] };

/** Each rule's result as a finding, the broken ones with what follows from them; `consequences` has one list for each broken rule. */
function settingFindings(
  settings: readonly JudgedResult[],
  consequences: readonly (readonly SeenFailure[])[],
): Finding[] {
  let broken = 0;
  return settings.map((judged) =>
    findingOf(judged, judged.result.verdict === "fail" ? (consequences[broken++] ?? []) : []),
  );
}

/** Crashes of parts that belong to no scenario of the run: they count, too. */
function crashesElsewhere(started: RunStarted, facts: readonly Fact[]): Finding[] {
  const names = new Set(started.scenarios.map(({ name }) => name));
  const crashes = new Map<string, Finding>();
  for (const fact of facts) {
    if (fact.fact !== "crashed" || names.has(fact.scenario)) continue;
    const stated = {
      code: "harness.crashed",
      severity: severityOf("harness.crashed"),
      scenario: fact.scenario,
      subject: fact.scenario,
      statement: `A part of the harness failed: ${fact.part}.`,
      evidence: [fact.message],
    };
    crashes.set(
      `${fact.scenario}\n${fact.part}\n${fact.message}`,
      unknownFinding(stated, { text: "This is a defect of the harness: report it with the journal of this run." }),
    );
  }
  return [...crashes].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, finding]) => finding);
}

/** The few facts that are about the run as a whole: they are looked through more than once. */
function isMilestone({ fact }: Fact): boolean {
  return fact === "run-started" || fact === "interrupted" || fact === "run-ended" || fact === "crashed";
}

function findStart(facts: readonly Fact[]): RunStarted | undefined {
  let start: RunStarted | undefined;
  for (const fact of facts) {
    if (fact.fact === "run-started" && (start === undefined || fact.atMs < start.atMs)) start = fact;
  }
  return start;
}

/** The end that the run wrote down; without it, the last that it wrote. */
function endMs(milestones: readonly Fact[], facts: readonly Fact[]): number {
  const ends = milestones.filter(({ fact }) => fact === "run-ended");
  return (ends.length > 0 ? ends : facts).reduce(
    (latest, { atMs }) => Math.max(latest, atMs),
    Number.NEGATIVE_INFINITY,
  );
}

function reportWithoutStart(): Report {
  const finding = unknownFinding(
    {
      code: "journal.empty",
      severity: severityOf("journal.empty"),
      scenario: "run",
      subject: "journal",
      statement: "The journal does not say what was run.",
      evidence: ["there is no run-started fact"],
    },
    { text: "The run was killed before its first line was written, or the journal is not whole: run again." },
  );
  return {
    version: 2,
    run: {
      id: "unknown",
      kind: "verify",
      target: { kind: "endpoint", accountId: "unknown", region: "unknown", deployment: "unknown" },
      startedAt: new Date(0).toISOString(),
      durationMs: 0,
      interrupted: false,
    },
    verdict: "unknown",
    scenarios: [],
    findings: [finding],
    events: addCounts([]),
    latency: summarizeLatency([]),
  };
}
