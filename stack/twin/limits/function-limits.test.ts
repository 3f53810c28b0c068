import { describe, expect, test } from "vitest";
import { ManualClock } from "../clock/testing/manual-clock.ts";
import { createFunctionLimits, type Reservation } from "./function-limits.ts";

const unreserved = (functionName: string): Reservation => ({ functionName, reservedConcurrency: undefined });

function functions(configs: readonly Reservation[], accountConcurrency = 1000) {
  const clock = new ManualClock();
  return { clock, of: createFunctionLimits(configs, { accountConcurrency, functionDurationMs: {} }, clock) };
}

const begun = (times: number, begin: () => boolean) => Array.from({ length: times }, begin).filter(Boolean).length;

describe("a function with reserved concurrency", () => {
  test("runs so often at the same time, and again when one has ended", () => {
    const { of } = functions([{ functionName: "a", reservedConcurrency: 3 }]);
    const a = of("a");
    expect(begun(10, () => a.begin("synchronous"))).toBe(3);
    a.end();
    expect(begun(10, () => a.begin("synchronous"))).toBe(1);
  });

  test("takes 10 requests a second for each, however quick it is; asynchronous events are not counted", () => {
    const { of, clock } = functions([{ functionName: "a", reservedConcurrency: 3 }]);
    const a = of("a");
    const quick = (kind: "synchronous" | "asynchronous") => () => {
      const hasBegun = a.begin(kind);
      if (hasBegun) a.end();
      return hasBegun;
    };
    expect(begun(100, quick("synchronous"))).toBe(30);
    expect(begun(100, quick("asynchronous"))).toBe(100);
    clock.advance(500);
    expect(begun(100, quick("synchronous"))).toBe(15);
  });

  test("never runs where 0 is reserved", () => {
    const { of } = functions([{ functionName: "a", reservedConcurrency: 0 }]);
    expect(of("a").begin("asynchronous")).toBe(false);
  });
});

describe("functions without", () => {
  test("share what the others have not reserved", () => {
    const { of } = functions([unreserved("a"), unreserved("b"), { functionName: "c", reservedConcurrency: 4 }], 10);
    expect(begun(4, () => of("a").begin("synchronous"))).toBe(4);
    expect(begun(10, () => of("b").begin("synchronous"))).toBe(2);
    expect(begun(10, () => of("c").begin("synchronous"))).toBe(4);
    expect(of("a").executions()).toEqual({ ofFunction: 4, ofAccount: 10, unreserved: 6 });
    expect(of("c").executions()).toEqual({ ofFunction: 4, ofAccount: 10, unreserved: undefined });
  });

  test("grow by 1,000 environments every 10 s, each on its own", () => {
    const { of, clock } = functions([unreserved("a"), unreserved("b")], 5000);
    const a = of("a");
    expect(begun(3000, () => a.begin("asynchronous"))).toBe(1000);
    expect(begun(3000, () => of("b").begin("asynchronous"))).toBe(1000);
    clock.advance(5000);
    expect(begun(3000, () => a.begin("asynchronous"))).toBe(500);
  });

  test("use their environments again before they grow", () => {
    const { of } = functions([unreserved("a")], 5000);
    const a = of("a");
    begun(1000, () => a.begin("asynchronous"));
    a.end();
    expect(begun(2, () => a.begin("asynchronous"))).toBe(1);
  });
});
