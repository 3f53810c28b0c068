import { describe, expect, it } from "vitest";
import { createFakeClock } from "../model/testing/fake-clock.ts";
import { createServiceCall } from "./service-call.ts";

function awsError(name: string, httpStatusCode: number): Error {
  return Object.assign(new Error(name), { name, $metadata: { httpStatusCode } });
}

function create({ graceMs = 0, signal = new AbortController().signal, lastsMs = 10_000 } = {}) {
  const clock = createFakeClock();
  const deadlineMs = clock.nowMs() + lastsMs;
  return { clock, deadlineMs, call: createServiceCall({ clock, random: () => 0, signal, deadlineMs, graceMs }) };
}

/** Fails so often, then answers. */
function failing(times: number, error: Error) {
  const seen = { attempts: 0 };
  const send = async () => {
    seen.attempts += 1;
    if (seen.attempts <= times) throw error;
    return "answer";
  };
  return { seen, send };
}

describe("a service call", () => {
  it("gives what the service answers", async () => {
    const { call } = create();
    expect(await call("iam:GetRole", async () => "answer")).toEqual({ kind: "answered", output: "answer" });
  });

  it("is repeated while it is throttled", async () => {
    const { call } = create();
    const { send, seen } = failing(3, awsError("ThrottlingException", 400));
    expect(await call("iam:GetRole", send)).toEqual({ kind: "answered", output: "answer" });
    expect(seen.attempts).toBe(4);
  });

  it("ends at once where the failure is definite", async () => {
    const { call } = create();
    const { send, seen } = failing(1, awsError("ValidationError", 400));
    expect(await call("iam:GetRole", send)).toEqual({
      kind: "failed",
      error: { code: "ValidationError", message: "ValidationError", operation: "iam:GetRole" },
    });
    expect(seen.attempts).toBe(1);
  });

  it("waits for a permission for the grace that is left since the beginning, not anew for each call", async () => {
    const { call, clock } = create({ graceMs: 1_000 });
    const denied = awsError("AccessDenied", 403);
    expect(await call("iam:GetRole", failing(2, denied).send)).toMatchObject({ kind: "answered" });
    await clock.wait(2_000, new AbortController().signal);
    const late = failing(2, denied);
    expect(await call("iam:GetRole", late.send)).toMatchObject({ kind: "failed", error: { code: "AccessDenied" } });
    expect(late.seen.attempts).toBe(1);
  });

  it("is over at the deadline, with the last thing that went wrong", async () => {
    const { call, clock, deadlineMs } = create();
    const { send } = failing(Number.POSITIVE_INFINITY, awsError("SlowDown", 503));
    expect(await call("s3:GetBucketPolicy", send)).toMatchObject({ kind: "failed", error: { code: "SlowDown" } });
    expect(clock.nowMs()).toBeLessThanOrEqual(deadlineMs);
  });

  it.each([100, 1_500, 10_000])("is over at the deadline, %d ms away, where no answer ever comes", async (lastsMs) => {
    const { call, clock, deadlineMs } = create({ lastsMs });
    const answer = await call("s3:GetBucketPolicy", () => new Promise(() => {}));
    expect(answer).toMatchObject({ kind: "failed", error: { code: "TimeoutError", operation: "s3:GetBucketPolicy" } });
    expect(clock.nowMs()).toBeLessThanOrEqual(deadlineMs);
  });

  it("ends at once where it is interrupted", async () => {
    const control = new AbortController();
    const { call, clock, deadlineMs } = create({ signal: control.signal });
    const answer = call("iam:GetRole", () => new Promise(() => {}));
    control.abort();
    expect(await answer).toMatchObject({ kind: "failed", error: { code: "Interrupted" } });
    expect(clock.nowMs()).toBeLessThan(deadlineMs);
  });
});
