import { Agent, request } from "undici";
import { afterEach } from "vitest";
import { rememberingPorts } from "../../../lambda/testing/test-ports.ts";
import { noLimits } from "../../../limits/testing/no-limits.ts";
import type { FaultAction, InvokeOutcome, Principal } from "../../../model/ports.ts";
import type { ServiceLimits } from "../../../model/service-limits.ts";
import {
  type ApiGateway,
  type IntegrationConfig,
  type MethodConfig,
  type RestApiConfig,
  startApiGateway,
} from "../index.ts";

export const functionArn = "arn:aws:lambda:eu-central-1:123456789012:function:content";
export const proxy: IntegrationConfig = {
  type: "AWS_PROXY",
  uri: `arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/${functionArn}/invocations`,
  timeoutMs: 29_000,
};
export const method = (
  resourcePath: string,
  httpMethod: string,
  changed: Partial<MethodConfig> = {},
): MethodConfig => ({
  resourceId: `id of ${resourcePath}`,
  resourcePath,
  httpMethod,
  authorization: "NONE",
  apiKeyRequired: false,
  validator: undefined,
  requiredParameters: [],
  integration: proxy,
  ...changed,
});
export const api: RestApiConfig = {
  id: "a1b2c3d4e5",
  name: "content-api",
  executionArn: "arn:aws:execute-api:eu-central-1:123456789012:a1b2c3d4e5",
  binaryMediaTypes: [],
  isDefaultEndpointDisabled: false,
  methods: [method("/process", "POST")],
  stages: [
    { name: "live", deploymentId: "dep1", variables: {}, accessLog: undefined, detailedMetrics: false, throttles: [] },
  ],
};
export const host = "a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com";
export const roleArn = "arn:aws:iam::123456789012:role/api-logs";

const client = new Agent();
let gateway: ApiGateway | undefined;
afterEach(() => closeFront());

/** For a test that needs another one after it. */
export async function closeFront(): Promise<void> {
  await gateway?.close();
}

/** How the function ends, and what stands before it. */
export interface Given {
  readonly outcome?: InvokeOutcome | "never";
  readonly answer?: unknown;
  readonly apis?: readonly RestApiConfig[];
  readonly cloudwatchRoleArn?: string;
  readonly fault?: FaultAction;
  readonly limits?: ServiceLimits;
}

/** An API before a function that ends as given; closed after each test of the file. */
export async function front(given: Given = {}) {
  const ports = rememberingPorts();
  const invoked: { arn: string; event: Record<string, unknown>; by: Principal }[] = [];
  const invoker = {
    invoke: async (arn: string, payload: string, by: Principal): Promise<InvokeOutcome> => {
      invoked.push({ arn, event: JSON.parse(payload), by });
      if (given.outcome === "never") return new Promise(() => {});
      return (
        given.outcome ?? {
          kind: "answered",
          payload: JSON.stringify(given.answer ?? { statusCode: 200, body: '{"ok":true}' }),
          durationMs: 1,
        }
      );
    },
    invokeLater: async () => "queued" as const,
  };
  const faults = { actionAt: () => given.fault ?? ({ kind: "none" } as const) };
  gateway = await startApiGateway(
    given.apis ?? [api],
    { ...ports, invoker, faults, limits: given.limits ?? noLimits },
    { cloudwatchRoleArn: given.cloudwatchRoleArn },
  );
  const { url } = gateway;
  const send = async (
    path: string,
    options: {
      method?: "GET" | "POST" | "PUT";
      headers?: Record<string, string | string[]>;
      body?: string | Buffer;
    } = {},
  ) => {
    const response = await request(`${url}${path}`, {
      method: "POST",
      ...options,
      headers: { host, ...options.headers },
      dispatcher: client,
    });
    return { status: response.statusCode, headers: response.headers, body: await response.body.text() };
  };
  return { send, invoked, ports };
}
