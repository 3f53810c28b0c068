import { describe, expect, test } from "vitest";
import { MAX_EVENT_SIZE_BYTES } from "../shared/limits.ts";
import { parseBody } from "./parse-body.ts";

const parse = (value: unknown) => parseBody({ kind: "text", text: JSON.stringify(value) });
const events = (count: number) => Array.from({ length: count }, (_, index) => ({ id: `e${index}` }));
/** An event whose JSON has exactly this many bytes. */
const eventOf = (sizeBytes: number) => ({ id: "e", text: "x".repeat(sizeBytes - '{"id":"e","text":""}'.length) });

describe("a request body", () => {
  test("is one event", () => {
    expect(parse({ id: "a", n: [1] })).toEqual({ kind: "events", events: [{ id: "a", json: '{"id":"a","n":[1]}' }] });
  });

  test("is a batch, in its order, the same id twice included", () => {
    expect(parse({ events: [{ id: "b" }, { id: "a" }, { id: "b", n: 2 }] })).toEqual({
      kind: "events",
      events: [
        { id: "b", json: '{"id":"b"}' },
        { id: "a", json: '{"id":"a"}' },
        { id: "b", json: '{"id":"b","n":2}' },
      ],
    });
  });

  test("is one event where it has an id, whatever other fields it has", () => {
    expect(parse({ id: "a", events: [] })).toMatchObject({ events: [{ id: "a" }] });
  });

  test("may reach the limits", () => {
    expect(parse({ events: events(500) }).kind).toBe("events");
    expect(parse(eventOf(MAX_EVENT_SIZE_BYTES)).kind).toBe("events");
  });

  test.each([
    [[], "body: expected a JSON object"],
    ["text", "body: expected a JSON object"],
    [{}, "body.id: expected a non-empty string"],
    [{ events: {} }, "events: expected an array"],
    [{ events: [] }, "events: empty, expected 1 to 500 events"],
    [{ events: events(501) }, "events: 501 events, at most 500 are allowed"],
    [{ events: [{ id: "a" }, { id: 1 }] }, "events[1].id: expected a non-empty string"],
    [eventOf(MAX_EVENT_SIZE_BYTES + 1), "body: 393217 bytes, at most 393216 are allowed"],
  ])("is refused with the field and the reason (case %#)", (value, reason) => {
    expect(parse(value)).toEqual({ kind: "invalid", reason });
  });

  test("is refused when it is no JSON or no text", () => {
    expect(parseBody({ kind: "text", text: "" })).toMatchObject({
      reason: "body: not JSON: Unexpected end of JSON input",
    });
    expect(parseBody({ kind: "not-utf8" })).toEqual({ kind: "invalid", reason: "body: not UTF-8 text" });
  });
});
