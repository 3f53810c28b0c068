import { describe, expect, it } from "vitest";
import { fits, matchesGlob, patternOf } from "./wildcard.ts";

describe("matchesGlob", () => {
  it.each([
    ["event.lost", "event.lost", true],
    ["event.lost", "event.*", true],
    ["event.lost", "*", true],
    ["event.lost", "*.lost", true],
    ["event.lost", "e?ent.lost", true],
    ["event.lost", "event.lost*", true],
    ["event.lost", "event", false],
    ["event.lost", "event.l?st?", false],
    ["event.lost", "", false],
    ["event.lost", "eventXlost", false],
    ["eventXlost", "event.lost", false],
    ["", "*", true],
    ["abab", "*ab", true],
    ["aXbXc", "a*b*c", true],
  ])("%j against %j is %j", (text, glob, matches) => {
    expect(matchesGlob(text, glob)).toBe(matches);
  });

  it("is not led into an endless search by many stars", () => {
    expect(matchesGlob("a".repeat(200), `${"*a".repeat(50)}b`)).toBe(false);
  });
});

describe("a pattern", () => {
  it("holds stars and question marks as text next to those that stand for other characters", () => {
    const pattern = `*?${patternOf("*")}`;
    expect(fits(pattern, "*?anything")).toBe(true);
    expect(fits(pattern, "xyanything")).toBe(false);
  });
});
