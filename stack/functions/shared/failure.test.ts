import { describe, expect, test } from "vitest";
import { failureOf } from "./failure.ts";
import { sdkError } from "./testing/fake-invocation.ts";

describe("the failure that a thrown value stands for", () => {
  test("is the service's error code and message", () => {
    const thrown = sdkError("KMSAccessDeniedException", "the key policy denies it");
    expect(failureOf(thrown)).toEqual({
      errorCode: "KMSAccessDeniedException",
      errorMessage: "the key policy denies it",
    });
  });

  test.each(["AbortError", "TimeoutError"])("is a timed-out call for %s", (name) => {
    expect(failureOf(sdkError(name, "Request aborted")).errorCode).toBe("CallTimedOut");
  });

  test("is the value itself when something other than an error was thrown", () => {
    expect(failureOf("broken")).toEqual({ errorCode: "UnknownError", errorMessage: "broken" });
  });
});
