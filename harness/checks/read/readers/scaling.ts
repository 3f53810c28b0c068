import {
  DescribeScalableTargetsCommand,
  DescribeScalingPoliciesCommand,
  type ScalableTarget,
  type ScalingPolicy,
} from "@aws-sdk/client-application-auto-scaling";
import type { ScalingSetting } from "../../../model/settings/data-setting.ts";
import { needsOn } from "../../../model/settings/need.ts";
import { allPages } from "../pages.ts";
import type { Reader } from "../reader.ts";
import { required, together } from "../unread.ts";

const TARGETS = "application-autoscaling:DescribeScalableTargets";
const POLICIES = "application-autoscaling:DescribeScalingPolicies";

/** Application Auto Scaling of a table, without its indexes. If nothing is registered, the setting is empty, not absent. */
export const scalingReader: Reader<"scaling"> = {
  kind: "scaling",
  namedBy: ({ table }) => [table],
  isLinked: true,

  /** Neither action can be limited to resources before they exist. */
  needs: () => needsOn([TARGETS, POLICIES], ["*"]),

  async read(tableName, { clients, ask }) {
    const scaling = await clients.applicationAutoScaling();
    const resource = `table/${tableName}`;
    const of = { ServiceNamespace: "dynamodb" } as const;
    const [targets, policies] = await together([
      allPages(TARGETS, async (NextToken) => {
        const page = await ask(TARGETS, (options) =>
          scaling.send(new DescribeScalableTargetsCommand({ ...of, ResourceIds: [resource], NextToken }), options),
        );
        return { items: required(page.ScalableTargets, "ScalableTargets", TARGETS), next: page.NextToken };
      }),
      allPages(POLICIES, async (NextToken) => {
        const page = await ask(POLICIES, (options) =>
          scaling.send(new DescribeScalingPoliciesCommand({ ...of, ResourceId: resource, NextToken }), options),
        );
        return { items: required(page.ScalingPolicies, "ScalingPolicies", POLICIES), next: page.NextToken };
      }),
    ]);
    return {
      kind: "scaling",
      tableName,
      targets: targets.map(toTarget).sort(byDimension),
      policies: policies.map(toPolicy).sort(byDimension),
    };
  },

  links: () => [],
};

/** The service gives them in no order of its own. */
function byDimension(one: { readonly dimension: string }, other: { readonly dimension: string }): number {
  return one.dimension.localeCompare(other.dimension);
}

function toTarget(target: ScalableTarget): ScalingSetting["targets"][number] {
  const { DynamicScalingInSuspended, DynamicScalingOutSuspended } = target.SuspendedState ?? {};
  return {
    dimension: required(target.ScalableDimension, "ScalableDimension", TARGETS),
    minimum: required(target.MinCapacity, "MinCapacity", TARGETS),
    maximum: required(target.MaxCapacity, "MaxCapacity", TARGETS),
    suspended: DynamicScalingInSuspended === true && DynamicScalingOutSuspended === true,
  };
}

function toPolicy(policy: ScalingPolicy): ScalingSetting["policies"][number] {
  const tracking = policy.TargetTrackingScalingPolicyConfiguration;
  return {
    dimension: required(policy.ScalableDimension, "ScalableDimension", POLICIES),
    policyType: required(policy.PolicyType, "PolicyType", POLICIES),
    metric:
      tracking?.PredefinedMetricSpecification?.PredefinedMetricType ??
      tracking?.CustomizedMetricSpecification?.MetricName ??
      "",
  };
}
