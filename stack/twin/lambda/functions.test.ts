import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createServiceLimits } from "../limits/service-limits.ts";
import { functionArn, functionWorkshop, invoker } from "./testing/test-functions.ts";
import { rememberingPorts } from "./testing/test-ports.ts";

let workshop: Awaited<ReturnType<typeof functionWorkshop>>;
beforeAll(async () => {
  workshop = await functionWorkshop();
});
afterAll(() => workshop.close());

describe("execution environments", () => {
  it("stay warm: the second invocation finds what the first left", async () => {
    const { functions, ports } = await workshop.invokeOnce("let count = 0; exports.handler = async () => ++count;");
    expect(await functions.invoke(functionArn, "{}", invoker)).toMatchObject({ payload: "2" });
    expect(ports.messages().filter((message) => message.includes("Init Duration"))).toHaveLength(1);
  });

  it("run one invocation at a time each, as many side by side as come", async () => {
    const ports = rememberingPorts();
    const functions = await workshop.subject(
      "let running = 0; exports.handler = async () => { running += 1; const most = running; await new Promise((r) => setTimeout(r, 100)); running -= 1; return most; };",
      ports,
    );
    const outcomes = await Promise.all(Array.from({ length: 4 }, () => functions.invoke(functionArn, "{}", invoker)));
    expect(outcomes.map((outcome) => (outcome.kind === "answered" ? outcome.payload : outcome.kind))).toEqual([
      "1",
      "1",
      "1",
      "1",
    ]);
    expect(
      Math.max(...ports.samples.filter(({ name }) => name === "ConcurrentExecutions").map(({ value }) => value)),
    ).toBe(4);
  });

  it("are no more than the reserved concurrency: what is beyond is throttled", async () => {
    const ports = rememberingPorts();
    const functions = await workshop.subject("exports.handler = async () => {};", ports, { reservedConcurrency: 2 });
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => functions.invoke(functionArn, "{}", invoker)));
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual([
      "answered",
      "answered",
      "throttled",
      "throttled",
      "throttled",
    ]);
    expect(ports.sum("Throttles", { FunctionName: "subject" })).toBe(3);
    expect(ports.sum("Invocations", { FunctionName: "subject" })).toBe(2);
  });

  it("last as long as is planted for them, and count as taken for so long", async () => {
    const ports = rememberingPorts();
    const functions = [{ functionName: "subject", reservedConcurrency: 1 }];
    const limits = createServiceLimits(
      { tables: [], functions },
      { functionDurationMs: { subject: 400 } },
      ports.clock,
    );
    const subject = await workshop.subject("exports.handler = async () => {};", { ...ports, limits });
    const first = subject.invoke(functionArn, "{}", invoker);
    expect(await subject.invoke(functionArn, "{}", invoker)).toEqual({ kind: "throttled" });
    expect(await first).toEqual({ kind: "answered", payload: "null", durationMs: 400 });
    expect(ports.sum("Duration", { FunctionName: "subject" })).toBe(400);
    expect(ports.messages().join("")).toContain("Duration: 400.00 ms");
    expect((await subject.invoke(functionArn, "{}", invoker)).kind).toBe("answered");
  });

  it("never come to be with reserved concurrency 0", async () => {
    const { outcome } = await workshop.invokeOnce("exports.handler = async () => {};", {}, { reservedConcurrency: 0 });
    expect(outcome).toEqual({ kind: "throttled" });
  });
});

describe("who may invoke", () => {
  it("is decided by the authorizer, with the caller's source", async () => {
    const ports = rememberingPorts();
    const asked: unknown[] = [];
    const authorizer = {
      decide: (request: unknown) => {
        asked.push(request);
        return { allowed: false, reason: "no permission" } as const;
      },
    };
    const functions = await workshop.subject("exports.handler = async () => {};", { ...ports, authorizer });
    expect(await functions.invoke(functionArn, "{}", invoker)).toEqual({ kind: "denied", reason: "no permission" });
    expect(await functions.invokeLater(functionArn, "{}", invoker)).toBe("denied");
    expect(asked[0]).toEqual({
      principal: invoker,
      action: "lambda:InvokeFunction",
      resourceArn: functionArn,
      context: { "aws:SourceArn": invoker.sourceArn, "aws:SourceAccount": "123456789012" },
    });
    await functions.invoke(`${functionArn}:live`, "{}", invoker);
    expect(asked.at(-1)).toMatchObject({ resourceArn: `${functionArn}:live` });
    expect(ports.sum("Invocations", { FunctionName: "subject" })).toBe(0);
  });

  it("is everyone for no function at all: it is not found", async () => {
    const { functions } = await workshop.invokeOnce("exports.handler = async () => {};");
    expect(await functions.invoke("arn:aws:lambda:eu-central-1:123456789012:function:absent", "{}", invoker)).toEqual({
      kind: "not-found",
    });
  });
});
