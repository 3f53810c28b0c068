import { expect, test } from "vitest";
import { requiredVariable } from "./environment.ts";

test("a required variable is its value, or an error that names it", () => {
  expect(requiredVariable({ STREAM_NAME: "events" }, "STREAM_NAME")).toBe("events");
  expect(() => requiredVariable({}, "STREAM_NAME")).toThrow("STREAM_NAME");
  expect(() => requiredVariable({ STREAM_NAME: "" }, "STREAM_NAME")).toThrow("STREAM_NAME");
});
