import { readState } from "../../state/read-state.ts";
import type { TwinState } from "../../state/twin-state.ts";
import { allow, deny, policy, trusts } from "./policy-text.ts";

/** Resources by Terraform address (`type.name`), with the attributes that the provider writes. */
export type Resources = Record<string, Record<string, unknown>>;

export const accountId = "111122223333";
export const otherAccountId = "444455556666";
export const region = "eu-west-1";
export const root = `arn:aws:iam::${accountId}:root`;
export const keyArn = arn("kms", "key/1234abcd-12ab-34cd-56ef-1234567890ab");
export const streamArn = arn("kinesis", "stream/events");
export const tableArn = arn("dynamodb", "table/content");
export const targetGroupArn = arn("elasticloadbalancing", "targetgroup/ingest/50dc6c495c0c9188");
export const apiArn = arn("execute-api", "a1b2c3d4e5");
export const flowLogGroupArn = arn("logs", "log-group:/aws/vpc/flow");
export const bucketArn = "arn:aws:s3:::example-content";
export const logsBucketArn = "arn:aws:s3:::example-logs";

export function arn(service: string, resource: string, account = accountId): string {
  return `arn:aws:${service}:${region}:${account}:${resource}`;
}

export function roleArn(name: string): string {
  return `arn:aws:iam::${accountId}:role/${name}`;
}

export function functionArn(name: string): string {
  return arn("lambda", `function:${name}`);
}

/** A healthy stack, small and its own: load balancer → stream → table, bucket and API → table, one key. */
export function exampleResources(): Resources {
  return {
    ...withFunction("ingest", [
      allow("kinesis:PutRecords", streamArn),
      allow(["kms:GenerateDataKey", "kms:DescribeKey"], keyArn),
    ]),
    ...withFunction("processor", [
      allow(["kinesis:GetRecords", "kinesis:GetShardIterator", "kinesis:DescribeStreamSummary"], streamArn),
      allow("kms:Decrypt", keyArn),
    ]),
    ...withFunction("content", [
      allow(["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:Query"], tableArn),
      allow("s3:GetObject", `${bucketArn}/*`),
      allow("kms:Decrypt", keyArn),
    ]),
    ...withRole("api-logs", "apigateway.amazonaws.com"),
    "aws_iam_role_policy_attachment.api_logs": {
      role: "api-logs",
      policy_arn: "arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs",
    },
    "aws_api_gateway_account.this": { cloudwatch_role_arn: roleArn("api-logs") },
    ...withRole("flow-logs", "vpc-flow-logs.amazonaws.com", [
      allow(["logs:CreateLogStream", "logs:PutLogEvents"], `${flowLogGroupArn}:*`),
    ]),
    ...withRole("proof", "ec2.amazonaws.com", [
      allow("s3:PutObject", `${bucketArn}/proof/*`),
      allow(["kms:Encrypt", "kms:GenerateDataKey*", "kms:DescribeKey"], keyArn),
    ]),
    "aws_iam_instance_profile.proof": {
      arn: `arn:aws:iam::${accountId}:instance-profile/proof`,
      name: "proof",
      role: "proof",
    },
    "aws_kinesis_stream.events": { arn: streamArn, name: "events", encryption_type: "KMS", kms_key_id: keyArn },
    "aws_kms_key.main": { arn: keyArn, key_id: keyArn.split("/")[1], policy: keyPolicy(), is_enabled: true },
    "aws_kms_alias.main": { arn: arn("kms", "alias/main"), name: "alias/main", target_key_id: keyArn.split("/")[1] },
    "aws_s3_bucket_policy.content": { bucket: "example-content", policy: tlsOnly(bucketArn) },
    "aws_s3_bucket_policy.logs": {
      bucket: "example-logs",
      policy: policy(
        allow("s3:PutObject", `${logsBucketArn}/alb/AWSLogs/${accountId}/*`, {
          Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
        }),
      ),
    },
    "aws_lambda_permission.load_balancer": permission("ingest", "elasticloadbalancing.amazonaws.com", {
      source_arn: targetGroupArn,
    }),
    "aws_lambda_permission.bucket": permission("content", "s3.amazonaws.com", {
      source_arn: bucketArn,
      source_account: accountId,
    }),
    "aws_lambda_permission.api": permission("content", "apigateway.amazonaws.com", {
      source_arn: `${apiArn}/*/POST/process`,
    }),
  };
}

/** The account's identities by their own policies, and the regional logs service for this account's groups. */
export function keyPolicy(): string {
  return policy(
    allow("kms:*", "*", { Principal: { AWS: root } }),
    allow(["kms:Encrypt*", "kms:Decrypt*", "kms:GenerateDataKey*", "kms:Describe*"], "*", {
      Principal: { Service: `logs.${region}.amazonaws.com` },
      Condition: { ArnLike: { "kms:EncryptionContext:aws:logs:arn": arn("logs", "*") } },
    }),
  );
}

export function tlsOnly(bucket: string): string {
  return policy(
    deny("s3:*", [bucket, `${bucket}/*`], {
      Principal: "*",
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    }),
  );
}

export function permission(functionName: string, principal: string, rest: object = {}): Record<string, unknown> {
  return {
    function_name: functionName,
    statement_id: `AllowFrom${principal.split(".")[0]}`,
    action: "lambda:InvokeFunction",
    principal,
    ...rest,
  };
}

export function withRole(name: string, trusted: string, statements: readonly object[] = []): Resources {
  const key = name.replaceAll("-", "_");
  return {
    [`aws_iam_role.${key}`]: {
      arn: roleArn(name),
      name,
      assume_role_policy: trusts(trusted),
      unique_id: `AROA${name.toUpperCase()}`,
    },
    ...(statements.length === 0
      ? {}
      : {
          [`aws_iam_role_policy.${key}`]: {
            name: "own",
            role: name,
            policy: JSON.stringify({ Version: "2012-10-17", Statement: statements }),
          },
        }),
  };
}

export function withFunction(name: string, statements: readonly object[]): Resources {
  return {
    ...withRole(name, "lambda.amazonaws.com", statements),
    [`aws_lambda_function.${name}`]: {
      arn: functionArn(name),
      function_name: name,
      role: roleArn(name),
      kms_key_arn: keyArn,
    },
  };
}

/** Reads resources as `terraform show -json` would write them. */
export function stateOf(resources: Resources): TwinState {
  const listed = Object.entries(resources).map(([address, values]) => {
    const [type] = address.split(".");
    return { address, type, mode: "managed", values };
  });
  const text = JSON.stringify({ format_version: "1.0", values: { root_module: { resources: listed } } });
  const read = readState(text, "example.json");
  if (read.kind === "error") throw new Error(`${read.error.message} ${read.error.place}`);
  return read.value;
}
