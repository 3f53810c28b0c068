import { z } from "zod";
import type { DeepReadonly } from "../deep-readonly.ts";
import { policyDocumentSchema } from "./identity-setting.ts";
import { nameInArn, settingKind } from "./setting-kind.ts";

const functionSchema = z.object({
  kind: z.literal("function"),
  name: z.string(),
  arn: z.string(),
  roleArn: z.string(),
  runtime: z.string(),
  handler: z.string(),
  timeoutSeconds: z.number(),
  memoryMiB: z.number(),
  state: z.string(),
  stateReason: z.string(),
  /** `Successful`, `InProgress`, or `Failed`: then the code and settings from before the update run. */
  lastUpdateStatus: z.string(),
  lastUpdateStatusReason: z.string(),
  /** SHA-256 of the package, in base64. */
  codeSha256: z.string(),
  /**
   * Variables by name. A value that holds no name of the deployment may be a secret and is not kept: it is null, and a rule must not
   * take it for a wrong one. Of a JSON value the deployment's names are kept, as a JSON list.
   */
  environment: z.record(z.string(), z.string().nullable()),
  /** Why Lambda could not decrypt the variables for the caller, who may not use their key; else empty. */
  environmentError: z.string(),
  /** Empty if an AWS-owned key encrypts it. */
  keyArn: z.string(),
  logGroup: z.string(),
  /** Null if none is reserved. */
  reservedConcurrency: z.number().nullable(),
  subnetIds: z.array(z.string()),
  securityGroupIds: z.array(z.string()),
});

export type FunctionSetting = DeepReadonly<z.infer<typeof functionSchema>>;

/** Resource-based policy of a function: who may invoke it. A function without one is `setting-absent`. */
const functionPolicySchema = z.object({
  kind: z.literal("function-policy"),
  functionName: z.string(),
  policy: policyDocumentSchema,
});

export type FunctionPolicySetting = DeepReadonly<z.infer<typeof functionPolicySchema>>;

const eventSourceMappingsSchema = z.object({
  kind: z.literal("event-source-mappings"),
  functionName: z.string(),
  mappings: z.array(
    z.object({
      uuid: z.string(),
      eventSourceArn: z.string(),
      state: z.string(),
      stateReason: z.string(),
      lastProcessingResult: z.string(),
      batchSize: z.number(),
      /** Concurrent batches per shard; absent in journals from before it was read. */
      parallelizationFactor: z.number().optional(),
      filterPatterns: z.array(z.string()),
      maximumRetryAttempts: z.number(),
      reportsBatchItemFailures: z.boolean(),
    }),
  ),
});

export type EventSourceMappingsSetting = DeepReadonly<z.infer<typeof eventSourceMappingsSchema>>;

const functionName = nameInArn("lambda", /^function:([^:]+)(?::[^:]+)?$/);

export const FUNCTION_KINDS = [
  settingKind(functionSchema, ["name"], functionName),
  settingKind(functionPolicySchema, ["functionName"], functionName),
  settingKind(eventSourceMappingsSchema, ["functionName"], functionName),
] as const;
