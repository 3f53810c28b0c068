import { describe, expect, it } from "vitest";
import { both, front, loadBalancer } from "./testing/served-alb.ts";

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
