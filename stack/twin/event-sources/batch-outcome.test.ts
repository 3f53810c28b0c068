import { describe, expect, it } from "vitest";
import { batchOutcome } from "./batch-outcome.ts";
import { recordsOf } from "./testing/test-stream.ts";

const records = recordsOf(["a", "b", "c"]);
const [, second, third] = records.map(({ sequenceNumber }) => sequenceNumber);
const answered = (answer: unknown) => ({ kind: "answered", payload: JSON.stringify(answer), durationMs: 1 }) as const;
const report = (answer: unknown) => batchOutcome(answered(answer), records, true);

describe("a function's answer to a batch, with ReportBatchItemFailures", () => {
  it.each([[null], [{}], [{ batchItemFailures: null }], [{ batchItemFailures: [] }], ["some text"]])(
    "is success for %j",
    (answer) => {
      expect(report(answer)).toEqual({ kind: "processed" });
    },
  );

  it.each([[[third, second]], [[second, third]]])("is a checkpoint at the lowest sequence number of %j", (failed) => {
    expect(report({ batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) })).toEqual({
      kind: "failed-from",
      index: 1,
    });
  });

  it.each([[""], [null], [undefined], ["4711"], [17]])(
    "fails the whole batch for the item identifier %j",
    (itemIdentifier) => {
      expect(report({ batchItemFailures: [{ itemIdentifier: second }, { itemIdentifier }] })).toEqual({
        kind: "failed-from",
        index: 0,
      });
    },
  );

  it("fails the whole batch when it is no list", () => {
    expect(report({ batchItemFailures: "all" })).toEqual({ kind: "failed-from", index: 0 });
  });
});

describe("an invocation of a batch", () => {
  it("is not read at all without ReportBatchItemFailures", () => {
    expect(batchOutcome(answered({ batchItemFailures: [{ itemIdentifier: "" }] }), records, false)).toEqual({
      kind: "processed",
    });
  });

  it("fails as a whole when the function failed, timed out, is gone or denied", () => {
    for (const outcome of [
      { kind: "failed", errorType: "Error", errorMessage: "", payload: "", durationMs: 1 },
      { kind: "timed-out", durationMs: 1 },
      { kind: "not-found" },
      { kind: "denied", reason: "" },
    ] as const) {
      expect(batchOutcome(outcome, records, true)).toEqual({ kind: "failed-from", index: 0 });
    }
  });

  it("was not run when throttled", () => {
    expect(batchOutcome({ kind: "throttled" }, records, true)).toEqual({ kind: "not-run" });
  });
});
