import { Agent, request } from "undici";
import { afterEach, describe, expect, it } from "vitest";
import { rememberingPorts } from "../../lambda/testing/test-ports.ts";
import type { FaultAction, InvokeOutcome, Principal } from "../../model/ports.ts";
import { type ActionConfig, type Alb, type ListenerRuleConfig, startAlb, type TargetGroupConfig } from "./index.ts";

const dnsName = "stack-123.eu-central-1.elb.amazonaws.com";
const functionArn = "arn:aws:lambda:eu-central-1:123456789012:function:ingest";
const targetGroup: TargetGroupConfig = {
  arn: "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/ingest/0123456789abcdef",
  arnSuffix: "targetgroup/ingest/0123456789abcdef",
  targetType: "lambda",
  multiValueHeaders: false,
  targetIds: [functionArn],
};
const loadBalancer = { LoadBalancer: "app/stack/50dc6c495c0c9188" };
const both = { ...loadBalancer, TargetGroup: targetGroup.arnSuffix };
const toTargetGroup: ActionConfig = { kind: "forward", targetGroups: [{ arn: targetGroup.arn, weight: 1 }] };

const client = new Agent();
let alb: Alb | undefined;
afterEach(() => alb?.close());

interface Given {
  readonly outcome?: InvokeOutcome;
  readonly answer?: unknown;
  readonly defaultActions?: readonly ActionConfig[];
  readonly rules?: readonly ListenerRuleConfig[];
  readonly group?: Partial<TargetGroupConfig>;
  readonly fault?: FaultAction;
}

/** A load balancer with one listener on port 80 before a function that ends like this. */
async function front(given: Given = {}) {
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

describe("a request to a function", () => {
  it("becomes the event of a load balancer", async () => {
    const { send, invoked } = await front();
    await send("/events%20x?a=1%202&b=3&b=4", {
      method: "POST",
      headers: { "content-type": "application/json", "X-Forwarded-For": "198.51.100.7" },
      body: '{"id":"1"}',
    });
    expect(invoked[0]?.arn).toBe(functionArn);
    expect(invoked[0]?.by).toEqual({
      kind: "service",
      service: "elasticloadbalancing.amazonaws.com",
      sourceArn: targetGroup.arn,
      sourceAccount: "123456789012",
    });
    expect(invoked[0]?.event).toEqual({
      requestContext: { elb: { targetGroupArn: targetGroup.arn } },
      httpMethod: "POST",
      path: "/events%20x",
      queryStringParameters: { a: "1%202", b: "4" },
      headers: {
        host: dnsName,
        "content-type": "application/json",
        "content-length": "10",
        "x-amzn-trace-id": expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/),
        "x-forwarded-for": "198.51.100.7, 203.0.113.10",
        "x-forwarded-port": "80",
        "x-forwarded-proto": "http",
      },
      body: '{"id":"1"}',
      isBase64Encoded: false,
    });
  });

  it("carries every value with multi-value headers on", async () => {
    const { send, invoked } = await front({
      group: { multiValueHeaders: true },
      answer: { statusCode: 201, multiValueHeaders: { "set-cookie": ["a=1", "b=2"] }, body: "" },
    });
    const { status, headers } = await send("/?a=1&a=2", { headers: { "x-list": ["p", "q"] } });
    expect(invoked[0]?.event).toMatchObject({
      multiValueQueryStringParameters: { a: ["1", "2"] },
      multiValueHeaders: { "x-list": ["p", "q"], host: [dnsName] },
    });
    expect(invoked[0]?.event).not.toHaveProperty("headers");
    expect({ status, cookies: headers["set-cookie"] }).toEqual({ status: 201, cookies: ["a=1", "b=2"] });
  });

  it.each([
    ["application/octet-stream", undefined, true],
    [undefined, undefined, true],
    ["application/json; charset=utf-8", undefined, false],
    ["text/csv", undefined, false],
    ["application/json", "gzip", true],
  ])("of type %s and encoding %s has its body in base64: %s", async (type, encoding, isBase64Encoded) => {
    const { send, invoked } = await front();
    const headers = { ...(type && { "content-type": type }), ...(encoding && { "content-encoding": encoding }) };
    await send("/", { method: "POST", headers, body: Buffer.from("body") });
    expect(invoked[0]?.event).toMatchObject({ isBase64Encoded, body: isBase64Encoded ? "Ym9keQ==" : "body" });
  });

  it("gets the function's answer, under the load balancer's name", async () => {
    const { send } = await front();
    expect(await send("/")).toMatchObject({
      status: 200,
      body: "well",
      headers: { "content-type": "text/plain", "x-own": "1", server: "awselb/2.0", "content-length": "4" },
    });
  });

  it("gets a base64 answer decoded", async () => {
    const { send } = await front({ answer: { statusCode: 200, body: "d2VsbA==", isBase64Encoded: true } });
    expect((await send("/")).body).toBe("well");
  });

  it("gets no body where it asked for none", async () => {
    const { send } = await front();
    expect(await send("/", { method: "HEAD" })).toMatchObject({
      status: 200,
      body: "",
      headers: { "content-length": "4" },
    });
  });

  it("counts as a request, and by the function's status", async () => {
    const { send, ports } = await front({ answer: { statusCode: 404, body: "" } });
    await send("/");
    for (const dimensions of [loadBalancer, both]) {
      expect(ports.sum("RequestCount", dimensions)).toBe(1);
      expect(ports.sum("HTTPCode_Target_4XX_Count", dimensions)).toBe(1);
      expect(ports.samples.some(({ name, unit }) => name === "TargetResponseTime" && unit === "Seconds")).toBe(true);
    }
    expect(ports.sum("HTTPCode_ELB_4XX_Count", loadBalancer)).toBe(0);
  });
});

