import type { Clock, FunctionInvoker, InvokeOutcome } from "../../model/ports.ts";
import { type ApiRequest, type ApiResponse, header } from "./api-request.ts";
import type { FoundMethod } from "./find-method.ts";
import { type GatewayResponseType, gatewayResponse } from "./gateway-response.ts";
import { readProxyAnswer } from "./proxy-answer.ts";
import { proxyEvent } from "./proxy-event.ts";
import type { RestApiConfig, StageConfig } from "./rest-api-config.ts";

/** How a request ended, for the client, the metrics and the access log. */
export interface Handled {
  readonly response: ApiResponse;
  /** Set where API Gateway has answered itself. */
  readonly error: { readonly type: GatewayResponseType; readonly message: string } | undefined;
  readonly integration: IntegrationRecord | undefined;
}

interface IntegrationRecord {
  /** The status that Lambda's Invoke answered, not the function's own. */
  readonly status: number;
  readonly latencyMs: number;
  readonly errorMessage: string | undefined;
}

/** @param about what the message names besides: the parameters that are missing. */
export function answeredByGateway(type: GatewayResponseType, integration?: IntegrationRecord, about?: string): Handled {
  const { message, ...response } = gatewayResponse(type, about);
  return { response, error: { type, message }, integration };
}

/** Invokes the function of a proxy integration within the integration's time-out and reads its answer. */
export async function invokeIntegration(
  request: ApiRequest,
  api: RestApiConfig,
  stage: StageConfig,
  found: FoundMethod,
  functionArn: string,
  timeoutMs: number,
  { clock, invoker }: { readonly clock: Clock; readonly invoker: FunctionInvoker },
): Promise<Handled> {
  const invokedBy = {
    kind: "service",
    service: "apigateway.amazonaws.com",
    sourceArn: `${api.executionArn}/${stage.name}/${request.method}${found.method.resourcePath}`,
    sourceAccount: api.executionArn.split(":")[4] ?? "",
  } as const;
  const startedMs = clock.nowMs();
  const answered = new AbortController();
  const timedOut = clock.wait(timeoutMs, answered.signal).then(() => ({ kind: "too-late" }) as const);
  const invoked = invoker.invoke(functionArn, proxyEvent(request, api, stage, found), invokedBy);
  const outcome = await Promise.race([invoked, timedOut]);
  answered.abort();
  return judge(outcome, clock.nowMs() - startedMs, api, request);
}

/** A function's failure is a malformed answer to API Gateway (502); not being able to invoke it is a configuration error (500). */
function judge(
  outcome: InvokeOutcome | { readonly kind: "too-late" },
  latencyMs: number,
  api: RestApiConfig,
  request: ApiRequest,
): Handled {
  const integration = (status: number, errorMessage?: string): IntegrationRecord => ({
    status,
    latencyMs,
    errorMessage,
  });
  switch (outcome.kind) {
    case "answered": {
      const response = readProxyAnswer(outcome.payload, api.binaryMediaTypes, header(request, "accept"));
      if (response !== undefined) return { response, error: undefined, integration: integration(200) };
      return answeredByGateway("INTEGRATION_MALFORMED", integration(200, "Malformed Lambda proxy response"));
    }
    case "failed":
    case "timed-out":
      return answeredByGateway(
        "INTEGRATION_MALFORMED",
        integration(200, "The Lambda function returned the following error: unhandled"),
      );
    case "throttled":
      return answeredByGateway("API_CONFIGURATION_ERROR", integration(429, "Rate exceeded"));
    case "denied":
      return answeredByGateway("API_CONFIGURATION_ERROR", integration(403, "Invalid permissions on Lambda function"));
    case "not-found":
      return answeredByGateway("API_CONFIGURATION_ERROR", integration(404, "The Lambda function was not found"));
    case "too-late":
      return answeredByGateway("INTEGRATION_TIMEOUT", integration(504, "Execution failed due to a timeout error"));
    default:
      return outcome satisfies never;
  }
}
