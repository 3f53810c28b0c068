import type { CanaryContext, CanaryRun, Objectives } from "../model/canary.ts";
import type { CanaryReport } from "../model/canary-report.ts";
import type { Fact, RunStarted } from "../model/fact.ts";
import { type Finding, failingFinding, passingFinding, type Stated, unknownFinding } from "../model/finding.ts";
import { type FindingCode, severityOf } from "../model/finding-code.ts";
import type { Report } from "../model/report.ts";
import { worstVerdict } from "../model/verdict.ts";
import { acknowledge } from "../policy/acknowledge.ts";
import { judgeObjective, type Objective, type ObjectiveState, samplesOf } from "../policy/objectives.ts";
import { worstFirst } from "../policy/verdicts.ts";
import { CALL_PRICES_AS_OF, costOfCalls } from "../sizing/call-cost.ts";

const SCENARIO = "canary";

/**
 * Applies acknowledgements and objectives to what a canary's run found. While the objectives are kept, a failure is a blip: it is
 * shown with all its evidence and is worth what the policy says. Once one is missed, failures fail.
 */
export function judgeCanary(
  report: Report,
  started: RunStarted,
  context: CanaryContext,
  facts: readonly Fact[],
): Report {
  const { objectives, history, acknowledgements } = context;
  const known = acknowledge(report.findings, acknowledgements, started.atMs).findings;
  const calls = costOfCalls(callsIn(facts));
  const run = runOf(report, started, context, facts, known, calls);
  const runs = [...history, run];
  const stateOf = (objective: Objective) =>
    judgeObjective(
      runs.map((one) => samplesOf(one, objectives)[objective]),
      objectives,
    );
  const success = stateOf("success");
  const softened =
    success.kind === "blip" ? known.map((finding) => asBlip(finding, objectives.blip, success.statement)) : known;
  const finding = (code: FindingCode, what: string, state: ObjectiveState) =>
    objectiveFinding(code, what, state, objectives, runs);
  const findings = worstFirst([
    ...softened,
    finding("canary.success", "runs succeed", success),
    finding("canary.latency", "events reach their sinks in time", stateOf("latency")),
    ...(awaitsMetrics(facts) ? [finding("canary.freshness", "metrics show in time", stateOf("freshness"))] : []),
    costFinding(run, objectives),
  ]);
  const isBroken = findings.some(({ verdict }) => verdict === "fail");
  return {
    ...report,
    verdict: worstVerdict(findings.map(({ verdict }) => verdict)),
    findings,
    scenarios: report.scenarios.map((scenario) =>
      isBroken || scenario.verdict !== "fail"
        ? scenario
        : { ...scenario, verdict: success.kind === "blip" ? objectives.blip : "pass" },
    ),
    canary: { run, historyRuns: history.length, calls, pricesAsOf: CALL_PRICES_AS_OF },
  };
}

function runOf(
  report: Report,
  started: RunStarted,
  { stack }: CanaryContext,
  facts: readonly Fact[],
  known: readonly Finding[],
  calls: CanaryReport["calls"],
): CanaryRun {
  return {
    version: 1,
    runId: started.runId,
    at: new Date(started.atMs).toISOString(),
    stack,
    verdict: worstVerdict(known.map(({ verdict }) => verdict)),
    sinkLatencyMs: report.latency.kind === "measured" ? report.latency.maxMs : null,
    metricsFreshnessMs: freshnessOf(facts),
    failing: known.flatMap(({ verdict, code, subject }) => (verdict === "fail" ? [`${code} ${subject}`] : [])),
    calls: calls.reduce((sum, { count }) => sum + count, 0),
    costUsd: inNanodollars(calls.reduce((sum, { usd }) => sum + usd, 0)),
  };
}

function callsIn(facts: readonly Fact[]): Readonly<Record<string, number>> {
  return facts.findLast((fact) => fact.fact === "calls-made")?.calls ?? {};
}

function awaitsMetrics(facts: readonly Fact[]): boolean {
  return facts.some(({ fact }) => fact === "measured");
}

