import { expect, test } from "vitest";
import { ManualClock } from "../clock/testing/manual-clock.ts";
import { createDeadline } from "./deadline.ts";

const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

function parts() {
  const clock = new ManualClock();
  const closing = new AbortController();
  const over: string[] = [];
  let waits = 0;
  const counted = {
    nowMs: () => clock.nowMs(),
    wait: (durationMs: number, signal: AbortSignal) => {
      waits += 1;
      return clock.wait(durationMs, signal);
    },
  };
  const deadline = createDeadline(counted, closing.signal);
  const pass = async (durationMs: number) => {
    clock.advance(durationMs);
    await settle();
  };
  return {
    deadline,
    over,
    pass,
    closing,
    waits: () => waits,
    set: (ms: number, name: string) => deadline.set(ms, () => void over.push(name)),
  };
}

test("what is not cleared in time is over, once", async () => {
  const { set, pass, over } = parts();
  set(100, "first");
  await pass(99);
  expect(over).toEqual([]);
  await pass(1);
  await pass(1000);
  expect(over).toEqual(["first"]);
});

test("what is cleared, or set again, counts from then", async () => {
  const { set, deadline, pass, over } = parts();
  set(100, "cleared");
  deadline.clear();
  await pass(60);
  set(100, "late");
  await pass(99);
  expect(over).toEqual([]);
  await pass(1);
  expect(over).toEqual(["late"]);
});

test("a shorter time than the one before ends first", async () => {
  const { set, deadline, pass, over } = parts();
  set(10_000, "init");
  deadline.clear();
  set(50, "short");
  await pass(50);
  expect(over).toEqual(["short"]);
  set(20_000, "next");
  await pass(9_950);
  expect(over).toEqual(["short"]);
  await pass(10_050);
  expect(over).toEqual(["short", "next"]);
});

test("many in a row need one wait", async () => {
  const { set, deadline, waits } = parts();
  for (let index = 0; index < 1000; index += 1) {
    set(100, "none");
    deadline.clear();
  }
  expect(waits()).toBe(1);
});

test("nothing is over once it is closed", async () => {
  const { set, pass, closing, over } = parts();
  set(100, "never");
  closing.abort();
  await settle();
  await pass(1000);
  expect(over).toEqual([]);
});
