import { Agent, request } from "undici";
import { afterEach, describe, expect, it } from "vitest";
import { ManualClock } from "../../clock/manual-clock.ts";
import { rememberingPorts } from "../../lambda/testing/test-ports.ts";
import { noLimits } from "../../limits/no-limits.ts";
import { createServiceLimits } from "../../limits/service-limits.ts";
import type { FaultAction, InvokeOutcome, Principal, ServiceLimits } from "../../model/ports.ts";
import {
  type ApiGateway,
  type IntegrationConfig,
  type MethodConfig,
  type RestApiConfig,
  type StageConfig,
  startApiGateway,
} from "./index.ts";

const functionArn = "arn:aws:lambda:eu-central-1:123456789012:function:content";
const proxy: IntegrationConfig = {
  type: "AWS_PROXY",
  uri: `arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/${functionArn}/invocations`,
  timeoutMs: 29_000,
};
const method = (resourcePath: string, httpMethod: string, changed: Partial<MethodConfig> = {}): MethodConfig => ({
  resourceId: `id of ${resourcePath}`,
  resourcePath,
  httpMethod,
  authorization: "NONE",
  apiKeyRequired: false,
  integration: proxy,
  ...changed,
});
const api: RestApiConfig = {
  id: "a1b2c3d4e5",
  name: "content-api",
  executionArn: "arn:aws:execute-api:eu-central-1:123456789012:a1b2c3d4e5",
  binaryMediaTypes: [],
  methods: [method("/process", "POST")],
  stages: [
    { name: "live", deploymentId: "dep1", variables: {}, accessLog: undefined, detailedMetrics: false, throttles: [] },
  ],
};
const host = "a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com";
const roleArn = "arn:aws:iam::123456789012:role/api-logs";

const client = new Agent();
let gateway: ApiGateway | undefined;
afterEach(() => gateway?.close());

interface Given {
  readonly outcome?: InvokeOutcome | "never";
  readonly answer?: unknown;
  readonly apis?: readonly RestApiConfig[];
  readonly cloudwatchRoleArn?: string;
  readonly fault?: FaultAction;
  readonly limits?: ServiceLimits;
}

