import { Agent, request } from "undici";
import { afterEach } from "vitest";
import { rememberingPorts } from "../../../lambda/testing/test-ports.ts";
import type { FaultAction, InvokeOutcome, Principal } from "../../../model/ports.ts";
import { type ActionConfig, type Alb, type ListenerRuleConfig, startAlb, type TargetGroupConfig } from "../index.ts";

export const dnsName = "stack-123.eu-central-1.elb.amazonaws.com";
export const functionArn = "arn:aws:lambda:eu-central-1:123456789012:function:ingest";
export const targetGroup: TargetGroupConfig = {
  arn: "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/ingest/0123456789abcdef",
  arnSuffix: "targetgroup/ingest/0123456789abcdef",
  targetType: "lambda",
  multiValueHeaders: false,
  targetIds: [functionArn],
};
export const loadBalancer = { LoadBalancer: "app/stack/50dc6c495c0c9188" };
export const both = { ...loadBalancer, TargetGroup: targetGroup.arnSuffix };
const toTargetGroup: ActionConfig = { kind: "forward", targetGroups: [{ arn: targetGroup.arn, weight: 1 }] };

const client = new Agent();
let alb: Alb | undefined;
afterEach(() => closeFront());

/** For a test that needs another one after it. */
export async function closeFront(): Promise<void> {
  await alb?.close();
}

/** How the function ends, and what stands before it. */
export interface Given {
  readonly outcome?: InvokeOutcome;
  readonly answer?: unknown;
  readonly defaultActions?: readonly ActionConfig[];
  readonly rules?: readonly ListenerRuleConfig[];
  readonly group?: Partial<TargetGroupConfig>;
  readonly fault?: FaultAction;
}

/** A load balancer with one listener on port 80 before a function that ends like this; closed after each test of the file. */
export async function front(given: Given = {}) {
  const ports = rememberingPorts();
  const invoked: { arn: string; event: Record<string, unknown>; by: Principal }[] = [];
  const answer = given.answer ?? {
    statusCode: 200,
    statusDescription: "200 OK",
    headers: { "content-type": "text/plain", "x-own": "1" },
    body: "well",
    isBase64Encoded: false,
  };
  const invoker = {
    invoke: async (arn: string, payload: string, by: Principal): Promise<InvokeOutcome> => {
      invoked.push({ arn, event: JSON.parse(payload), by });
      return given.outcome ?? { kind: "answered", payload: JSON.stringify(answer), durationMs: 1 };
    },
    invokeLater: async () => "queued" as const,
  };
  const listener = {
    arn: "arn:listener",
    port: 80,
    protocol: "HTTP",
    defaultActions: given.defaultActions ?? [toTargetGroup],
    rules: given.rules ?? [],
  } as const;
  const faults = { actionAt: () => given.fault ?? ({ kind: "none" } as const) };
  alb = await startAlb(
    [{ arn: "arn:lb", arnSuffix: loadBalancer.LoadBalancer, dnsName, listeners: [listener] }],
    [{ ...targetGroup, ...given.group }],
    { ...ports, invoker, faults },
    { random: () => 0.6 },
  );
  const url = alb.endpoints[0]?.url;
  const send = async (
    path: string,
    options: {
      method?: "GET" | "POST" | "HEAD" | "DELETE";
      headers?: Record<string, string | string[]>;
      body?: string | Buffer;
    } = {},
  ) => {
    const response = await request(`${url}${path}`, {
      method: "GET",
      ...options,
      headers: { host: dnsName, ...options.headers },
      dispatcher: client,
    });
    return { status: response.statusCode, headers: response.headers, body: await response.body.text() };
  };
  return { send, invoked, ports };
}
