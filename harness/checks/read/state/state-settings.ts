import { z } from "zod";
import type {
  StateBucketsSetting,
  StateFunctionsSetting,
  StateKeysSetting,
  StateNotificationsSetting,
} from "../../../model/settings/state-setting.ts";
import type { TerraformResource } from "../../../model/terraform-resource.ts";
import { parsePolicyDocument } from "../policy-document.ts";
import { Unread } from "../unread.ts";

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? "");
const bucket = z.object({ bucket: z.string(), force_destroy: z.boolean().nullish() });
const notification = z.object({
  bucket: z.string(),
  lambda_function: z
    .array(
      z.object({
        id: text,
        lambda_function_arn: z.string(),
        events: z.array(z.string()),
        filter_prefix: text,
        filter_suffix: text,
      }),
    )
    .nullish(),
});
const lambdaFunction = z.object({
  function_name: z.string(),
  filename: text,
  source_code_hash: text,
  code_sha256: text,
});

const key = z.object({ arn: z.string(), policy: z.string() });

/** What the rules judge of a state's resources; a resource that does not look as the AWS provider writes it is left out. */
export function settingsOfResources(
  resources: readonly TerraformResource[],
): readonly [StateBucketsSetting, StateNotificationsSetting, StateFunctionsSetting, StateKeysSetting] {
  return [
    { kind: "state-buckets", buckets: pick(resources, "aws_s3_bucket", bucket, toBucket) },
    {
      kind: "state-notifications",
      notifications: pick(resources, "aws_s3_bucket_notification", notification, toNotification),
    },
    { kind: "state-functions", functions: pick(resources, "aws_lambda_function", lambdaFunction, toFunction) },
    { kind: "state-keys", keys: pick(resources, "aws_kms_key", key, toKey).flat() },
  ];
}

function pick<Values, Picked>(
  resources: readonly TerraformResource[],
  type: string,
  schema: z.ZodType<Values>,
  toPicked: (values: Values, address: string) => Picked,
): Picked[] {
  return resources.flatMap((resource) => {
    if (resource.type !== type) return [];
    const values = schema.safeParse(resource.values);
    return values.success ? [toPicked(values.data, resource.address)] : [];
  });
}

/** A policy that is no policy is left out: it says nothing of anybody. */
function toKey({ arn, policy }: z.output<typeof key>, address: string): StateKeysSetting["keys"][number][] {
  try {
    return [{ address, arn, policy: parsePolicyDocument(policy, "state") }];
  } catch (error) {
    if (error instanceof Unread) return [];
    throw error;
  }
}

function toBucket(values: z.output<typeof bucket>, address: string): StateBucketsSetting["buckets"][number] {
  return { address, name: values.bucket, forceDestroy: values.force_destroy === true };
}

function toNotification(
  values: z.output<typeof notification>,
  address: string,
): StateNotificationsSetting["notifications"][number] {
  return {
    address,
    bucket: values.bucket,
    functionRules: (values.lambda_function ?? []).map((rule) => ({
      id: rule.id,
      functionArn: rule.lambda_function_arn,
      events: rule.events,
      prefix: rule.filter_prefix,
      suffix: rule.filter_suffix,
    })),
  };
}

/** Without `source_code_hash` the provider's record of what it deployed serves. */
function toFunction(
  values: z.output<typeof lambdaFunction>,
  address: string,
): StateFunctionsSetting["functions"][number] {
  return {
    address,
    name: values.function_name,
    fileName: values.filename,
    sourceCodeHash: values.source_code_hash || values.code_sha256,
  };
}
