import { z } from "zod";
import type { Service } from "../../model/service.ts";
import type { Resource, TwinState } from "../../state/twin-state.ts";
import { failed, ok } from "../answer.ts";
import type { ControlPlaneParts } from "../control-plane-parts.ts";
import { type Mapping, mapped } from "../mapping.ts";
import { createService, jsonErrors, type Operation, operation } from "../operation.ts";
import { pageOf } from "../page.ts";
import { stepScaling, targetTracking } from "./scaling-configurations.ts";

/** Application Auto Scaling, to be read: targets and policies of the state. */
export function createApplicationAutoScaling(parts: ControlPlaneParts): Service {
  return createService("application-autoscaling", parts.authorizer, jsonErrors, {
    DescribeScalableTargets: describeScalableTargets(parts),
    DescribeScalingPolicies: describeScalingPolicies(parts),
  });
}

/** https://docs.aws.amazon.com/autoscaling/application/APIReference/API_ScalableTarget.html */
const targetMapping = (state: TwinState): Mapping<Resource<"scalableTargets">> => ({
  ServiceNamespace: "service_namespace",
  ResourceId: "resource_id",
  ScalableDimension: "scalable_dimension",
  ScalableTargetARN: "arn",
  MinCapacity: "min_capacity",
  MaxCapacity: "max_capacity",
  RoleARN: ({ role_arn, service_namespace }) => role_arn ?? serviceLinkedRole(state, service_namespace),
  SuspendedState: ({ suspended_state: suspended }) => ({
    DynamicScalingInSuspended: suspended?.dynamic_scaling_in_suspended ?? false,
    DynamicScalingOutSuspended: suspended?.dynamic_scaling_out_suspended ?? false,
    ScheduledScalingSuspended: suspended?.scheduled_scaling_suspended ?? false,
  }),
});

/** https://docs.aws.amazon.com/autoscaling/application/APIReference/API_ScalingPolicy.html */
const policyMapping: Mapping<Resource<"scalingPolicies">> = {
  PolicyARN: "arn",
  PolicyName: "name",
  PolicyType: "policy_type",
  ServiceNamespace: "service_namespace",
  ResourceId: "resource_id",
  ScalableDimension: "scalable_dimension",
  TargetTrackingScalingPolicyConfiguration: ({ target_tracking_scaling_policy_configuration: configuration }) =>
    configuration && mapped(configuration, targetTracking),
  StepScalingPolicyConfiguration: ({ step_scaling_policy_configuration: configuration }) =>
    configuration && mapped(configuration, stepScaling),
  Alarms: ({ alarm_arns }) =>
    alarm_arns.map((AlarmARN) => ({ AlarmName: AlarmARN.split(":alarm:")[1] ?? AlarmARN, AlarmARN })),
};

const CHOSEN = {
  ServiceNamespace: z.string(),
  ScalableDimension: z.string().optional(),
  NextToken: z.string().optional(),
  MaxResults: z.int().min(1).max(50).optional(),
};

interface Scaled {
  readonly service_namespace: string;
  readonly resource_id: string;
  readonly scalable_dimension: string;
}

/** Both operations choose by namespace and, where they are given, resources and dimension. */
function isChosen(
  scaled: Scaled,
  { ServiceNamespace, ScalableDimension }: { ServiceNamespace: string; ScalableDimension?: string | undefined },
  resourceIds: readonly string[] | undefined,
): boolean {
  return (
    scaled.service_namespace === ServiceNamespace &&
    (ScalableDimension === undefined || scaled.scalable_dimension === ScalableDimension) &&
    (resourceIds === undefined || resourceIds.length === 0 || resourceIds.includes(scaled.resource_id))
  );
}

function describeScalableTargets({ state }: ControlPlaneParts): Operation {
  return operation({
    input: z.object({ ...CHOSEN, ResourceIds: z.array(z.string()).optional() }),
    access: () => [{ action: "application-autoscaling:DescribeScalableTargets", resourceArn: "*" }],
    run(call) {
      const targets = state.scalableTargets.filter((target) => isChosen(target, call, call.ResourceIds));
      return listed(
        "ScalableTargets",
        targets.map((target) => mapped(target, targetMapping(state))),
        call,
      );
    },
  });
}

function describeScalingPolicies({ state }: ControlPlaneParts): Operation {
  return operation({
    input: z.object({
      ...CHOSEN,
      ResourceId: z.string().optional(),
      PolicyNames: z.array(z.string()).optional(),
    }),
    access: () => [{ action: "application-autoscaling:DescribeScalingPolicies", resourceArn: "*" }],
    run(call) {
      const { ResourceId, PolicyNames } = call;
      const policies = state.scalingPolicies.filter(
        (policy) =>
          isChosen(policy, call, ResourceId === undefined ? undefined : [ResourceId]) &&
          (PolicyNames === undefined || PolicyNames.includes(policy.name)),
      );
      return listed(
        "ScalingPolicies",
        policies.map((policy) => mapped(policy, policyMapping)),
        call,
      );
    },
  });
}

function listed(
  member: string,
  all: readonly unknown[],
  { NextToken, MaxResults }: { NextToken?: string | undefined; MaxResults?: number | undefined },
) {
  const page = pageOf(all, NextToken, MaxResults ?? 50);
  if (page === undefined) return failed("InvalidNextTokenException", "Invalid NextToken");
  return ok({ [member]: page.items, NextToken: page.next });
}

const LINKED_ROLE_NAMES: Readonly<Record<string, string>> = {
  dynamodb: "DynamoDBTable",
  ecs: "ECSService",
  lambda: "LambdaConcurrency",
  rds: "RDSCluster",
};

/** The role that scales where none is given. https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-service-linked-roles.html */
function serviceLinkedRole({ partition, accountId }: TwinState, namespace: string): string | undefined {
  const name = LINKED_ROLE_NAMES[namespace];
  if (name === undefined) return undefined;
  const path = `aws-service-role/${namespace}.application-autoscaling.amazonaws.com`;
  return `arn:${partition}:iam::${accountId}:role/${path}/AWSServiceRoleForApplicationAutoScaling_${name}`;
}