describe("a request fails", () => {
  it.each([
    ["the function's error", { kind: "failed", errorType: "Error", errorMessage: "no", payload: "{}", durationMs: 1 }],
    ["its time-out", { kind: "timed-out", durationMs: 1 }],
    ["its throttling", { kind: "throttled" }],
    ["a missing permission", { kind: "denied", reason: "no" }],
    ["an absent function", { kind: "not-found" }],
    ["an answer that is no JSON", { kind: "answered", payload: "well", durationMs: 1 }],
    ["an answer without a status", { kind: "answered", payload: '{"body":"well"}', durationMs: 1 }],
    ["an answer whose body is no text", { kind: "answered", payload: '{"statusCode":200,"body":{}}', durationMs: 1 }],
    [
      "an answer above 1 MB",
      { kind: "answered", payload: JSON.stringify({ statusCode: 200, body: "x".repeat(1024 * 1024) }), durationMs: 1 },
    ],
  ] as const)("with 502 after %s, and as the function's", async (_what, outcome) => {
    const { send, ports } = await front({ outcome });
    expect(await send("/")).toMatchObject({
      status: 502,
      headers: { server: "awselb/2.0", "content-type": "text/html" },
      body: expect.stringContaining("<h1>502 Bad Gateway</h1>"),
    });
    expect(ports.sum("HTTPCode_ELB_502_Count", loadBalancer)).toBe(1);
    expect(ports.sum("HTTPCode_ELB_5XX_Count", loadBalancer)).toBe(1);
    expect(ports.sum("LambdaUserError", both)).toBe(1);
    expect(ports.sum("HTTPCode_Target_5XX_Count", loadBalancer)).toBe(0);
  });

  it("with 503 where no target is registered, and counts as no request", async () => {
    const { send, ports } = await front({ group: { targetIds: [] } });
    expect((await send("/")).status).toBe(503);
    expect(ports.sum("RequestCount", loadBalancer)).toBe(0);
    expect(ports.sum("HTTPCode_ELB_503_Count", loadBalancer)).toBe(1);
  });

  it("with 502 where the target is an instance, which the twin does not have", async () => {
    const { send, invoked } = await front({ group: { targetType: "instance", targetIds: ["i-0123456789abcdef0"] } });
    expect((await send("/")).status).toBe(502);
    expect(invoked).toEqual([]);
  });

  it("with 413 when its body has more than 1 MB", async () => {
    const { send, invoked, ports } = await front();
    expect(
      (await send("/", { method: "POST", headers: { "content-type": "text/plain" }, body: "x".repeat(1024 * 1024) }))
        .status,
    ).toBe(200);
    expect(
      (
        await send("/", {
          method: "POST",
          headers: { "content-type": "text/plain" },
          body: "x".repeat(1024 * 1024 + 1),
        })
      ).status,
    ).toBe(413);
    expect(invoked).toHaveLength(1);
    expect(ports.sum("HTTPCode_ELB_4XX_Count", loadBalancer)).toBe(1);
  });
});

