import { z } from "zod";
import type { DeepReadonly } from "../deep-readonly.ts";
import { policyDocumentSchema } from "./identity-setting.ts";
import { nameInArn, settingKind } from "./setting-kind.ts";

const streamSchema = z.object({
  kind: z.literal("stream"),
  name: z.string(),
  arn: z.string(),
  status: z.string(),
  mode: z.string(),
  openShards: z.number(),
  /** As configured: ARN, key id or alias. Empty if the stream is not encrypted. */
  keyArn: z.string(),
});

const tableSchema = z.object({
  kind: z.literal("table"),
  name: z.string(),
  arn: z.string(),
  status: z.string(),
  billingMode: z.enum(["PROVISIONED", "PAY_PER_REQUEST"]),
  readCapacity: z.number(),
  writeCapacity: z.number(),
  keySchema: z.array(z.object({ attribute: z.string(), keyType: z.string(), attributeType: z.string() })),
  /** Empty if an AWS-owned key encrypts it. */
  keyArn: z.string(),
  pointInTimeRecovery: z.boolean(),
});

export type TableSetting = DeepReadonly<z.infer<typeof tableSchema>>;

/** Application Auto Scaling of a table. */
const scalingSchema = z.object({
  kind: z.literal("scaling"),
  tableName: z.string(),
  targets: z.array(
    z.object({
      dimension: z.string(),
      minimum: z.number(),
      maximum: z.number(),
      /** Whether scaling in and out by policies is suspended. */
      suspended: z.boolean(),
    }),
  ),
  policies: z.array(z.object({ dimension: z.string(), policyType: z.string(), metric: z.string() })),
});

export type ScalingSetting = DeepReadonly<z.infer<typeof scalingSchema>>;

/** A rule that sends a bucket's events to a function. */
export const functionNotificationSchema = z.object({
  id: z.string(),
  functionArn: z.string(),
  events: z.array(z.string()),
  prefix: z.string(),
  suffix: z.string(),
});

const bucketSchema = z.object({
  kind: z.literal("bucket"),
  name: z.string(),
  versioning: z.enum(["Enabled", "Suspended", "Off"]),
  encryption: z
    .object({
      /** `AES256`, `aws:kms`, … */
      algorithm: z.string(),
      /** As configured: ARN, key id or alias. Empty if an AWS-owned key encrypts it. */
      keyArn: z.string(),
      bucketKey: z.boolean(),
    })
    .nullable(),
  publicAccessBlock: z
    .object({
      blockPublicAcls: z.boolean(),
      ignorePublicAcls: z.boolean(),
      blockPublicPolicy: z.boolean(),
      restrictPublicBuckets: z.boolean(),
    })
    .nullable(),
  policy: policyDocumentSchema.nullable(),
  functionNotifications: z.array(functionNotificationSchema),
});

export type BucketSetting = DeepReadonly<z.infer<typeof bucketSchema>>;

/** Metadata of the object that an instance writes as its proof. A key without an object is `setting-absent`. */
const objectSchema = z.object({
  kind: z.literal("object"),
  bucket: z.string(),
  key: z.string(),
  /** `AES256`, `aws:kms`, …; empty if it is not encrypted. */
  encryption: z.string(),
  keyArn: z.string(),
  lastModifiedMs: z.number(),
});

/** If no group has exactly this name, it is `setting-absent`. */
const logGroupSchema = z.object({
  kind: z.literal("log-group"),
  name: z.string(),
  /** Without the `:*` at its end. */
  arn: z.string(),
  /** Empty if the group has no customer-managed key. */
  keyArn: z.string(),
  /** Null if log events never expire. */
  retentionDays: z.number().nullable(),
});

export type LogGroupSetting = DeepReadonly<z.infer<typeof logGroupSchema>>;

const tableName = nameInArn("dynamodb", /^table\/([^/]+)(?:\/.*)?$/);

export const DATA_KINDS = [
  settingKind(streamSchema, ["name"], nameInArn("kinesis", /^stream\/([^/]+)(?:\/.*)?$/)),
  settingKind(tableSchema, ["name"], tableName),
  settingKind(scalingSchema, ["tableName"], tableName),
  settingKind(bucketSchema, ["name"], (reference) => /^arn:[^:]*:s3:::([^/]+)/.exec(reference)?.[1] ?? reference),
  settingKind(objectSchema, ["bucket", "key"]),
  settingKind(logGroupSchema, ["name"], nameInArn("logs", /^log-group:([^:]+)(?::.*)?$/)),
] as const;
