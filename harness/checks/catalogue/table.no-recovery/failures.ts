import type { Failures } from "../../../failures/variant.ts";
import { has, output, setValues } from "../../../testing/state.ts";

const TABLE = "aws_dynamodb_table";

export const failures: Failures = {
  variants: [
    {
      way: "recovery of the content table is off",
      changes: [
        setValues(
          TABLE,
          { point_in_time_recovery: [{ enabled: false, recovery_period_in_days: 0 }] },
          has("name", output("content_table_name")),
        ),
      ],
      cause: output("content_table_name"),
    },
    {
      way: "recovery of the events table was never set",
      changes: [setValues(TABLE, { point_in_time_recovery: [] }, has("name", output("events_table_name")))],
      only: "alb-*",
      cause: output("events_table_name"),
    },
  ],
};
