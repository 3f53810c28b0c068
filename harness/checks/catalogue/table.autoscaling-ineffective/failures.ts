import type { Failures } from "../../../failures/variant.ts";
import { has, output, remove, setValues } from "../../../testing/state.ts";

const TARGET = "aws_appautoscaling_target";
const POLICY = "aws_appautoscaling_policy";
const isEvents = has("name", output("events_table_name"));
const isWrite = has("scalable_dimension", "Write");

export const failures: Failures = {
  variants: [
    {
      way: "the table is on demand and has scaling targets",
      changes: [
        setValues(
          "aws_dynamodb_table",
          { billing_mode: "PAY_PER_REQUEST", read_capacity: 0, write_capacity: 0 },
          isEvents,
        ),
      ],
      cause: "is PAY_PER_REQUEST",
    },
    {
      way: "the table is provisioned and has neither targets nor policies",
      changes: [remove(TARGET), remove(POLICY)],
      only: "alb-*",
      cause: "has no scaling target",
    },
    {
      way: "only reads are scaled",
      changes: [remove(TARGET, isWrite), remove(POLICY, isWrite)],
      only: "alb-*",
      cause: "write capacity has no scaling target",
    },
    {
      way: "the targets have no policies",
      changes: [remove(POLICY)],
      only: "alb-*",
      cause: "has a scaling target and no policy",
    },
    {
      way: "writes are scaled by how much is read",
      changes: [
        setValues(
          POLICY,
          {
            target_tracking_scaling_policy_configuration: [
              {
                customized_metric_specification: [],
                predefined_metric_specification: [
                  { predefined_metric_type: "DynamoDBReadCapacityUtilization", resource_label: "" },
                ],
                disable_scale_in: false,
                scale_in_cooldown: 0,
                scale_out_cooldown: 0,
                target_value: 70,
              },
            ],
          },
          isWrite,
        ),
      ],
      only: "alb-*",
      cause: "follows DynamoDBReadCapacityUtilization",
    },
  ],
};
