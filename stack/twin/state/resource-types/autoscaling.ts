import { z } from "zod";
import { block, blocks, flagOr, numberOr, optionalNumber, optionalText, text, texts } from "./attribute.ts";

const scaled = { resource_id: text, scalable_dimension: text, service_namespace: text };

/** aws_appautoscaling_target */
export const scalableTarget = z.object({
  ...scaled,
  arn: optionalText,
  min_capacity: numberOr(0),
  max_capacity: numberOr(0),
  role_arn: optionalText,
  suspended_state: block(
    z.object({
      dynamic_scaling_in_suspended: flagOr(false),
      dynamic_scaling_out_suspended: flagOr(false),
      scheduled_scaling_suspended: flagOr(false),
    }),
  ),
});

/** aws_appautoscaling_policy */
export const scalingPolicy = z.object({
  ...scaled,
  arn: optionalText,
  name: text,
  policy_type: text,
  alarm_arns: texts,
  target_tracking_scaling_policy_configuration: block(
    z.object({
      target_value: numberOr(0),
      disable_scale_in: flagOr(false),
      scale_in_cooldown: optionalNumber,
      scale_out_cooldown: optionalNumber,
      predefined_metric_specification: block(z.object({ predefined_metric_type: text, resource_label: optionalText })),
      customized_metric_specification: block(
        z.object({
          metric_name: optionalText,
          namespace: optionalText,
          statistic: optionalText,
          unit: optionalText,
          dimensions: blocks(z.object({ name: text, value: text })),
        }),
      ),
    }),
  ),
  step_scaling_policy_configuration: block(
    z.object({
      adjustment_type: optionalText,
      cooldown: optionalNumber,
      metric_aggregation_type: optionalText,
      min_adjustment_magnitude: optionalNumber,
      step_adjustment: blocks(
        z.object({
          scaling_adjustment: numberOr(0),
          metric_interval_lower_bound: optionalText,
          metric_interval_upper_bound: optionalText,
        }),
      ),
    }),
  ),
});
