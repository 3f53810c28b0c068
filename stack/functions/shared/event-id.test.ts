import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { identifyEvent, MAX_ID_LENGTH } from "./event-id.ts";

describe("the id of an event", () => {
  test("is any well-formed text of 1 to 256 characters", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 1, maxLength: 32 }), (id) => {
        fc.pre(id.length <= MAX_ID_LENGTH);
        expect(identifyEvent({ id, n: 1 }, "body")).toEqual({ kind: "event", id, event: { id, n: 1 } });
      }),
    );
    expect(identifyEvent({ id: "x".repeat(256) }, "body").kind).toBe("event");
  });

  test.each([
    [null, "events[3]: expected a JSON object"],
    [[], "events[3]: expected a JSON object"],
    [{}, "events[3].id: expected a non-empty string"],
    [{ id: "" }, "events[3].id: expected a non-empty string"],
    [{ id: 7 }, "events[3].id: expected a non-empty string"],
    [{ id: "x".repeat(257) }, "events[3].id: 257 characters, at most 256 are allowed"],
    [{ id: "a\ud800b" }, "events[3].id: not well-formed Unicode"],
  ])("is missing from %j", (value, reason) => {
    expect(identifyEvent(value, "events[3]")).toEqual({ kind: "invalid", reason });
  });
});
