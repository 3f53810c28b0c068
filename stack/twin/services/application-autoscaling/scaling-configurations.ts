import type { Resource } from "../../state/twin-state.ts";
import type { Mapping } from "../mapping.ts";

type Policy = Resource<"scalingPolicies">;
type TargetTracking = NonNullable<Policy["target_tracking_scaling_policy_configuration"]>;
type StepScaling = NonNullable<Policy["step_scaling_policy_configuration"]>;

/** https://docs.aws.amazon.com/autoscaling/application/APIReference/API_TargetTrackingScalingPolicyConfiguration.html */
export const targetTracking: Mapping<TargetTracking> = {
  TargetValue: "target_value",
  DisableScaleIn: "disable_scale_in",
  ScaleInCooldown: "scale_in_cooldown",
  ScaleOutCooldown: "scale_out_cooldown",
  PredefinedMetricSpecification: ({ predefined_metric_specification: metric }) =>
    metric && { PredefinedMetricType: metric.predefined_metric_type, ResourceLabel: metric.resource_label },
  CustomizedMetricSpecification: ({ customized_metric_specification: metric }) =>
    metric && {
      MetricName: metric.metric_name,
      Namespace: metric.namespace,
      Statistic: metric.statistic,
      Unit: metric.unit,
      Dimensions: metric.dimensions.map(({ name, value }) => ({ Name: name, Value: value })),
    },
};

/** https://docs.aws.amazon.com/autoscaling/application/APIReference/API_StepScalingPolicyConfiguration.html */
export const stepScaling: Mapping<StepScaling> = {
  AdjustmentType: "adjustment_type",
  Cooldown: "cooldown",
  MetricAggregationType: "metric_aggregation_type",
  MinAdjustmentMagnitude: "min_adjustment_magnitude",
  StepAdjustments: ({ step_adjustment: steps }) =>
    steps.map((step) => ({
      ScalingAdjustment: step.scaling_adjustment,
      MetricIntervalLowerBound: bound(step.metric_interval_lower_bound),
      MetricIntervalUpperBound: bound(step.metric_interval_upper_bound),
    })),
};

/** Terraform writes a bound as a text, because an absent one is not zero. */
const bound = (text: string | undefined) => (text === undefined ? undefined : Number(text));
