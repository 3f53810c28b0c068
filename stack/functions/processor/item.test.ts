import { describe, expect, test } from "vitest";
import { MAX_EVENT_SIZE_BYTES } from "../shared/limits.ts";
import { eventItem, itemSizeBytes, MAX_ITEM_SIZE_BYTES } from "./item.ts";

const record = {
  id: "a",
  payload: '{"id":"a"}',
  shardId: "shardId-000000000000",
  sequenceNumber: "4959",
  partitionKey: "a",
  approximateArrivalMs: 1_795_312_740_123,
};

describe("the item of a record", () => {
  test("holds the event, its place in the stream and its times", () => {
    expect(eventItem(record, 1_795_312_741_000)).toEqual({
      id: { S: "a" },
      payload: { S: '{"id":"a"}' },
      shard_id: { S: "shardId-000000000000" },
      sequence_number: { S: "4959" },
      partition_key: { S: "a" },
      approximate_arrival_ms: { N: "1795312740123" },
      written_at_ms: { N: "1795312741000" },
      expires_at: { N: "1795917540" },
    });
  });

  test("is the same again at another time, but for the time of the write", () => {
    const { written_at_ms: _first, ...first } = eventItem(record, 1);
    const { written_at_ms: _second, ...second } = eventItem(record, 999_999_999);
    expect(second).toEqual(first);
  });

  test("fits into the table for every event that ingest takes", () => {
    const longest = "€".repeat(256);
    const largest = { ...record, id: longest, partitionKey: longest, payload: "x".repeat(MAX_EVENT_SIZE_BYTES) };
    expect(itemSizeBytes(eventItem({ ...largest, sequenceNumber: "4".repeat(128) }, 1))).toBeLessThan(
      MAX_ITEM_SIZE_BYTES,
    );
  });

  test("counts names and UTF-8 bytes", () => {
    const sizeOf = (payload: string) => itemSizeBytes(eventItem({ ...record, payload }, 1));
    expect(sizeOf("€€") - sizeOf("")).toBe(6);
    expect(sizeOf("")).toBe(
      "idpayloadshard_idsequence_numberpartition_keyapproximate_arrival_mswritten_at_msexpires_at".length +
        "ashardId-0000000000004959a".length +
        3 * 21,
    );
  });
});
