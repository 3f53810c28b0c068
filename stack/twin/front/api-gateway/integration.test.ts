import { describe, expect, it } from "vitest";
import { api, front, functionArn, host, method, proxy } from "./testing/served-api.ts";

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
