import type { Authorizer, UnimplementedCounter } from "../model/ports.ts";
import type { TwinState } from "../state/twin-state.ts";
import type { TargetHealthChecks } from "./elbv2/elbv2-parts.ts";
import type { AwsPolicy } from "./iam/iam-parts.ts";
import type { FunctionPackages } from "./lambda/function-packages.ts";
import type { MappingResults } from "./lambda/lambda-parts.ts";

/** What the services that answer settings need. */
export interface ControlPlaneParts {
  readonly state: TwinState;
  readonly authorizer: Authorizer;
  readonly unimplemented: UnimplementedCounter;
  /** The zips that the twin really runs. */
  readonly packages: FunctionPackages;
  readonly mappingResults: MappingResults;
  /** Executions that the account may have at the same time, all functions together. */
  readonly accountConcurrency: number;
  readonly targetHealth: TargetHealthChecks;
  /** One of AWS' own policies by its ARN; undefined where the twin does not know its document. */
  readonly awsManagedPolicy: (policyArn: string) => AwsPolicy | undefined;
}
