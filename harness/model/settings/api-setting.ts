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
  /** Resource policy: who may call the API; null if there is none. */
  policy: policyDocumentSchema.nullable(),
  methods: z.array(
    z.object({
      path: z.string(),
      httpMethod: z.string(),
      authorization: z.string(),
      apiKeyRequired: z.boolean(),
      /** `AWS_PROXY`, `AWS`, `HTTP`, `MOCK`, or empty if there is no integration. */
      integrationType: z.string(),
      integrationUri: z.string(),
      /** HTTP method of the call to the backend: a function takes POST only. */
      integrationHttpMethod: z.string(),
      /** Role that API Gateway invokes the function with, instead of the function's resource policy; empty if there is none. */
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
  /** Empty if access logging is off. */
  accessLogDestinationArn: z.string(),
  accessLogFormat: z.string(),
  /** Throttling by method (`~1process/POST`, or one key for all); absent if the stage sets none. */
  throttles: z.array(z.object({ method: z.string(), requestsPerSecond: z.number(), burst: z.number() })).optional(),
});

export type ApiStageSetting = DeepReadonly<z.infer<typeof apiStageSchema>>;

/** API Gateway settings of the account in this region. */
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
