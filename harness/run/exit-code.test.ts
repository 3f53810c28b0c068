import { describe, expect, it } from "vitest";
import { passing, report } from "../model/testing/reports.ts";
import { exitCodeOf } from "./exit-code.ts";

const of = (verdict: "pass" | "unknown" | "fail", interrupted: boolean) => {
  const made = report([passing()], verdict);
  return { ...made, run: { ...made.run, interrupted } };
};

describe("the exit code of a run", () => {
  it.each([
    ["pass", 0],
    ["fail", 1],
    ["unknown", 2],
  ] as const)("is its verdict where it had the time it needed: %s", (verdict, exitCode) => {
    expect(exitCodeOf(of(verdict, false), false)).toBe(exitCode);
  });

  it("is unknown where its time was up before it saw everything, even if all that it saw passed", () => {
    expect(exitCodeOf(of("pass", true), true)).toBe(2);
    expect(exitCodeOf(of("unknown", true), true)).toBe(2);
  });

  it("is a failure where something had failed before its time was up", () => {
    expect(exitCodeOf(of("fail", true), true)).toBe(1);
  });

  it("is interrupted where somebody stopped it, whatever it had seen", () => {
    expect(exitCodeOf(of("fail", true), false)).toBe(130);
  });
});
