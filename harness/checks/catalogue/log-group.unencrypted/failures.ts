import type { BrokenVariant, Failures } from "../../../failures/variant.ts";
import { ARNS } from "../../../testing/names.ts";
import { has, output, remove, setValues } from "../../../testing/state.ts";

const GROUP = "aws_cloudwatch_log_group";
const of = (name: string) => has("name", output(name));
const variant = (way: string, cause: string, only: string, ...changes: BrokenVariant["changes"]): BrokenVariant => ({
  way,
  changes,
  only,
  cause,
});

export const failures: Failures = {
  variants: [
    {
      way: "a function's group has no key",
      changes: [setValues(GROUP, { kms_key_id: "" }, of("ingest_log_group_name"))],
      cause: "not encrypted with the key",
    },
    variant(
      "a function's group keeps its lines for ever",
      "no retention",
      "api-*",
      setValues(GROUP, { retention_in_days: 0 }, of("content_log_group_name")),
    ),
    variant(
      "the API's group has no key",
      "not encrypted with the key",
      "api-*",
      setValues(GROUP, { kms_key_id: "" }, of("api_access_log_group_name")),
    ),
    variant(
      "the flow log's group has no retention",
      "no retention",
      "alb-*",
      setValues(GROUP, { retention_in_days: 0 }, of("flow_log_group_name")),
    ),
    variant(
      "a function's group has a key that does not exist",
      "another key",
      "api-*",
      setValues(GROUP, { kms_key_id: ARNS.otherKey }, of("content_log_group_name")),
    ),
    {
      // Its role may not make one, and events pass without a line.
      way: "the function's group is left to the function to make",
      changes: [remove(GROUP, of("content_log_group_name"))],
      only: "api-*",
      cause: "does not exist",
      leavesUnknown: true,
    },
  ],
};
