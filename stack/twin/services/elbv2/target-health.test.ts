import { describe, expect, it } from "vitest";
import type { FunctionInvoker, InvokeOutcome, Principal } from "../../model/ports.ts";
import { snapshotState } from "../../testing/states.ts";
import { only } from "../testing/control-plane-server.ts";
import { createTargetHealthChecks } from "./target-health.ts";

const state = snapshotState();
const group = only(state.targetGroups);
const attachment = only(state.targetGroupAttachments);

/** A function that answers every health check in one way, and keeps what it was asked. */
function answering(outcome: InvokeOutcome) {
  const calls: { functionArn: string; event: unknown; invokedBy: Principal }[] = [];
  const functions: FunctionInvoker = {
    async invoke(functionArn, payload, invokedBy) {
      calls.push({ functionArn, event: JSON.parse(payload), invokedBy });
      return outcome;
    },
    invokeLater: async () => "queued",
  };
  return { functions, calls };
}

const answered = (answer: unknown, durationMs = 5): InvokeOutcome => ({
  kind: "answered",
  payload: JSON.stringify(answer),
  durationMs,
});

const check = (outcome: InvokeOutcome, changed = state) =>
  createTargetHealthChecks(changed, answering(outcome).functions).check(group.arn, attachment.target_id);

describe("the health of a function", () => {
  it("is asked for as the load balancer does: its own principal, its group, the path of the check", async () => {
    const { functions, calls } = answering(answered({ statusCode: 200 }));
    const health = await createTargetHealthChecks(state, functions).check(group.arn, attachment.target_id);
    expect(health).toEqual({ state: "healthy" });
    expect(calls).toMatchObject([
      {
        functionArn: attachment.target_id,
        event: { httpMethod: "GET", path: "/health", requestContext: { elb: { targetGroupArn: group.arn } } },
        invokedBy: { service: "elasticloadbalancing.amazonaws.com", sourceArn: group.arn },
      },
    ]);
  });

  it.each<[string, InvokeOutcome, string]>([
    ["another status code", answered({ statusCode: 500 }), "Target.ResponseCodeMismatch"],
    ["an answer that is none", answered("ok"), "Target.FailedHealthChecks"],
    ["an answer after the check's time-out", answered({ statusCode: 200 }, 31_000), "Target.Timeout"],
    ["the function's own time-out", { kind: "timed-out", durationMs: 3000 }, "Target.Timeout"],
    ["no permission to invoke", { kind: "denied", reason: "no permission" }, "Target.FailedHealthChecks"],
    ["no such function", { kind: "not-found" }, "Target.FailedHealthChecks"],
  ])("is unhealthy for %s", async (_why, outcome, reason) => {
    expect(await check(outcome)).toMatchObject({ state: "unhealthy", reason });
  });

  it("names the code that did not match", async () => {
    expect(await check(answered({ statusCode: 503 }))).toMatchObject({
      description: "Health checks failed with these codes: [503]",
    });
  });

  it.each([
    ["200-299", 204, "healthy"],
    ["200,301", 301, "healthy"],
    ["200,301", 302, "unhealthy"],
  ])("by the matcher %s and the code %i is %s", async (matcher, statusCode, expected) => {
    const health_check = group.health_check && { ...group.health_check, matcher };
    const changed = { ...state, targetGroups: [{ ...group, health_check }] };
    expect(await check(answered({ statusCode }), changed)).toMatchObject({ state: expected });
  });

  it("is not known where checks are switched off", async () => {
    const health_check = group.health_check && { ...group.health_check, enabled: false };
    const changed = { ...state, targetGroups: [{ ...group, health_check }] };
    expect(await check(answered({ statusCode: 200 }), changed)).toMatchObject({
      state: "unavailable",
      reason: "Target.HealthCheckDisabled",
    });
  });

  it("is not asked for where no listener forwards to the group", async () => {
    expect(await check(answered({ statusCode: 200 }), { ...state, listeners: [] })).toMatchObject({
      state: "unused",
      reason: "Target.NotInUse",
    });
  });
});
