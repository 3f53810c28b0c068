import type { RestService, Service } from "../model/service.ts";
import { createApiGateway } from "./apigateway/apigateway.ts";
import { createApplicationAutoScaling } from "./application-autoscaling/application-autoscaling.ts";
import type { ControlPlaneParts } from "./control-plane-parts.ts";
import { createEc2 } from "./ec2/ec2.ts";
import { createLoadBalancing } from "./elbv2/elbv2.ts";
import { createIam } from "./iam/iam.ts";
import { createKms } from "./kms/kms.ts";
import { createLambda } from "./lambda/lambda.ts";

const CREATE_SERVICES: readonly ((parts: ControlPlaneParts) => Service | RestService)[] = [
  createIam,
  createKms,
  createLoadBalancing,
  createEc2,
  createApplicationAutoScaling,
  createLambda,
  createApiGateway,
];

/** The services that only answer settings: what AWS would say of the resources of this state. */
export function createControlPlane(parts: ControlPlaneParts): readonly (Service | RestService)[] {
  return CREATE_SERVICES.map((create) => create(parts));
}
