import { z } from "zod";
import type { DeepReadonly } from "../deep-readonly.ts";
import { policyDocumentSchema } from "./identity-setting.ts";
import { settingKind } from "./setting-kind.ts";

const apiSchema = z.object({
  kind: z.literal("api"),
  id: z.string(),
  name: z.string(),
  /** `REGIONAL`, `EDGE`, `PRIVATE`. */
  endpointTypes: z.array(z.string()),
  /** The `execute-api` host answers 403 to everyone; only a custom domain serves. */
  executeApiEndpointDisabled: z.boolean(),
  /** Resource policy: who may call the API; null where it has none. */
  policy: policyDocumentSchema.nullable(),
  methods: z.array(
    z.object({
      path: z.string(),
      httpMethod: z.string(),
      authorization: z.string(),
      apiKeyRequired: z.boolean(),
      /** `AWS_PROXY`, `AWS`, `HTTP`, `MOCK`, or empty where there is no integration. */
      integrationType: z.string(),
      integrationUri: z.string(),
      /** The method by which the backend is called: a function takes POST only. */
      integrationHttpMethod: z.string(),
      /** Role that API Gateway invokes with, in place of the function's own permission; empty where there is none. */
      integrationCredentialsArn: z.string(),
      /** What holds requests back before the integration; absent where nothing does. */
      requestValidator: z
        .object({
          name: z.string(),
          /** Required ones, as `querystring.page`, `header.X-Kind` or `path.id`; empty where parameters are not looked at. */
          parameters: z.array(z.string()),
          /** Bodies are held against the method's models. */
          validatesBody: z.boolean(),
        })
        .optional(),
    }),
  ),
});

export type ApiSetting = DeepReadonly<z.infer<typeof apiSchema>>;

const apiStageSchema = z.object({
  kind: z.literal("api-stage"),
  apiId: z.string(),
  name: z.string(),
  deploymentId: z.string(),
  /** Empty where access logs are off. */
  accessLogDestinationArn: z.string(),
  accessLogFormat: z.string(),
  /** Throttling by method (every method under one key, or `~1process/POST`), where the stage sets its own; absent where it sets none. */
  throttles: z.array(z.object({ method: z.string(), requestsPerSecond: z.number(), burst: z.number() })).optional(),
});

export type ApiStageSetting = DeepReadonly<z.infer<typeof apiStageSchema>>;

/** API Gateway's settings for the whole account and region. */
const apiAccountSchema = z.object({
  kind: z.literal("api-account"),
  region: z.string(),
  cloudwatchRoleArn: z.string(),
});

export const API_KINDS = [
  settingKind(apiSchema, ["id"]),
  settingKind(apiStageSchema, ["apiId", "name"]),
  settingKind(apiAccountSchema, ["region"]),
] as const;
