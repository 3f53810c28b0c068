import type { ApiThrottle, ServiceLimits } from "../../model/service-limits.ts";
import type { MethodConfig, RestApiConfig, StageConfig } from "./rest-api-config.ts";

/** Whether a request to a method is let in; undefined stands for a request that leads to no method. */
export type StageThrottle = (method: MethodConfig | undefined) => boolean;

/**
 * A stage's throttling: a method has its own settings' bucket, or one by the settings for all methods, and then the account's,
 * which all APIs share (https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html).
 */
export function stageThrottle(
  api: RestApiConfig,
  stage: StageConfig,
  limits: Pick<ServiceLimits, "apiRequests" | "throttleOf">,
): StageThrottle {
  const own = new Map<MethodConfig, ApiThrottle>();
  for (const method of api.methods) {
    const settings =
      stage.throttles.find(({ methodPath }) => methodPath === methodPathOf(method)) ??
      stage.throttles.find(({ methodPath }) => methodPath === "*/*");
    if (settings !== undefined) own.set(method, limits.throttleOf(settings));
  }
  return (method) => {
    const ofMethod = method === undefined ? undefined : own.get(method);
    return (ofMethod?.admit() ?? true) && limits.apiRequests.admit();
  };
}

/** A method as `aws_api_gateway_method_settings` names it: `process/POST`. */
function methodPathOf({ resourcePath, httpMethod }: MethodConfig): string {
  return `${resourcePath.slice(1)}/${httpMethod}`;
}
