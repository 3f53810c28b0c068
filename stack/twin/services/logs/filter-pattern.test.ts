import { describe, expect, test } from "vitest";
import { parseFilterPattern } from "./filter-pattern.ts";

function matches(pattern: string, message: string): boolean {
  const parsed = parseFilterPattern(pattern);
  if (parsed.kind !== "pattern") throw new Error(`${pattern}: ${parsed.kind}`);
  return parsed.matches(message);
}

describe("unstructured text", () => {
  test.each([
    ["", "anything", true],
    ["ERROR", "[ERROR 400] BAD", true],
    ["ERROR", "[error 400]", false],
    ["ERROR 400", "400 is an ERROR", true],
    ["ERROR 400", "an ERROR", false],
    ['"is bad"', "this is bad", true],
    ['"is bad"', "bad is this", false],
    ['"a \\"quoted\\" word"', 'a "quoted" word', true],
    ["ERROR -EXITING", "ERROR but staying", true],
    ["ERROR -EXITING", "ERROR: EXITING", false],
    ['-"not this"', "not this", false],
    ["?ERROR ?WARN", "WARN 1", true],
    ["?ERROR ?WARN", "INFO 1", false],
    ["ERROR ?WARN", "ERROR 1", true],
    ['"sp-20261122t0159x-alb-12"', '{"ids":["sp-20261122t0159x-alb-12"]}', true],
  ])("%s on %s is %s", (pattern, message, expected) => {
    expect(matches(pattern, message)).toBe(expected);
  });
});

describe("regular expressions", () => {
  test.each([
    ["%AUTHORIZED%", "UNAUTHORIZED", true],
    ["%^[hc]at%", "a cat", false],
    ["%sp-[a-z0-9]+-alb-[0-9]+%", "sp-x1-alb-7", true],
  ])("%s on %s is %s", (pattern, message, expected) => {
    expect(matches(pattern, message)).toBe(expected);
  });

  test("may not group, as in AWS", () => {
    expect(parseFilterPattern("%(a|b)%")).toMatchObject({ kind: "invalid" });
  });
});

describe("JSON", () => {
  const event = JSON.stringify({
    level: "error",
    code: 503,
    retry: true,
    gone: null,
    ids: ["a", "b"],
    in: { er: "x y" },
  });
  test.each([
    ['{ $.level = "error" }', true],
    ['{ $.level != "error" }', false],
    ["{ $.level = error }", true],
    ['{ $.level = "err*" }', true],
    ["{ $.level = %^err% }", true],
    ["{ $.code >= 500 && $.code < 600 }", true],
    ["{ $.code = 404 || $.retry IS TRUE }", true],
    ['{ ($.code = 404 || $.retry IS TRUE) && $.level = "info" }', false],
    ["{ $.gone IS NULL }", true],
    ["{ $.absent NOT EXISTS }", true],
    ['{ $.ids[1] = "b" }', true],
    ['{ $.ids[*] = "b" }', true],
    ['{ $.ids[0] = "b" }', false],
    ['{ $.in.er = "x y" }', true],
    ['{ $.absent = "x" }', false],
  ])("%s is %s", (pattern, expected) => {
    expect(matches(pattern, event)).toBe(expected);
  });

  test("never matches what is not JSON", () => {
    expect(matches("{ $.level NOT EXISTS }", "plain text {")).toBe(false);
  });
});

test.each(["{ $.a = }", "{ $.a = 1", '"open', "{ a = 1 }", "%open"])("%s is invalid", (pattern) => {
  expect(parseFilterPattern(pattern)).toMatchObject({ kind: "invalid" });
});

test("space-delimited patterns are not there", () => {
  expect(parseFilterPattern("[ip, user, status=404]")).toEqual({ kind: "unimplemented" });
});
