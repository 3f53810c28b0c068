import { describe, expect, it } from "vitest";
import { parseCount, parseDurationMs, parseRate, parseUsd } from "./option-values.ts";

describe("the units of the load command", () => {
  it.each([
    ["2500/s", 2500],
    ["2500", 2500],
    ["0.5/sec", 0.5],
    ["150000/min", 2500],
  ])("reads the rate %s as %d events a second", (text, rate) => expect(parseRate(text)).toBe(rate));

  it.each([
    ["90s", 90_000],
    ["90", 90_000],
    ["5m", 300_000],
    ["1.5 min".replace(" ", ""), 90_000],
    ["500ms", 500],
    ["1h", 3_600_000],
  ])("reads the duration %s as %d ms", (text, durationMs) => expect(parseDurationMs(text)).toBe(durationMs));

  it.each(["", "0/s", "-1", "10/hour", "fast", "1e9x"])("refuses the rate %j", (text) => {
    expect(() => parseRate(text)).toThrow("It must look like 2500/s");
  });

  it.each(["", "0s", "-1s", "10 parsecs"])("refuses the duration %j", (text) => {
    expect(() => parseDurationMs(text)).toThrow("It must look like 90s");
  });

  it("reads counts and sums of dollars, and nothing like them", () => {
    expect(parseCount("8")).toBe(8);
    expect(parseUsd("$2.50")).toBe(2.5);
    for (const text of ["0", "1.5", "x"]) expect(() => parseCount(text)).toThrow();
    for (const text of ["0", "free"]) expect(() => parseUsd(text)).toThrow();
  });
});
