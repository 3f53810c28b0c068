import { describe, expect, test } from "vitest";
import { decodeRecord } from "./decode-record.ts";

const base64 = (bytes: string | Uint8Array) => Buffer.from(bytes).toString("base64");
const source = (changes: object = {}) => ({
  eventID: "shardId-000000000003:4959",
  kinesis: {
    sequenceNumber: "4959",
    partitionKey: "key",
    data: base64('{"id":"ä","n":1.0}'),
    approximateArrivalTimestamp: 1795312740.123,
    ...changes,
  },
});

describe("a record of the stream", () => {
  test("is decoded to its event, with the JSON as received and where it came from", () => {
    expect(decodeRecord(source())).toEqual({
      kind: "decoded",
      record: {
        id: "ä",
        payload: '{"id":"ä","n":1.0}',
        shardId: "shardId-000000000003",
        sequenceNumber: "4959",
        partitionKey: "key",
        approximateArrivalMs: 1795312740123,
      },
    });
  });

  test.each([
    [{ data: undefined }, "data: expected base64 text"],
    [{ data: "" }, "data: not JSON: Unexpected end of JSON input"],
    [{ data: base64(new Uint8Array([0x22, 0xff, 0x22])) }, "data: not UTF-8 text"],
    [{ data: base64("{") }, "data: not JSON: at position 1"],
    [{ data: base64("[]") }, "data: expected a JSON object"],
    [{ data: base64('{"id":""}') }, "data.id: expected a non-empty string"],
    [{ partitionKey: undefined }, "partitionKey: expected a string"],
    [{ approximateArrivalTimestamp: "now" }, "approximateArrivalTimestamp: expected a number of seconds"],
  ])("cannot be decoded with %j, and the reason names the field", (changes, reason) => {
    expect(decodeRecord(source(changes))).toEqual({ kind: "undecodable", reason });
  });
});
