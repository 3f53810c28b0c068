import {
  GetBucketEncryptionCommand,
  GetBucketNotificationConfigurationCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  type LambdaFunctionConfiguration,
  type ServerSideEncryptionRule,
} from "@aws-sdk/client-s3";
import type { BucketSetting } from "../../../model/settings/data-setting.ts";
import { needsOn } from "../../../model/settings/need.ts";
import { type Target, targetIfAny, targetOf } from "../../../model/settings/subject.ts";
import { parsePolicyDocument } from "../policy-document.ts";
import type { Reader, ReadTools } from "../reader.ts";
import { required, together } from "../unread.ts";

const VERSIONING = "s3:GetBucketVersioning";
const ENCRYPTION = "s3:GetEncryptionConfiguration";
const PUBLIC_ACCESS = "s3:GetBucketPublicAccessBlock";
const POLICY = "s3:GetBucketPolicy";
const NOTIFICATION = "s3:GetBucketNotification";
const NO_BUCKET = "NoSuchBucket";

/** Reads a bucket by five calls. If one of its settings was never made, S3 returns a specific error: that means "none". */
export const bucketReader: Reader<"bucket"> = {
  kind: "bucket",
  namedBy: ({ bucket, logsBucket }) => [logsBucket, bucket],
  isLinked: true,

  needs: (name, { partition }) =>
    needsOn([VERSIONING, ENCRYPTION, PUBLIC_ACCESS, POLICY, NOTIFICATION], [`arn:${partition}:s3:::${name}`]),

  async read(name, tools) {
    const { clients, askIfAny } = tools;
    const s3 = await clients.s3();
    const [versioning, encryption, publicAccessBlock, policy, notifications] = await together([
      askIfAny(VERSIONING, [NO_BUCKET], (options) =>
        s3.send(new GetBucketVersioningCommand({ Bucket: name }), options),
      ),
      readEncryption(name, tools),
      readPublicAccessBlock(name, tools),
      readPolicy(name, tools),
      readNotifications(name, tools),
    ]);
    if (versioning === undefined) return undefined;
    return {
      kind: "bucket",
      name,
      versioning: versioning.Status ?? "Off",
      encryption,
      publicAccessBlock,
      policy,
      functionNotifications: notifications.map(toNotification),
    };
  },

  links: ({ encryption, functionNotifications }, place) => {
    const functions = functionNotifications.map(({ functionArn }): Target => targetOf("function", functionArn, place));
    const keyArn = encryption?.keyArn ?? "";
    return [...functions, ...targetIfAny("key", keyArn, place)];
  },
};

async function readEncryption(Bucket: string, { clients, askIfAny }: ReadTools): Promise<BucketSetting["encryption"]> {
  const s3 = await clients.s3();
  const none = [NO_BUCKET, "ServerSideEncryptionConfigurationNotFoundError"];
  const answer = await askIfAny(ENCRYPTION, none, (options) =>
    s3.send(new GetBucketEncryptionCommand({ Bucket }), options),
  );
  if (answer === undefined) return null;
  const rules = required(answer.ServerSideEncryptionConfiguration?.Rules, "Rules", ENCRYPTION);
  return toEncryption(required(rules[0], "a rule", ENCRYPTION));
}

function toEncryption(rule: ServerSideEncryptionRule): BucketSetting["encryption"] {
  const byDefault = rule.ApplyServerSideEncryptionByDefault;
  if (byDefault === undefined) return null;
  return {
    algorithm: required(byDefault.SSEAlgorithm, "SSEAlgorithm", ENCRYPTION),
    keyArn: byDefault.KMSMasterKeyID ?? "",
    bucketKey: rule.BucketKeyEnabled ?? false,
  };
}

async function readPublicAccessBlock(
  Bucket: string,
  { clients, askIfAny }: ReadTools,
): Promise<BucketSetting["publicAccessBlock"]> {
  const s3 = await clients.s3();
  const none = [NO_BUCKET, "NoSuchPublicAccessBlockConfiguration"];
  const answer = await askIfAny(PUBLIC_ACCESS, none, (options) =>
    s3.send(new GetPublicAccessBlockCommand({ Bucket }), options),
  );
  if (answer === undefined) return null;
  const block = required(answer.PublicAccessBlockConfiguration, "PublicAccessBlockConfiguration", PUBLIC_ACCESS);
  return {
    blockPublicAcls: block.BlockPublicAcls ?? false,
    ignorePublicAcls: block.IgnorePublicAcls ?? false,
    blockPublicPolicy: block.BlockPublicPolicy ?? false,
    restrictPublicBuckets: block.RestrictPublicBuckets ?? false,
  };
}

async function readPolicy(Bucket: string, { clients, askIfAny }: ReadTools): Promise<BucketSetting["policy"]> {
  const s3 = await clients.s3();
  const answer = await askIfAny(POLICY, [NO_BUCKET, "NoSuchBucketPolicy"], (options) =>
    s3.send(new GetBucketPolicyCommand({ Bucket }), options),
  );
  return answer === undefined ? null : parsePolicyDocument(required(answer.Policy, "Policy", POLICY), POLICY);
}

async function readNotifications(
  Bucket: string,
  { clients, askIfAny }: ReadTools,
): Promise<LambdaFunctionConfiguration[]> {
  const s3 = await clients.s3();
  const answer = await askIfAny(NOTIFICATION, [NO_BUCKET], (options) =>
    s3.send(new GetBucketNotificationConfigurationCommand({ Bucket }), options),
  );
  return answer?.LambdaFunctionConfigurations ?? [];
}

function toNotification(configuration: LambdaFunctionConfiguration): BucketSetting["functionNotifications"][number] {
  const rules = configuration.Filter?.Key?.FilterRules ?? [];
  // S3 takes the names in any case, and gives them back with a capital.
  const filterOn = (wanted: string) => rules.find(({ Name }) => Name?.toLowerCase() === wanted)?.Value ?? "";
  return {
    id: configuration.Id ?? "",
    functionArn: required(configuration.LambdaFunctionArn, "LambdaFunctionArn", NOTIFICATION),
    events: [...(configuration.Events ?? [])].sort(),
    prefix: filterOn("prefix"),
    suffix: filterOn("suffix"),
  };
}
