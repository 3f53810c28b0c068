import { awsManagedPolicy } from "../authorization/aws-managed-policies/index.ts";
import { awsManagedDocument } from "../authorization/state/identity-policies.ts";
import { runsOnNode } from "../lambda/function-config.ts";
import type { FunctionInvoker } from "../model/ports.ts";
import { createControlPlane } from "../services/control-plane.ts";
import { createTargetHealthChecks } from "../services/elbv2/target-health.ts";
import { packagesOfZips } from "../services/lambda/function-packages.ts";
import type { MappingResults } from "../services/lambda/lambda-parts.ts";
import type { TwinState } from "../state/twin-state.ts";
import type { Ports } from "./data-services.ts";
import { functionConfigs } from "./function-configs.ts";
import type { TwinOptions } from "./options.ts";

/** Makes the services that answer settings; what they say of code and health is of the functions that run here. */
export function controlPlane(
  state: TwinState,
  { stateFile, functionsFolder }: Pick<TwinOptions, "stateFile" | "functionsFolder">,
  { authorizer, unimplemented, limits }: Pick<Ports, "authorizer" | "unimplemented" | "limits">,
  functions: FunctionInvoker,
  mappingResults: MappingResults,
): ReturnType<typeof createControlPlane> {
  const running = functionConfigs(state, stateFile, functionsFolder).filter(runsOnNode);
  const zips = new Map(running.map(({ functionName, zipPath }) => [functionName, zipPath]));
  return createControlPlane({
    state,
    authorizer,
    unimplemented,
    packages: packagesOfZips((functionName) => zips.get(functionName)),
    mappingResults,
    accountConcurrency: limits.accountConcurrency,
    targetHealth: createTargetHealthChecks(state, functions),
    awsManagedPolicy(policyArn) {
      const document = awsManagedDocument(policyArn, state.partition);
      const version = awsManagedPolicy(policyArn)?.version;
      if (version === undefined || typeof document !== "object" || document === null) return undefined;
      return { version, document };
    },
  });
}
