import { verifierPolicy } from "../checks/read/verifier-policy.ts";
import { readDeployment } from "../deployment/deployment.ts";
import type { ExitCode } from "../model/errors.ts";
import { needsOfLoad } from "../model/hop.ts";
import { placeOf, UNKNOWN_ACCOUNT } from "../model/settings/place.ts";
import { appliedStack, twinPaths } from "../run/target.ts";
import { loadScenarios } from "./load-scenarios.ts";

export interface PolicyOptions {
  readonly deployment?: string;
  readonly pipelines?: string;
  readonly for: "verify" | "load";
}

/** `stackproof policy`: prints the least IAM policy for a complete verify, or load, of a deployment. Makes no call. */
export async function policy(options: PolicyOptions): Promise<ExitCode> {
  const path = options.deployment ?? appliedStack() ?? twinPaths({}).stateFile;
  const deployment = readDeployment(path, process.env);
  const { scenarios } = await loadScenarios(deployment, options, null);
  const roles = scenarios.map((scenario) => scenario.roles);
  // IAM takes a wildcard for the account of an ARN.
  const accountId = deployment.accountId === UNKNOWN_ACCOUNT ? "*" : deployment.accountId;
  const place = placeOf({ region: deployment.region, accountId });
  const more =
    options.for === "load"
      ? needsOfLoad(
          scenarios.flatMap(({ hops }) => hops),
          place,
        )
      : [];
  process.stdout.write(`${JSON.stringify(verifierPolicy({ roles, scenarios, place, more }), null, 2)}\n`);
  return 0;
}
