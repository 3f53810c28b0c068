import { block, blocks, flagOr, numberOr, optionalNumber, optionalText, resources, text, texts } from "./attribute.ts";

const SCALED = { resource_id: text, scalable_dimension: text, service_namespace: text };

export const AUTOSCALING_RESOURCES = {
  scalableTargets: resources(["aws_appautoscaling_target"], {
    ...SCALED,
    arn: optionalText,
    min_capacity: numberOr(0),
    max_capacity: numberOr(0),
    role_arn: optionalText,
    suspended_state: block({
      dynamic_scaling_in_suspended: flagOr(false),
      dynamic_scaling_out_suspended: flagOr(false),
      scheduled_scaling_suspended: flagOr(false),
    }),
  }),
  scalingPolicies: resources(["aws_appautoscaling_policy"], {
    ...SCALED,
    arn: optionalText,
    name: text,
    policy_type: text,
    alarm_arns: texts,
    target_tracking_scaling_policy_configuration: block({
      target_value: numberOr(0),
      disable_scale_in: flagOr(false),
      scale_in_cooldown: optionalNumber,
      scale_out_cooldown: optionalNumber,
      predefined_metric_specification: block({ predefined_metric_type: text, resource_label: optionalText }),
      customized_metric_specification: block({
        metric_name: optionalText,
        namespace: optionalText,
        statistic: optionalText,
        unit: optionalText,
        dimensions: blocks({ name: text, value: text }),
      }),
    }),
    step_scaling_policy_configuration: block({
      adjustment_type: optionalText,
      cooldown: optionalNumber,
      metric_aggregation_type: optionalText,
      min_adjustment_magnitude: optionalNumber,
      step_adjustment: blocks({
        scaling_adjustment: numberOr(0),
        metric_interval_lower_bound: optionalText,
        metric_interval_upper_bound: optionalText,
      }),
    }),
  }),
};
