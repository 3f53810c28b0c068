import type { Authorizer, UnimplementedCounter } from "../model/ports.ts";
import type { RestService, Service } from "../model/service.ts";
import type { TwinState } from "../state/twin-state.ts";
import { createApiGateway } from "./apigateway/apigateway.ts";
import { createApplicationAutoScaling } from "./application-autoscaling/application-autoscaling.ts";
import { createEc2 } from "./ec2/ec2.ts";
import { createLoadBalancing } from "./elbv2/elbv2.ts";
import type { TargetHealthChecks } from "./elbv2/elbv2-parts.ts";
import { createIam } from "./iam/iam.ts";
import type { AwsPolicy } from "./iam/iam-parts.ts";
import { createKms } from "./kms/kms.ts";
import type { FunctionPackages } from "./lambda/function-packages.ts";
import { createLambda } from "./lambda/lambda.ts";
import type { MappingResults } from "./lambda/lambda-parts.ts";

/** What the services that answer settings need beyond the state. */
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
  readonly awsManagedPolicy: (policyArn: string) => AwsPolicy | undefined;
}

/** The services that only answer how the stack is set: what AWS would say of the resources of this state. */
export function createControlPlane(parts: ControlPlaneParts): {
  readonly services: readonly Service[];
  readonly restServices: readonly RestService[];
} {
  return {
    services: [
      createIam(parts),
      createKms(parts),
      createLoadBalancing(parts),
      createEc2(parts),
      createApplicationAutoScaling(parts),
    ],
    restServices: [createLambda(parts), createApiGateway(parts)],
  };
}
