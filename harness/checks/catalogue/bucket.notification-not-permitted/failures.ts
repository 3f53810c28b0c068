import type { BrokenVariant, Failures } from "../../../failures/variant.ts";
import { OTHER_ACCOUNT } from "../../../testing/names.ts";
import { named, output, remove, setValues } from "../../../testing/state.ts";

const ofBucket = named("content_bucket");
const STOPS = ["event.lost at upload-to-table / content log"];
const permission = (way: string, values: Readonly<Record<string, unknown>>): BrokenVariant => ({
  way,
  changes: [setValues("aws_lambda_permission", values, ofBucket)],
  only: "upload-*",
  cause: "S3 finds no permission to invoke",
  stops: STOPS,
});

export const failures: Failures = {
  variants: [
    {
      way: "there is no permission for S3",
      changes: [remove("aws_lambda_permission", ofBucket)],
      cause: "S3 finds no permission to invoke",
      stops: STOPS,
    },
    permission("the permission names another bucket", { source_arn: output("logs_bucket_arn") }),
    permission("the permission names another account", { source_account: OTHER_ACCOUNT }),
    permission("the permission is for another service", { principal: "sns.amazonaws.com" }),
    permission("the permission is for another function", { function_name: output("processor_function_name") }),
    permission("the permission names objects and not the bucket", {
      source_arn: `${output("content_bucket_arn")}/*`,
    }),
  ],
};
