import { expect, it } from "vitest";
import { functionNameOf } from "./function-name.ts";

it.each([
  ["arn:aws:lambda:eu-central-1:123456789012:function:subject", "subject"],
  ["arn:aws:lambda:eu-central-1:123456789012:function:subject:live", "subject"],
  ["subject", "subject"],
  ["subject:$LATEST", "subject"],
])("a function's name is read from %s", (text, name) => {
  expect(functionNameOf(text)).toBe(name);
});
