import { describe, expect, it } from "vitest";
import { both, closeFront, dnsName, front, functionArn, loadBalancer, targetGroup } from "./testing/served-alb.ts";

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

describe("what is planted for a request", () => {
  it("cuts it, fails it, throttles it or doubles it", async () => {
    const dropping = await front({ fault: { kind: "drop" } });
    await expect(dropping.send("/")).rejects.toThrow(/other side closed|ECONNRESET|socket/);
    expect(dropping.invoked).toEqual([]);
    await closeFront();
    expect((await (await front({ fault: { kind: "error", code: "504" } })).send("/")).status).toBe(504);
    await closeFront();
    expect((await (await front({ fault: { kind: "throttle" } })).send("/")).status).toBe(503);
    await closeFront();
    const doubling = await front({ fault: { kind: "duplicate" } });
    expect((await doubling.send("/")).status).toBe(200);
    expect(doubling.invoked).toHaveLength(2);
  });
});