async function front(given: Given = {}) {
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

describe("a proxy integration", () => {
  it("that calls Lambda by anything but POST is a 500, and the function is not invoked", async () => {
    const methods = [method("/process", "POST", { integration: { ...proxy, httpMethod: "GET" } })];
    const { send, invoked } = await front({ apis: [{ ...api, methods }] });
    expect(await send("/live/process", { body: "{}" })).toMatchObject({
      status: 500,
      body: '{"message":"Internal server error"}',
    });
    expect(invoked).toEqual([]);
  });

  it("gets the event of API Gateway, from the API's own ARN", async () => {
    const { send, invoked } = await front();
    await send("/live/process?a=1%202&b=3&b=4", {
      headers: { "Content-Type": "application/json", "X-List": ["p", "q"], "user-agent": "test" },
      body: '{"id":"1"}',
    });
    expect(invoked[0]?.arn).toBe(functionArn);
    expect(invoked[0]?.by).toEqual({
      kind: "service",
      service: "apigateway.amazonaws.com",
      sourceArn: `${api.executionArn}/live/POST/process`,
      sourceAccount: "123456789012",
    });
    expect(invoked[0]?.event).toMatchObject({
      resource: "/process",
      path: "/process",
      httpMethod: "POST",
      headers: {
        "Content-Type": "application/json",
        "X-List": "q",
        "X-Forwarded-Proto": "https",
        "X-Forwarded-Port": "443",
        "X-Forwarded-For": "203.0.113.10",
      },
      multiValueHeaders: { "X-List": ["p", "q"] },
      queryStringParameters: { a: "1 2", b: "4" },
      multiValueQueryStringParameters: { a: ["1 2"], b: ["3", "4"] },
      pathParameters: null,
      stageVariables: null,
      requestContext: {
        resourcePath: "/process",
        path: "/live/process",
        accountId: "123456789012",
        stage: "live",
        domainName: host,
        domainPrefix: "a1b2c3d4e5",
        apiId: "a1b2c3d4e5",
        identity: { sourceIp: "203.0.113.10", userAgent: "test" },
      },
      body: '{"id":"1"}',
      isBase64Encoded: false,
    });
  });

  it("gets null for a query and a body that are not there", async () => {
    const { send, invoked } = await front();
    await send("/live/process");
    expect(invoked[0]?.event).toMatchObject({
      queryStringParameters: null,
      multiValueQueryStringParameters: null,
      body: null,
      isBase64Encoded: false,
    });
  });

  it("answers the client, with API Gateway's own headers", async () => {
    const { send } = await front({
      answer: {
        statusCode: 201,
        headers: { "X-Own": "1", Server: "mine" },
        multiValueHeaders: { "set-cookie": ["a=1", "b=2"] },
        body: "{}",
      },
    });
    expect(await send("/live/process")).toMatchObject({
      status: 201,
      body: "{}",
      headers: {
        "content-type": "application/json",
        "x-own": "1",
        "x-amzn-remapped-server": "mine",
        "set-cookie": ["a=1", "b=2"],
        "x-amzn-requestid": expect.stringMatching(/^[0-9a-f-]{36}$/),
        "x-amz-apigw-id": expect.stringMatching(/=$/),
        "x-amzn-trace-id": expect.stringMatching(/^Root=1-/),
      },
    });
  });

  it("exchanges binary bodies where the API has such media types", async () => {
    const { send, invoked } = await front({
      apis: [{ ...api, binaryMediaTypes: ["image/*"] }],
      answer: { statusCode: 200, isBase64Encoded: true, body: "d2VsbA==" },
    });
    expect(
      (
        await send("/live/process", {
          headers: { "content-type": "image/png", accept: "image/png" },
          body: Buffer.from("body"),
        })
      ).body,
    ).toBe("well");
    expect(invoked[0]?.event).toMatchObject({ isBase64Encoded: true, body: "Ym9keQ==" });
    expect(
      (await send("/live/process", { headers: { "content-type": "text/plain", accept: "text/plain" }, body: "body" }))
        .body,
    ).toBe("d2VsbA==");
  });

  it.each([
    [
      "an error of the function",
      { kind: "failed", errorType: "Error", errorMessage: "no", payload: "{}", durationMs: 1 },
      502,
    ],
    ["its time-out", { kind: "timed-out", durationMs: 1 }, 502],
    ["an answer that is no object", { kind: "answered", payload: '"well"', durationMs: 1 }, 502],
    [
      "an answer with another field",
      { kind: "answered", payload: '{"statusCode":200,"message":"well"}', durationMs: 1 },
      502,
    ],
    [
      "an answer whose body is no text",
      { kind: "answered", payload: '{"statusCode":200,"body":{}}', durationMs: 1 },
      502,
    ],
    ["a missing permission", { kind: "denied", reason: "no" }, 500],
    ["an absent function", { kind: "not-found" }, 500],
    ["throttling", { kind: "throttled" }, 500],
  ] as const)("ends after %s in %s's internal server error", async (_what, outcome, status) => {
    const { send, ports } = await front({ outcome });
    expect(await send("/live/process")).toMatchObject({
      status,
      body: '{"message":"Internal server error"}',
      headers: { "x-amzn-errortype": "InternalServerErrorException" },
    });
    expect(ports.sum("5XXError", { ApiName: "content-api" })).toBe(1);
  });

  it("is given up after its time-out with 504", async () => {
    const methods = [method("/process", "POST", { integration: { ...proxy, timeoutMs: 20 } })];
    const { send } = await front({ outcome: "never", apis: [{ ...api, methods }] });
    expect(await send("/live/process")).toMatchObject({
      status: 504,
      body: '{"message":"Endpoint request timed out"}',
    });
  });

  it.each(["AWS", "MOCK", "HTTP_PROXY"])("is not one of type %s: that is an honest, counted 500", async (type) => {
    const { send, ports } = await front({
      apis: [{ ...api, methods: [method("/process", "POST", { integration: { ...proxy, type } })] }],
    });
    expect((await send("/live/process")).status).toBe(500);
    expect(ports.unimplemented.counts()).toEqual([
      { service: "apigateway", operation: `integration ${type}`, count: 1 },
    ]);
  });
});

describe("a route", () => {
  const methods = [
    method("/items", "GET"),
    method("/items/{id}", "GET"),
    method("/items/special", "GET"),
    method("/items/{id}/parts/{part}", "ANY"),
    method("/files/{proxy+}", "ANY"),
    method("/", "GET"),
  ];

  it.each([
    ["/live/items", "/items", null],
    ["/live/items/", "/items", null],
    ["/live/items/special", "/items/special", null],
    ["/live/items/a%2Fb", "/items/{id}", { id: "a/b" }],
    ["/live/items/1/parts/2", "/items/{id}/parts/{part}", { id: "1", part: "2" }],
    ["/live/files/a/b%20c", "/files/{proxy+}", { proxy: "a/b c" }],
    ["/live", "/", null],
    ["/live/", "/", null],
  ])("leads %s to %s", async (path, resource, pathParameters) => {
    const { send, invoked } = await front({ apis: [{ ...api, methods }] });
    expect((await send(path, { method: "GET" })).status).toBe(200);
    expect(invoked[0]?.event).toMatchObject({ resource, pathParameters });
  });

  it.each([["/live/absent"], ["/live/files"], ["/live/items/1/parts"]])(
    "is missing for GET %s: 403 as AWS words it",
    async (path) => {
      const { send, ports } = await front({ apis: [{ ...api, methods }] });
      expect(await send(path, { method: "GET" })).toMatchObject({
        status: 403,
        body: '{"message":"Missing Authentication Token"}',
        headers: { "x-amzn-errortype": "MissingAuthenticationTokenException" },
      });
      expect(ports.sum("4XXError", { ApiName: "content-api", Stage: "live" })).toBe(1);
    },
  );

  it("is missing for another method, and forbidden for another stage", async () => {
    const { send } = await front({ apis: [{ ...api, methods }] });
    expect((await send("/live/items", { method: "PUT" })).status).toBe(403);
    expect(await send("/test/items", { method: "GET" })).toMatchObject({
      status: 403,
      body: '{"message":"Forbidden"}',
    });
  });

  it("belongs to the API that the Host header names, where there are several", async () => {
    const other = { ...api, id: "zzzzzzzzzz", methods: [method("/other", "POST")] };
    const { send } = await front({ apis: [api, other] });
    expect((await send("/live/other", { headers: { host: host.replace(api.id, other.id) } })).status).toBe(200);
    expect((await send("/live/other")).body).toBe('{"message":"Missing Authentication Token"}');
    expect((await send("/live/other", { headers: { host: "localhost" } })).body).toBe('{"message":"Forbidden"}');
  });

  it("takes its function from a stage variable", async () => {
    const uri = (proxy.uri ?? "").replace(
      functionArn,
      ["arn:aws:lambda:eu-central-1:123456789012:function:$", "{stageVariables.fn}"].join(""),
    );
    const stages = api.stages.map((stage) => ({ ...stage, variables: { fn: "chosen" } }));
    const { send, invoked } = await front({
      apis: [{ ...api, stages, methods: [method("/process", "POST", { integration: { ...proxy, uri } })] }],
    });
    await send("/live/process");
    expect(invoked[0]).toMatchObject({
      arn: "arn:aws:lambda:eu-central-1:123456789012:function:chosen",
      event: { stageVariables: { fn: "chosen" } },
    });
  });
});

describe("who may call", () => {
  it("is nobody without a signature where IAM authorizes", async () => {
    const { send, invoked } = await front({
      apis: [{ ...api, methods: [method("/process", "POST", { authorization: "AWS_IAM" })] }],
    });
    expect(await send("/live/process")).toMatchObject({
      status: 403,
      body: '{"message":"Missing Authentication Token"}',
    });
    expect(invoked).toEqual([]);
  });

  it("is nobody without a key where one is required", async () => {
    const { send } = await front({
      apis: [{ ...api, methods: [method("/process", "POST", { apiKeyRequired: true })] }],
    });
    expect(await send("/live/process")).toMatchObject({ status: 403, body: '{"message":"Forbidden"}' });
  });

  it("is not known where an authorizer would decide: a counted 500", async () => {
    const { send, ports } = await front({
      apis: [{ ...api, methods: [method("/process", "POST", { authorization: "CUSTOM" })] }],
    });
    expect((await send("/live/process")).status).toBe(500);
    expect(ports.unimplemented.counts()).toHaveLength(1);
  });
});

describe("a request's traces", () => {
  const format =
    '{"id":"$context.requestId","status":"$context.status","path":"$context.resourcePath","ip":"$context.identity.sourceIp","length":"$context.responseLength","none":"$context.authorizer.principalId"}';
  const logged = {
    ...api,
    stages: api.stages.map((stage) => ({
      ...stage,
      accessLog: { destinationArn: "arn:aws:logs:eu-central-1:123456789012:log-group:/aws/api/access", format },
    })),
  };

  it("are a line in the stage's own format, written as the account's role", async () => {
    const { send, ports } = await front({ apis: [logged], cloudwatchRoleArn: roleArn });
    const { headers } = await send("/live/process");
    expect(ports.written).toMatchObject([{ groupName: "/aws/api/access", writer: { kind: "role", roleArn } }]);
    expect(JSON.parse(ports.messages()[0] ?? "")).toEqual({
      id: headers["x-amzn-requestid"],
      status: "200",
      path: "/process",
      ip: "203.0.113.10",
      length: "11",
      none: "-",
    });
  });

  it("are a line for what is refused, too", async () => {
    const { send, ports } = await front({ apis: [logged], cloudwatchRoleArn: roleArn });
    await send("/live/absent");
    expect(JSON.parse(ports.messages()[0] ?? "")).toMatchObject({ status: "403", path: "-" });
  });

  it("are no line at all without the account's role", async () => {
    const { send, ports } = await front({ apis: [logged] });
    expect((await send("/live/process")).status).toBe(200);
    expect(ports.written).toEqual([]);
  });

  it("are counts and latencies by API and stage, and by method where asked", async () => {
    const stages = api.stages.map((stage) => ({ ...stage, detailedMetrics: true }));
    const { send, ports } = await front({ apis: [{ ...api, stages }] });
    await send("/live/process");
    for (const dimensions of [
      { ApiName: "content-api" },
      { ApiName: "content-api", Stage: "live" },
      { ApiName: "content-api", Stage: "live", Resource: "/process", Method: "POST" },
    ]) {
      expect(ports.sum("Count", dimensions)).toBe(1);
      expect(ports.sum("5XXError", dimensions)).toBe(0);
    }
    expect(ports.samples.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["Latency", "IntegrationLatency", "4XXError"]),
    );
  });
});

