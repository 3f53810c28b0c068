import { describe, expect, it } from "vitest";
import { api, closeFront, front, roleArn } from "./testing/served-api.ts";

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
    await closeFront();
    expect((await (await front({ fault: { kind: "error", code: "502" } })).send("/live/process")).status).toBe(502);
    await closeFront();
    expect((await (await front({ fault: { kind: "throttle" } })).send("/live/process")).status).toBe(429);
    await closeFront();
    const doubling = await front({ fault: { kind: "duplicate" } });
    expect((await doubling.send("/live/process")).status).toBe(200);
    expect(doubling.invoked).toHaveLength(2);
  });
});
