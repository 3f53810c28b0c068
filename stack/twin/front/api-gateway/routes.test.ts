import { describe, expect, it } from "vitest";
import type { RequestValidator } from "./rest-api-config.ts";
import { api, front, functionArn, host, method, proxy } from "./testing/served-api.ts";

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

describe("an API whose default endpoint is disabled", () => {
  it("is forbidden at that endpoint, whatever is asked of it", async () => {
    const { send, invoked } = await front({ apis: [{ ...api, isDefaultEndpointDisabled: true }] });
    expect(await send("/live/process")).toMatchObject({ status: 403, body: '{"message":"Forbidden"}' });
    expect(invoked).toEqual([]);
  });
});

describe("a request validator", () => {
  const requiredParameters = [
    "method.request.querystring.page",
    "method.request.header.X-Kind",
    "method.request.path.id",
  ];
  const validated = (validator: RequestValidator) => [
    { ...api, methods: [method("/items/{id}", "POST", { validator, requiredParameters })] },
  ];
  const ofParameters = { validatesParameters: true, validatesBody: false };

  it("lets a request pass that has every required parameter", async () => {
    const { send } = await front({ apis: validated(ofParameters) });
    expect((await send("/live/items/1?page=2", { headers: { "x-kind": "new" } })).status).toBe(200);
  });

  it("refuses one in which any is missing or blank with 400, and names them", async () => {
    const { send, invoked } = await front({ apis: validated(ofParameters) });
    expect(await send("/live/items/1?page=")).toMatchObject({
      status: 400,
      body: '{"message":"Missing required request parameters: [page, X-Kind]"}',
      headers: { "x-amzn-errortype": "BadRequestException" },
    });
    expect(invoked).toEqual([]);
  });

  it("sees the length of a body", async () => {
    const methods = [
      method("/process", "POST", {
        validator: ofParameters,
        requiredParameters: ["method.request.header.Content-Length"],
      }),
    ];
    const { send } = await front({ apis: [{ ...api, methods }] });
    expect((await send("/live/process", { body: "{}" })).status).toBe(200);
    expect((await send("/live/process")).status).toBe(400);
  });

  it("that checks bodies alone asks for no parameter; that no model is looked at is counted", async () => {
    const { send, ports } = await front({ apis: validated({ validatesParameters: false, validatesBody: true }) });
    expect((await send("/live/items/1")).status).toBe(200);
    expect(ports.unimplemented.counts()).toHaveLength(1);
  });
});
