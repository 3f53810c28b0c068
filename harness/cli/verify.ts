import { proveScenarios } from "../run/prove-scenarios.ts";
import type { EndedRun, Publish } from "../run/run-and-judge.ts";
import type { RunTarget } from "../run/target.ts";
import { loadScenarios } from "./load-scenarios.ts";
import { showProgress } from "./progress.ts";
import type { RunOptions } from "./run-command.ts";
import { terraformSide } from "./terraform-side.ts";

export interface VerifyOptions extends RunOptions {
  readonly scenarios?: string;
}

/** `stackproof verify`: proves the scenarios of a deployment, from every entry to its sink. */
export async function verify(target: RunTarget, options: VerifyOptions, publish: Publish): Promise<EndedRun> {
  const { only, wait, out } = options;
  const longestWaitMs = wait === undefined ? target.longestWaitMs : wait * 1000;
  const { scenarios, neededOutputs } = await loadScenarios(target.deployment, options, longestWaitMs);
  return proveScenarios(target, {
    kind: "verify",
    scenarios,
    only,
    terraform: (signal) => terraformSide(target, neededOutputs, process.env, signal),
    longestWaitMs,
    out,
    showProgress,
    publish,
  });
}