/** The longest that a metric of the run took to come; null where none was awaited, or one did not come. */
function freshnessOf(facts: readonly Fact[]): number | null {
  const metricHops = new Set(
    facts.flatMap((fact) => (fact.fact === "measured" ? [`${fact.scenario}\n${fact.hop}`] : [])),
  );
  const waits = facts.flatMap((fact) =>
    fact.fact === "wait-ended" && metricHops.has(`${fact.scenario}\n${fact.hop}`) ? [fact] : [],
  );
  if (waits.length === 0 || waits.some(({ ending }) => ending.kind !== "satisfied")) return null;
  return Math.max(...waits.map(({ atMs, startedAtMs }) => atMs - startedAtMs));
}

function asBlip(finding: Finding, worth: Objectives["blip"], statement: string): Finding {
  if (finding.verdict !== "fail") return finding;
  const { cause, remedy, evidence } = finding;
  const told = [`a single failure so far: ${statement}`, ...evidence, `cause: ${cause}`];
  switch (worth) {
    case "pass":
      return passingFinding({ ...finding, evidence: [...told, `remedy: ${remedy.text}`] });
    case "unknown":
      return unknownFinding({ ...finding, evidence: told }, remedy);
    default:
      return worth satisfies never;
  }
}

function objectiveFinding(
  code: FindingCode,
  what: string,
  state: ObjectiveState,
  objectives: Objectives,
  runs: readonly CanaryRun[],
): Finding {
  const judged = (statement: string, more: readonly string[] = []): Stated => ({
    code,
    severity: severityOf(code),
    scenario: SCENARIO,
    subject: `${SCENARIO} / ${what}`,
    statement,
    evidence: [state.statement, ...more],
  });
  switch (state.kind) {
    case "kept":
      return passingFinding(judged(`The objective is kept: ${what}.`));
    case "no-samples":
      return unknownFinding(judged(`Nothing is known yet of the objective: ${what}.`), {
        text: "Look at what else is unknown in this run: without it the objective could be judged.",
      });
    case "blip": {
      const missed = judged(`This run missed the objective, once: ${what}.`);
      return objectives.blip === "pass"
        ? passingFinding(missed)
        : unknownFinding(missed, { text: "Look at the next run: a second miss soon after fails." });
    }
    case "missed":
      return failingFinding(
        judged(`The objective is missed: ${what}.`, recentFailures(runs, objectives)),
        `Over ${objectives.windowRuns} runs ${percent(objectives.successRatio)} must keep it, and fewer than ${objectives.trendFailures} of any ${objectives.trendRuns} may miss it; that is not so.`,
        {
          text: "Fix what the failing findings name, of this run or of the runs listed above; the objective is kept again once they are out of its windows.",
        },
      );
    default:
      return state satisfies never;
  }
}

function recentFailures(runs: readonly CanaryRun[], { trendRuns }: Objectives): string[] {
  return runs
    .slice(-trendRuns)
    .filter(({ verdict }) => verdict === "fail")
    .slice(-5)
    .map(({ at, runId, failing }) => `${at} ${runId}: ${failing.slice(0, 3).join("; ") || "failed"}`);
}

function costFinding(run: CanaryRun, { costBudgetUsd }: Objectives): Finding {
  const figures = `${run.calls} AWS calls, $${run.costUsd.toFixed(6)} of a budget of $${costBudgetUsd}`;
  const judged = {
    code: "canary.cost",
    severity: severityOf("canary.cost"),
    subject: `${SCENARIO} / cost`,
    scenario: SCENARIO,
    evidence: [figures],
  };
  if (run.costUsd <= costBudgetUsd)
    return passingFinding({ ...judged, statement: "The run's calls cost less than its budget." });
  return failingFinding(
    { ...judged, statement: "The run's calls cost more than its budget." },
    `The calls listed in the report add up to more than $${costBudgetUsd}.`,
    { text: "Watch fewer hops in scenarios/canary.ts, or raise costBudgetUsd there." },
  );
}

/** Sums of small prices leave digits that mean nothing. */
function inNanodollars(usd: number): number {
  return Number(usd.toFixed(9));
}

function percent(ratio: number): string {
  return `${Number((ratio * 100).toFixed(2))}%`;
}
