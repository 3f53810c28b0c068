import { join } from "node:path";
import { z } from "zod";
import { RULES } from "../../checks/rules/index.ts";
import { createClients } from "../../deployment/clients.ts";
import { packageRoot } from "../../deployment/package-root.ts";
import { acknowledgementSchema } from "../../journal/canary-schema.ts";
import type { CanaryContext } from "../../model/canary.ts";
import type { ExitCode } from "../../model/errors.ts";
import type { Scenario } from "../../model/scenario.ts";
import { canarySchema } from "../../pipelines/canary-definition.ts";
import { pipelinesSchema } from "../../pipelines/pipeline.ts";
import { resolveScenarios } from "../../pipelines/resolve.ts";
import { selectOnly } from "../../policy/only.ts";
import { priceOfCall } from "../../sizing/call-cost.ts";
import { checkCaller } from "../check-caller.ts";
import { exitCodeOf } from "../exit-code.ts";
import { onInterrupt } from "../interrupt.ts";
import { loadChecked } from "../load-module.ts";
import { pointLatestAt, publish } from "../publish.ts";
import { runAndJudge } from "../run-and-judge.ts";
import type { Reached } from "../target.ts";
import { createCallBudget } from "./call-budget.ts";
import type { CanaryOptions } from "./canary.ts";
import { appendToHistory, readHistory } from "./history.ts";

/** Runs a canary on a target that is reached, writes the reports and the history, and says how it went. */
export async function canaryReached(reached: Reached, options: CanaryOptions): Promise<ExitCode> {
  const definition = await loadChecked(options.canary ?? built("canary"), "canary", canarySchema);
  const pipelines = await loadChecked(options.pipelines ?? built("pipelines"), "pipelines", pipelinesSchema);
  const acknowledgements =
    options.acknowledge === undefined
      ? []
      : await loadChecked(options.acknowledge, "acknowledgements", z.array(acknowledgementSchema));
  const { objectives } = definition;
  const longestWaitMs = waitOf(options, reached, objectives.timeBudgetMs);
  const { outputs, source, region } = reached.deployment;
  const resolved = resolveScenarios({
    pipelines,
    definitions: definition.scenarios,
    outputs,
    deployment: source,
    longestWaitMs,
  });
  const scenarios = resolved.scenarios.map((scenario) => watchOnly(scenario, definition.watch));
  const stack = `${reached.target.accountId} ${region} ${source}`;
  const history = options.history === undefined ? [] : readHistory(options.history, stack);
  const context: CanaryContext = { stack, objectives, history, acknowledgements };
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
        options.only,
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
      out: options.out,
      identityError,
      longestWaitMs,
      canary: context,
      callsMade: () => budget.counts(),
    });
    pointLatestAt(folder);
    if (options.history !== undefined && report.canary !== undefined && !report.run.interrupted)
      appendToHistory(options.history, report.canary.run);
    await publish(report, folder, options.json === true);
    return isOutOfTime ? 2 : exitCodeOf(report);
  } finally {
    clearTimeout(timer);
    interrupt.stop();
    clients.close();
  }
}

/** Settings are read beside the events, so only the waits need to end within the budget; a tenth of it is left for judging. */
function waitOf(options: CanaryOptions, reached: Reached, timeBudgetMs: number): number {
  const wanted = options.wait === undefined ? reached.longestWaitMs : options.wait * 1000;
  return Math.min(wanted ?? Number.POSITIVE_INFINITY, timeBudgetMs * 0.9);
}

/** Entry and sink are always watched; of the hops between, those that the canary names. */
function watchOnly(scenario: Scenario, watch: readonly string[]): Scenario {
  const [entry, ...rest] = scenario.hops;
  return {
    ...scenario,
    hops: [entry, ...rest.filter(({ name }, index) => index === rest.length - 1 || watch.includes(name))],
  };
}

function built(name: string): string {
  return join(packageRoot(), "harness", "dist", `${name}.mjs`);
}
