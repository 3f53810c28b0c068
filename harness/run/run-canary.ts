import type { Acknowledgement, CanaryRun } from "../model/canary.ts";
import type { Hop } from "../model/hop.ts";
import type { Scenario } from "../model/scenario.ts";
import type { CanaryDefinition } from "../pipelines/canary-definition.ts";
import type { Pipeline } from "../pipelines/pipeline.ts";
import { resolveScenarios } from "../pipelines/resolve.ts";
import { priceOfCall } from "../sizing/call-cost.ts";
import { createCallBudget } from "./call-budget.ts";
import type { ShowProgress } from "./progress-lines.ts";
import { proveScenarios } from "./prove-scenarios.ts";
import type { EndedRun, Publish } from "./run-and-judge.ts";
import type { RunTarget } from "./target.ts";

export interface CanaryInput {
  readonly definition: CanaryDefinition;
  readonly pipelines: readonly Pipeline[];
  readonly acknowledgements: readonly Acknowledgement[];
  /** The runs of this stack before, oldest first. */
  readonly history: readonly CanaryRun[];
  /** Which hops to watch; entry and sink always are. */
  readonly watches: (hop: Hop) => boolean;
  /** `--only`. */
  readonly only: string | undefined;
  /** Most seconds to wait for anything to appear; without it, the scenarios' own deadlines hold. */
  readonly waitSeconds: number | undefined;
  /** Folder that gets a folder for this run. */
  readonly out: string;
  readonly showProgress: ShowProgress;
  readonly publish?: Publish;
}

/** What tells the runs of one stack from those of others in the same history: account, region and deployment. */
export function stackOf({ target, deployment }: RunTarget): string {
  return `${target.accountId} ${deployment.region} ${deployment.source}`;
}

/** Runs a canary on a target, within its time and cost budget. Writes nothing but the run's folder. */
export async function runCanary(target: RunTarget, input: CanaryInput): Promise<EndedRun> {
  const { definition, pipelines, acknowledgements, history, watches, only, out, showProgress, publish } = input;
  const { objectives } = definition;
  const longestWaitMs = longestWaitOf(input, target);
  const { outputs, source } = target.deployment;
  const { scenarios, neededOutputs } = resolveScenarios({
    pipelines,
    definitions: definition.scenarios,
    outputs,
    deployment: source,
    longestWaitMs,
  });
  return proveScenarios(target, {
    kind: "canary",
    scenarios: scenarios.map((scenario) => watchOnly(scenario, watches)),
    only,
    // What changes only with an apply is proven by verify: a schedule has neither working copy nor variables.
    terraform: () => ({
      outputs,
      neededOutputs,
      source,
      state: undefined,
      terraformFolder: undefined,
      zipFolder: undefined,
      build: undefined,
      plan: undefined,
    }),
    longestWaitMs,
    out,
    showProgress,
    ...(publish === undefined ? {} : { publish }),
    canary: { stack: stackOf(target), objectives, history, acknowledgements },
    timeBudgetMs: objectives.timeBudgetMs,
    budget: createCallBudget(objectives.costBudgetUsd, priceOfCall),
  });
}

/** Settings are read while events are on their way, so only the waits must end within the budget; a tenth of it is left for judging. */
function longestWaitOf({ waitSeconds, definition }: CanaryInput, target: RunTarget): number {
  const wanted = waitSeconds === undefined ? target.longestWaitMs : waitSeconds * 1000;
  return Math.min(wanted ?? Number.POSITIVE_INFINITY, definition.objectives.timeBudgetMs * 0.9);
}

/** Entry and sink are always watched; of the hops between, those that are chosen. */
function watchOnly(scenario: Scenario, watches: (hop: Hop) => boolean): Scenario {
  const [entry, ...rest] = scenario.hops;
  return { ...scenario, hops: [entry, ...rest.filter((hop, index) => index === rest.length - 1 || watches(hop))] };
}
