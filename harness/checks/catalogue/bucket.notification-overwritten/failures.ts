import type { BrokenVariant, Failures } from "../../../failures/variant.ts";
import { add, has, output, remove, resourceLike, setValues } from "../../../testing/state.ts";

const NOTIFICATION = "aws_s3_bucket_notification";
const STOPS = ["event.lost at upload-to-table / content log"];
const rule = (id: string, filter_prefix: string, events: readonly string[] = ["s3:ObjectCreated:*"]) => ({
  id,
  events,
  filter_prefix,
  filter_suffix: "",
  lambda_function_arn: output("content_function_arn"),
});
const second = (...rules: readonly ReturnType<typeof rule>[]) =>
  add(resourceLike(NOTIFICATION), "later", { lambda_function: rules });
const variant = (
  way: string,
  cause: string,
  stops: readonly string[],
  ...changes: BrokenVariant["changes"]
): BrokenVariant => ({
  way,
  changes,
  only: "upload-*",
  cause,
  stops,
});

export const failures: Failures = {
  variants: [
    {
      way: "a later notification resource has rules for removals alone",
      changes: [second(rule("removed", "", ["s3:ObjectRemoved:*"]))],
      cause: "2 notification resources",
      stops: STOPS,
    },
    variant(
      "a later notification resource has rules for another prefix",
      "2 notification resources",
      STOPS,
      second(rule("images", "images/")),
    ),
    variant(
      "a later notification resource leaves out uploads in parts",
      "2 notification resources",
      [],
      second(rule("put", "", ["s3:ObjectCreated:Put"])),
    ),
    variant("the bucket has no notification at all", "no rule", STOPS, remove(NOTIFICATION)),
    variant(
      "the bucket tells another function of uploads",
      "no rule",
      STOPS,
      setValues(
        NOTIFICATION,
        { lambda_function: [{ ...rule("all", ""), lambda_function_arn: output("processor_function_arn") }] },
        has("bucket", output("content_bucket_name")),
      ),
    ),
  ],
};
