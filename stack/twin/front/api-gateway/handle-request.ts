import { meetFault } from "../../faults/meet-fault.ts";
import { requestPassage } from "../../faults/request-passage.ts";
import type {
  Authorizer,
  Clock,
  FaultPlan,
  FunctionInvoker,
  Identities,
  UnimplementedCounter,
} from "../../model/ports.ts";
import type { ServiceLimits } from "../../model/service-limits.ts";
import { type ApiRequest, header } from "./api-request.ts";
import { type FoundMethod, findMethod } from "./find-method.ts";
import type { GatewayResponseType } from "./gateway-response.ts";
import { answeredByGateway, type Handled, invokeIntegration } from "./invoke-integration.ts";
import { missingParameters } from "./missing-parameters.ts";
import type { RestApiConfig, StageConfig } from "./rest-api-config.ts";
import type { StageThrottle } from "./throttle.ts";

/** API Gateway's own bound on a request. */
export const MAX_BODY_BYTES = 10 * 1024 * 1024;

export interface HandlePorts {
  readonly clock: Clock;
  readonly invoker: FunctionInvoker;
  readonly authorizer: Authorizer;
  readonly identities: Identities;
  readonly faults: FaultPlan;
  readonly limits: Pick<ServiceLimits, "apiRequests" | "throttleOf">;
  readonly unimplemented: UnimplementedCounter;
}

/** What became of a request: `found` where it has led to a method; `cut` where a planted fault closes the connection. */
type Outcome =
  | { readonly kind: "handled"; readonly handled: Handled; readonly found: FoundMethod | undefined }
  | { readonly kind: "cut" };

export async function handleRequest(
  request: ApiRequest,
  api: RestApiConfig,
  stage: StageConfig,
  ports: HandlePorts,
  isAdmitted: StageThrottle,
  signal: AbortSignal,
): Promise<Outcome> {
  const fault = ports.faults.actionAt("api-gateway", () => requestPassage(request.method, request.path, request.body));
  const planted = await meetFault(fault, ports.clock, signal);
  if (planted.kind === "cut") return planted;
  if (planted.kind !== "passes") {
    const handled = answeredByGateway(planted.kind === "throttled" ? "THROTTLED" : plantedResponse(planted.code));
    return { kind: "handled", handled, found: undefined };
  }
  const found = findMethod(api.methods, request.method, request.path);
  if (!isAdmitted(found?.method)) return { kind: "handled", handled: answeredByGateway("THROTTLED"), found };
  if (found === undefined)
    return { kind: "handled", handled: answeredByGateway("MISSING_AUTHENTICATION_TOKEN"), found };
  const refused = refuse(request, api, stage, found, ports);
  if (refused !== undefined) return { kind: "handled", handled: refused, found };
  return {
    kind: "handled",
    handled: await integrate(request, api, stage, found, ports, fault.kind === "duplicate"),
    found,
  };
}

function refuse(
  request: ApiRequest,
  api: RestApiConfig,
  stage: StageConfig,
  found: FoundMethod,
  ports: HandlePorts,
): Handled | undefined {
  const { method } = found;
  if (request.body.byteLength > MAX_BODY_BYTES) return answeredByGateway("REQUEST_TOO_LARGE");
  if (method.authorization === "AWS_IAM") {
    const principal = ports.identities.principalOf(
      /Credential=([^/]+)\//.exec(header(request, "authorization") ?? "")?.[1] ?? "",
    );
    if (principal === undefined) return answeredByGateway("MISSING_AUTHENTICATION_TOKEN");
    const resourceArn = `${api.executionArn}/${stage.name}/${request.method}${request.path}`;
    const decision = ports.authorizer.decide({
      principal,
      action: "execute-api:Invoke",
      resourceArn,
      context: { "aws:SecureTransport": "true" },
    });
    if (!decision.allowed) return answeredByGateway("ACCESS_DENIED");
  } else if (method.authorization !== "NONE") {
    ports.unimplemented.count("apigateway", `authorization ${method.authorization}`);
    return answeredByGateway("API_CONFIGURATION_ERROR");
  }
  if (method.apiKeyRequired) {
    // Usage plans are not part of the twin: a key can be missed, none can be recognized.
    if (header(request, "x-api-key") !== undefined) ports.unimplemented.count("apigateway", "API key");
    return answeredByGateway("FORBIDDEN");
  }
  return refuseInvalid(request, found, ports);
}

function refuseInvalid(request: ApiRequest, found: FoundMethod, ports: HandlePorts): Handled | undefined {
  const missing = missingParameters(request, found);
  if (missing.length > 0) return answeredByGateway("BAD_REQUEST_PARAMETERS", undefined, `[${missing.join(", ")}]`);
  if (found.method.validator?.validatesBody === true) ports.unimplemented.count("apigateway", "models of bodies");
  return undefined;
}

async function integrate(
  request: ApiRequest,
  api: RestApiConfig,
  stage: StageConfig,
  found: FoundMethod,
  ports: HandlePorts,
  twice: boolean,
): Promise<Handled> {
  const { integration } = found.method;
  if (integration === undefined) return answeredByGateway("API_CONFIGURATION_ERROR");
  const functionArn = integration.type === "AWS_PROXY" ? functionArnOf(integration.uri, stage) : undefined;
  if (functionArn === undefined) {
    ports.unimplemented.count("apigateway", `integration ${integration.type}`);
    return answeredByGateway("API_CONFIGURATION_ERROR");
  }
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html: POST whatever the method is.
  if ((integration.httpMethod ?? "POST") !== "POST") return answeredByGateway("API_CONFIGURATION_ERROR");
  const invoke = () => invokeIntegration(request, api, stage, found, functionArn, integration.timeoutMs, ports);
  if (twice) void invoke();
  return invoke();
}

/** The function in an integration's URI, stage variables filled in. */
function functionArnOf(uri: string | undefined, stage: StageConfig): string | undefined {
  const filled = (uri ?? "").replaceAll(
    /\$\{stageVariables\.(\w+)\}/g,
    (_whole, name: string) => stage.variables[name] ?? "",
  );
  return /:lambda:path\/[^/]+\/functions\/(.+)\/invocations$/.exec(filled)?.[1];
}

/** The gateway response that stands for a planted error's code. */
function plantedResponse(code: string): GatewayResponseType {
  if (code === "504") return "INTEGRATION_TIMEOUT";
  return code === "502" ? "INTEGRATION_MALFORMED" : "API_CONFIGURATION_ERROR";
}