describe("what is planted for a request", () => {
  it("cuts it, fails it, throttles it or doubles it", async () => {
    const dropping = await front({ fault: { kind: "drop" } });
    await expect(dropping.send("/live/process")).rejects.toThrow(/other side closed|ECONNRESET|socket/);
    expect(dropping.invoked).toEqual([]);
    await gateway?.close();
    expect((await (await front({ fault: { kind: "error", code: "502" } })).send("/live/process")).status).toBe(502);
    await gateway?.close();
    expect((await (await front({ fault: { kind: "throttle" } })).send("/live/process")).status).toBe(429);
    await gateway?.close();
    const doubling = await front({ fault: { kind: "duplicate" } });
    expect((await doubling.send("/live/process")).status).toBe(200);
    expect(doubling.invoked).toHaveLength(2);
  });
});

describe("a request beyond what a stage takes", () => {
  const throttledApi = (throttles: StageConfig["throttles"], methods = api.methods): RestApiConfig => ({
    ...api,
    methods,
    stages: api.stages.map((stage) => ({ ...stage, throttles })),
  });
  /** On a clock that stands still, so that what passes is what a bucket holds. */
  const limited = (apis: readonly RestApiConfig[], apiBurst = 5000) =>
    front({
      apis,
      limits: createServiceLimits(
        { tables: [], functions: [] },
        { apiRequestsPerSecond: 10, apiBurst },
        new ManualClock(),
      ),
    });
  const all = (burst: number) => [{ methodPath: "*/*", requestsPerSecond: 1, burst }];
  async function statuses(send: Awaited<ReturnType<typeof front>>["send"], paths: readonly string[]) {
    const answers = [];
    for (const path of paths) answers.push((await send(path)).status);
    return answers;
  }
  const times = (count: number, path: string) => Array.from({ length: count }, () => path);

  it("is answered 429 with API Gateway's words, and is not handed on", async () => {
    const { send, invoked, ports } = await limited([throttledApi(all(2))]);
    expect(await statuses(send, times(2, "/live/process"))).toEqual([200, 200]);
    const refused = await send("/live/process");
    expect(refused).toMatchObject({ status: 429, body: '{"message":"Too Many Requests"}' });
    expect(refused.headers["x-amzn-errortype"]).toBe("TooManyRequestsException");
    expect(invoked).toHaveLength(2);
    const ofStage = { ApiName: "content-api", Stage: "live" };
    expect(ports.sum("Count", ofStage)).toBe(3);
    expect(ports.sum("4XXError", ofStage)).toBe(1);
    expect(ports.sum("5XXError", ofStage)).toBe(0);
  });

  it("counts for its method alone", async () => {
    const { send } = await limited([throttledApi(all(1), [method("/process", "POST"), method("/other", "POST")])]);
    const paths = ["/live/process", "/live/other", "/live/process", "/live/other"];
    expect(await statuses(send, paths)).toEqual([200, 200, 429, 429]);
  });

  it("counts by the method's own settings where it has some", async () => {
    const own = { methodPath: "process/POST", requestsPerSecond: 1, burst: 3 };
    const { send } = await limited([throttledApi([...all(1), own])]);
    expect(await statuses(send, times(4, "/live/process"))).toEqual([200, 200, 200, 429]);
  });

  it("counts against the account whatever the API, the stage and the method", async () => {
    const other = { ...api, id: "z9y8x7w6v5" };
    const { send } = await limited([api, other], 3);
    const hosts = [api.id, other.id, api.id, other.id].map((id) => `${id}.execute-api.eu-central-1.amazonaws.com`);
    const answers = [];
    for (const name of hosts) answers.push((await send("/live/process", { headers: { host: name } })).status);
    expect(answers).toEqual([200, 200, 200, 429]);
  });
});
