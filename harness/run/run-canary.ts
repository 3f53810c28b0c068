import { RULES } from "../checks/catalogue/index.ts";
import { createClients } from "../deployment/clients.ts";
import type { Acknowledgement, CanaryContext, CanaryRun } from "../model/canary.ts";
import type { ExitCode } from "../model/errors.ts";
import type { Hop } from "../model/hop.ts";
import type { Report } from "../model/report.ts";
import type { Scenario } from "../model/scenario.ts";
import type { CanaryDefinition } from "../pipelines/canary-definition.ts";
import type { Pipeline } from "../pipelines/pipeline.ts";
import { resolveScenarios } from "../pipelines/resolve.ts";
import { selectOnly } from "../policy/only.ts";
import { priceOfCall } from "../sizing/call-cost.ts";
import { createCallBudget } from "./call-budget.ts";
import { checkCaller } from "./check-caller.ts";
import { exitCodeOf } from "./exit-code.ts";
import { onInterrupt } from "./interrupt.ts";
import type { ShowProgress } from "./progress-lines.ts";
import { runAndJudge } from "./run-and-judge.ts";
import type { Reached } from "./target.ts";

export interface CanaryInput {
  readonly definition: CanaryDefinition;
  readonly pipelines: readonly Pipeline[];
  readonly acknowledgements: readonly Acknowledgement[];
  /** The runs of this stack before, oldest first. */
  readonly history: readonly CanaryRun[];
  /** Which hops to watch beside entry and sink, which always are. */
  readonly watches: (hop: Hop) => boolean;
  /** `--only`. */
  readonly only: string | undefined;
  /** Most seconds to wait for anything to appear; without it, the scenarios' own deadlines hold. */
  readonly waitSeconds: number | undefined;
  /** Folder for the run's own. */
  readonly out: string;
  readonly showProgress: ShowProgress;
}

export interface CanaryEnded {
  readonly report: Report;
  /** The run's own, with its journal. */
  readonly folder: string;
  /** 0 pass, 1 fail, 2 unknown, 130 interrupted by a signal. */
  readonly exitCode: ExitCode;
}

/** What tells the runs of one stack from those of others in the same history: account, region and deployment. */
export function stackOf({ target, deployment }: Reached): string {
  return `${target.accountId} ${deployment.region} ${deployment.source}`;
}

/** Runs a canary on a target that is reached, within its time and cost budget. Writes nothing but the run's journal. */
export async function runCanary(reached: Reached, input: CanaryInput): Promise<CanaryEnded> {
  const { definition, pipelines, acknowledgements, history, watches } = input;
  const { objectives } = definition;
  const longestWaitMs = longestWaitOf(input, reached);
  const { outputs, source, region } = reached.deployment;
  const resolved = resolveScenarios({
    pipelines,
    definitions: definition.scenarios,
    outputs,
    deployment: source,
    longestWaitMs,
  });
  const scenarios = resolved.scenarios.map((scenario) => watchOnly(scenario, watches));
  const context: CanaryContext = { stack: stackOf(reached), objectives, history, acknowledgements };
  const budget = createCallBudget(objectives.costBudgetUsd, priceOfCall);
  const clients = createClients({
    region,
    ...reached.endpoint,
    caFile: process.env["AWS_CA_BUNDLE"],
    meter: budget,
  });
  const interrupt = onInterrupt();
  let isOutOfTime = false;
  // What is not over by then reports what it saw, and the rest is unknown.
  const timer = setTimeout(() => {
    isOutOfTime = !interrupt.signal.aborted;
    interrupt.end("The time budget is used up");
  }, objectives.timeBudgetMs);
  try {
    const identityError = await checkCaller(clients, reached);
    const { report, folder } = await runAndJudge(reached, {
      kind: "canary",
      selection: selectOnly(
        scenarios,
        input.only,
        RULES.map(({ code }) => code),
      ),
      // What changes only when somebody applies is proven by verify: a schedule has neither working copy nor variables.
      terraform: {
        outputs,
        neededOutputs: resolved.neededOutputs,
        source,
        state: undefined,
        terraformFolder: undefined,
        zipFolder: undefined,
        build: undefined,
        plan: undefined,
      },
      clients,
      interrupt,
      out: input.out,
      identityError,
      longestWaitMs,
      showProgress: input.showProgress,
      canary: context,
      callsMade: () => budget.counts(),
    });
    return { report, folder, exitCode: exitCodeOfCanary(report, isOutOfTime) };
  } finally {
    clearTimeout(timer);
    interrupt.stop();
    clients.close();
  }
}

/** A run that its time budget ended passes nothing, for it did not see everything; what it saw failing has failed all the same. */
export function exitCodeOfCanary(report: Report, isOutOfTime: boolean): ExitCode {
  if (!isOutOfTime) return exitCodeOf(report);
  return report.verdict === "fail" ? 1 : 2;
}

/** Settings are read beside the events, so only the waits need to end within the budget; a tenth of it is left for judging. */
function longestWaitOf({ waitSeconds, definition }: CanaryInput, reached: Reached): number {
  const wanted = waitSeconds === undefined ? reached.longestWaitMs : waitSeconds * 1000;
  return Math.min(wanted ?? Number.POSITIVE_INFINITY, definition.objectives.timeBudgetMs * 0.9);
}

/** Entry and sink are always watched; of the hops between, those that are chosen. */
function watchOnly(scenario: Scenario, watches: (hop: Hop) => boolean): Scenario {
  const [entry, ...rest] = scenario.hops;
  return { ...scenario, hops: [entry, ...rest.filter((hop, index) => index === rest.length - 1 || watches(hop))] };
}
