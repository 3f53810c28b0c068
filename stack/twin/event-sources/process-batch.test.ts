import { describe, expect, it } from "vitest";
import { leapingClock } from "../lambda/testing/leaping-clock.ts";
import type { BatchOutcome } from "./batch-outcome.ts";
import { type BatchRules, processBatch } from "./process-batch.ts";
import { recordsOf } from "./testing/test-stream.ts";

const rules: BatchRules = {
  bisectBatchOnFunctionError: false,
  reportBatchItemFailures: false,
  maximumRetryAttempts: -1,
  maximumRecordAgeSeconds: -1,
};
const nowMs = 1_700_000_000_000;

/** Works through the keys' batch with a function that decides by the keys it gets. */
async function work(
  keys: string,
  judge: (keys: string, invocation: number) => BatchOutcome,
  changed: Partial<BatchRules> = {},
  ageMs = 0,
) {
  const clock = leapingClock(nowMs);
  const invocations: string[] = [];
  const discarded: string[] = [];
  const conditions: unknown[] = [];
  await processBatch(
    recordsOf([...keys], nowMs - ageMs),
    { ...rules, ...changed },
    {
      clock,
      signal: new AbortController().signal,
      invoke: async (records) => {
        const text = records.map(({ partitionKey }) => partitionKey).join("");
        invocations.push(text);
        return judge(text, invocations.length);
      },
      discard: (records, condition) => {
        discarded.push(records.map(({ partitionKey }) => partitionKey).join(""));
        conditions.push(condition);
      },
    },
  );
  return { invocations, discarded, conditions, waits: clock.waits };
}

const processed: BatchOutcome = { kind: "processed" };
const failed: BatchOutcome = { kind: "failed-from", index: 0 };

describe("a batch", () => {
  it("that is processed goes once", async () => {
    expect(await work("abc", () => processed)).toEqual({
      invocations: ["abc"],
      discarded: [],
      conditions: [],
      waits: [],
    });
  });

  it("that fails is repeated as it is, later and later, and blocks until it passes", async () => {
    const worked = await work("abc", (_keys, invocation) => (invocation < 5 ? failed : processed));
    expect(worked).toEqual({
      invocations: Array(5).fill("abc"),
      discarded: [],
      conditions: [],
      waits: [200, 400, 800, 1600],
    });
  });

  it("is given up after the maximum retry attempts", async () => {
    const worked = await work("abc", () => failed, { maximumRetryAttempts: 2 });
    expect(worked).toMatchObject({ invocations: ["abc", "abc", "abc"], discarded: ["abc"] });
  });

  it("is given up when its records are too old", async () => {
    const worked = await work("abc", () => failed, { maximumRecordAgeSeconds: 60 }, 59_500);
    expect(worked).toEqual({
      invocations: ["abc", "abc"],
      discarded: ["abc"],
      conditions: ["RecordAgeExceeded"],
      waits: [200, 400],
    });
  });

  it("is repeated from its checkpoint, which starts the count of attempts again", async () => {
    const judge = (_keys: string, invocation: number): BatchOutcome =>
      invocation === 2 ? { kind: "failed-from", index: 2 } : failed;
    const worked = await work("abcd", judge, { reportBatchItemFailures: true, maximumRetryAttempts: 2 });
    expect(worked).toMatchObject({ invocations: ["abcd", "abcd", "cd", "cd"], discarded: ["cd"] });
  });

  it("is halved down to its poison record, which alone is given up", async () => {
    const judge = (keys: string): BatchOutcome => (keys.includes("c") ? failed : processed);
    const worked = await work("abcd", judge, { bisectBatchOnFunctionError: true, maximumRetryAttempts: 1 });
    expect(worked).toMatchObject({ invocations: ["abcd", "ab", "cd", "c", "c", "d"], discarded: ["c"] });
  });

  it("that is throttled waits without using up an attempt", async () => {
    const worked = await work("ab", (_keys, invocation) => (invocation < 4 ? { kind: "not-run" } : processed), {
      maximumRetryAttempts: 0,
    });
    expect(worked).toEqual({ invocations: Array(4).fill("ab"), discarded: [], conditions: [], waits: [200, 400, 800] });
  });
});