describe("a listener's rules", () => {
  const answering = (body: string): ActionConfig => ({
    kind: "fixed-response",
    status: 200,
    contentType: "text/plain",
    body,
  });
  const rules: ListenerRuleConfig[] = [
    {
      priority: 30,
      conditions: [
        { kind: "path-pattern", values: ["/*"] },
        { kind: "source-ip", values: ["10.0.0.0/8"] },
      ],
      actions: [answering("inside")],
    },
    {
      priority: 20,
      conditions: [{ kind: "path-pattern", values: ["/a?c/*", "/exact"] }],
      actions: [answering("path")],
    },
    {
      priority: 10,
      conditions: [
        { kind: "path-pattern", values: ["/abc/*"] },
        { kind: "http-request-method", values: ["DELETE"] },
      ],
      actions: [answering("path and method")],
    },
    { priority: 40, conditions: [{ kind: "host-header", values: ["*.EXAMPLE.com"] }], actions: [answering("host")] },
    {
      priority: 50,
      conditions: [{ kind: "http-header", name: "X-Kind", values: ["tes*"] }],
      actions: [answering("header")],
    },
    {
      priority: 60,
      conditions: [
        {
          kind: "query-string",
          pairs: [
            { key: "v", value: "1*" },
            { key: undefined, value: "any" },
          ],
        },
      ],
      actions: [answering("query")],
    },
    {
      priority: 70,
      conditions: [
        { kind: "source-ip", values: ["203.0.113.0/24"] },
        { kind: "path-pattern", values: ["/net"] },
      ],
      actions: [answering("source")],
    },
  ];

  it.each([
    ["/abc/x", {}, "path"],
    ["/ABC/x", {}, "default"],
    ["/exact", {}, "path"],
    ["/abc/x", { method: "DELETE" as const }, "path and method"],
    ["/", { headers: { host: "www.example.com" } }, "host"],
    ["/", { headers: { "x-kind": "Test" } }, "header"],
    ["/?v=12", {}, "query"],
    ["/?x=any", {}, "query"],
    ["/?v=2", {}, "default"],
    ["/net", {}, "source"],
  ])("lead %s with %j to %s", async (path, options, body) => {
    const { send } = await front({ rules, defaultActions: [answering("default")] });
    expect((await send(path, options)).body).toBe(body);
  });

  it("redirect", async () => {
    const { send } = await front({
      defaultActions: [
        {
          kind: "redirect",
          status: 301,
          protocol: "HTTPS",
          host: "#{host}",
          port: "443",
          path: "/#{path}",
          query: "#{query}",
        },
      ],
    });
    expect(await send("/a/b?c=d")).toMatchObject({
      status: 301,
      headers: { location: `https://${dnsName}:443/a/b?c=d` },
    });
  });

  it("share requests out by weight", async () => {
    const targetGroups = [
      { arn: "arn:none", weight: 1 },
      { arn: targetGroup.arn, weight: 1 },
    ];
    const { send, invoked } = await front({ defaultActions: [{ kind: "forward", targetGroups }] });
    expect((await send("/")).status).toBe(200);
    expect(invoked).toHaveLength(1);
  });

  it("answer 500 where the twin lacks the action, and count it", async () => {
    const { send, ports } = await front({ defaultActions: [{ kind: "unsupported", type: "authenticate-oidc" }] });
    expect((await send("/")).status).toBe(500);
    expect(ports.unimplemented.counts()).toEqual([
      { service: "elasticloadbalancing", operation: "action authenticate-oidc", count: 1 },
    ]);
  });
});

describe("what is planted for a request", () => {
  it("cuts it, fails it, throttles it or doubles it", async () => {
    const dropping = await front({ fault: { kind: "drop" } });
    await expect(dropping.send("/")).rejects.toThrow(/other side closed|ECONNRESET|socket/);
    expect(dropping.invoked).toEqual([]);
    await alb?.close();
    expect((await (await front({ fault: { kind: "error", code: "504" } })).send("/")).status).toBe(504);
    await alb?.close();
    expect((await (await front({ fault: { kind: "throttle" } })).send("/")).status).toBe(503);
    await alb?.close();
    const doubling = await front({ fault: { kind: "duplicate" } });
    expect((await doubling.send("/")).status).toBe(200);
    expect(doubling.invoked).toHaveLength(2);
  });
});
