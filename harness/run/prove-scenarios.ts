import { RULES } from "../checks/catalogue/index.ts";
import type { CallMeter } from "../deployment/call-meter.ts";
import type { CanaryContext } from "../model/canary.ts";
import type { RunKind } from "../model/fact.ts";
import type { Scenario } from "../model/scenario.ts";
import { placeOf } from "../model/settings/place.ts";
import { selectOnly } from "../policy/only.ts";
import type { ShowProgress } from "./progress-lines.ts";
import { readChecks, type TerraformSide } from "./read-checks.ts";
import { type ActiveRun, type EndedRun, type Publish, runAndJudge } from "./run-and-judge.ts";
import { runScenarios } from "./run-scenarios.ts";
import type { RunTarget } from "./target.ts";

/** What `verify` and `canary` have in common: scenarios to send and follow, and the settings behind them. */
export interface ScenarioRun {
  readonly kind: Exclude<RunKind, "load">;
  readonly scenarios: readonly Scenario[];
  /** `--only`. */
  readonly only: string | undefined;
  readonly terraform: (signal: AbortSignal) => TerraformSide;
  /** The longest wait for anything to appear; null where the scenarios' own deadlines hold. */
  readonly longestWaitMs: number | null;
  readonly out: string;
  readonly showProgress: ShowProgress;
  readonly canary?: CanaryContext;
  readonly timeBudgetMs?: number;
  readonly publish?: Publish;
  /** Counts and limits the calls of the run; what it counted is journalled at the end. */
  readonly budget?: CallMeter & { counts(): Readonly<Record<string, number>> };
}

/**
 * Sends the events of all scenarios, follows them to their sinks and reads the settings behind them.
 *
 * @throws CannotRun where `only` matches nothing, or the credentials do not fit.
 */
export async function proveScenarios(target: RunTarget, run: ScenarioRun): Promise<EndedRun> {
  const { kind, only, canary, out, timeBudgetMs, budget, publish } = run;
  const codes = RULES.map(({ code }) => code);
  const { scenarios, onlyFindings } = selectOnly(run.scenarios, only, codes);
  const asked = {
    ...(budget === undefined ? {} : { meter: budget }),
    ...(timeBudgetMs === undefined ? {} : { timeBudgetMs }),
    ...(publish === undefined ? {} : { publish }),
  };
  return runAndJudge(target, { start: { kind, scenarios, onlyFindings, canary }, out, ...asked }, (active) =>
    sendAndRead(active, target, run),
  );
}

async function sendAndRead(
  { started, journal, tools }: ActiveRun,
  { connectTo }: RunTarget,
  { terraform, longestWaitMs, showProgress, budget }: ScenarioRun,
): Promise<void> {
  const { runId, scenarios, target } = started;
  const { clock, signal } = tools;
  const progress = showProgress(scenarios, journal, clock);
  const shared = { ...tools, scenarios, journal: progress.journal };
  let onReady = () => {};
  const ready = new Promise<void>((resolve) => {
    onReady = resolve;
  });
  const read = { ...shared, terraform: terraform(signal), place: placeOf(target), longestWaitMs };
  await Promise.all([
    runScenarios({ ...shared, runId, connectTo, onReady, onScenarioEnd: progress.scenarioEnded }),
    ready.then(() => readChecks(read)),
  ]);
  await progress.done();
  if (budget !== undefined) journal.append({ fact: "calls-made", atMs: clock.nowMs(), calls: budget.counts() });
}
