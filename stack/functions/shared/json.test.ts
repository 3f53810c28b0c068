import { describe, expect, test } from "vitest";
import { parseJson } from "./json.ts";

describe("parsing JSON", () => {
  test("answers the value", () => {
    expect(parseJson('{"a":[1]}')).toEqual({ kind: "json", value: { a: [1] } });
  });

  test.each([
    ["hunter2", "Unexpected token 'h'"],
    ['{"a":', "Unexpected end of JSON input"],
    ["", "Unexpected end of JSON input"],
    ['{"secret":"hunter2" "b":1}', "at position 20"],
  ])("names what is wrong in %j and does not quote the text", (text, reason) => {
    expect(parseJson(text)).toEqual({ kind: "not-json", reason });
  });
});
