import { describe, expect, it } from "vitest";
import { outcomeOfFailure, outcomeOfStatus } from "./outcome.ts";

describe("the outcome of a request", () => {
  it("is told by the class of its status, but for time-outs and throttling", () => {
    const kinds = Object.fromEntries(
      [100, 200, 299, 301, 400, 403, 408, 418, 429, 499, 500, 502, 503, 504, 599].map((status) => {
        const outcome = outcomeOfStatus(status, "");
        return [status, outcome.kind === "unknown" ? outcome.reason : outcome.kind];
      }),
    );
    expect(kinds).toEqual({
      100: "unexpected-status",
      200: "acked",
      299: "acked",
      301: "unexpected-status",
      400: "rejected",
      403: "rejected",
      408: "timeout",
      418: "rejected",
      429: "throttled",
      499: "rejected",
      500: "server-error",
      502: "server-error",
      503: "throttled",
      504: "server-error",
      599: "server-error",
    });
  });

  it.each([
    ["a reset connection", failure("read ECONNRESET", { code: "ECONNRESET" }), "connection"],
    [
      "a reset connection, in the SDK's words",
      failure("socket hang up", { code: "ECONNRESET", name: "TimeoutError" }),
      "connection",
    ],
    ["a host that does not answer", failure("connect ETIMEDOUT", { code: "ETIMEDOUT" }), "timeout"],
    ["a connection that took too long", failure("Connect Timeout", { code: "UND_ERR_CONNECT_TIMEOUT" }), "timeout"],
    ["the SDK's own time limit", failure("too long", { name: "TimeoutError" }), "timeout"],
    ["an answer that is no HTTP", failure("Parse Error", { code: "HPE_INVALID_CONSTANT" }), "connection"],
    ["something that is no error", "gone", "connection"],
  ])("is not known after %s", (_, error, reason) => {
    expect(outcomeOfFailure(error)).toMatchObject({ kind: "unknown", reason, status: null });
  });

  it("keeps what broke a request, with its code", () => {
    expect(outcomeOfFailure(failure("read ECONNRESET", { code: "ECONNRESET" }))).toHaveProperty(
      "answer",
      "ECONNRESET: read ECONNRESET",
    );
  });
});

function failure(message: string, more: { code?: string; name?: string }): Error {
  return Object.assign(new Error(message), more);
}
