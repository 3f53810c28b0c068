import { z } from "zod";
import type { Resource, TwinState } from "../../state/twin-state.ts";
import { ok } from "../answer.ts";
import type { ControlPlaneParts } from "../control-plane-parts.ts";
import { type Mapping, mapped } from "../mapping.ts";
import { type Operation, operation } from "../operation.ts";
import { mapOf, mayGet, notFound } from "./apigateway-parts.ts";

/** https://docs.aws.amazon.com/apigateway/latest/api/API_Stage.html */
const stageMapping = (state: TwinState): Mapping<Resource<"restApiStages">> => ({
  stageName: "stage_name",
  deploymentId: "deployment_id",
  description: "description",
  cacheClusterEnabled: "cache_cluster_enabled",
  cacheClusterSize: "cache_cluster_size",
  cacheClusterStatus: ({ cache_cluster_enabled }) => (cache_cluster_enabled ? "AVAILABLE" : "NOT_AVAILABLE"),
  clientCertificateId: "client_certificate_id",
  documentationVersion: "documentation_version",
  methodSettings: (stage) => methodSettingsOf(state, stage),
  variables: ({ variables }) => mapOf(variables),
  accessLogSettings: ({ access_log_settings: settings }) =>
    settings && { destinationArn: settings.destination_arn, format: settings.format },
  tracingEnabled: "xray_tracing_enabled",
  webAclArn: "web_acl_arn",
  tags: ({ tags_all }) => mapOf(tags_all),
});

/** Settings by method, keyed as API Gateway does: `*\/*`, or the path with each slash written `~1`, then the method. */
function methodSettingsOf(state: TwinState, stage: Resource<"restApiStages">): Record<string, unknown> {
  const settings: Record<string, unknown> = {};
  for (const { rest_api_id, stage_name, method_path, settings: set } of state.restApiMethodSettings) {
    if (rest_api_id !== stage.rest_api_id || stage_name !== stage.stage_name || set === undefined) continue;
    settings[methodKey(method_path)] = {
      loggingLevel: set.logging_level,
      metricsEnabled: set.metrics_enabled,
      dataTraceEnabled: set.data_trace_enabled,
      throttlingBurstLimit: set.throttling_burst_limit,
      throttlingRateLimit: set.throttling_rate_limit,
      cachingEnabled: set.caching_enabled,
      cacheTtlInSeconds: set.cache_ttl_in_seconds,
      cacheDataEncrypted: set.cache_data_encrypted,
      requireAuthorizationForCacheControl: set.require_authorization_for_cache_control,
      unauthorizedCacheControlHeaderStrategy: set.unauthorized_cache_control_header_strategy,
    };
  }
  return settings;
}

/** Terraform writes `path/METHOD`, where the path has no slash at its start. */
function methodKey(methodPath: string): string {
  const slash = methodPath.lastIndexOf("/");
  const path = methodPath.slice(0, Math.max(slash, 0));
  const method = methodPath.slice(slash + 1);
  if (path === "*") return methodPath;
  return `~1${path.replace(/^(~1|\/)/, "").replaceAll("/", "~1")}/${method}`;
}

/** GetStages is not read page by page. */
export function getStages({ state }: ControlPlaneParts): Operation {
  return operation({
    input: z.object({ restApiId: z.string(), deploymentId: z.string().optional() }),
    access: ({ restApiId }) => mayGet(state, `/restapis/${restApiId}/stages`),
    run({ restApiId, deploymentId }) {
      if (!state.restApis.some(({ id }) => id === restApiId)) return notFound("API");
      const stages = state.restApiStages.filter(
        (stage) =>
          stage.rest_api_id === restApiId && (deploymentId === undefined || stage.deployment_id === deploymentId),
      );
      return ok({ item: stages.map((stage) => mapped(stage, stageMapping(state))) });
    },
  });
}

export function getStage({ state }: ControlPlaneParts): Operation {
  return operation({
    input: z.object({ restApiId: z.string(), stageName: z.string() }),
    access: ({ restApiId, stageName }) => mayGet(state, `/restapis/${restApiId}/stages/${stageName}`),
    run({ restApiId, stageName }) {
      const found = state.restApiStages.find((each) => each.rest_api_id === restApiId && each.stage_name === stageName);
      return found === undefined ? notFound("stage") : ok(mapped(found, stageMapping(state)));
    },
  });
}
