import { describe, expect, it } from "vitest";
import { recordFilter } from "./record-filter.ts";
import { mappingConfig } from "./testing/test-mapping.ts";

const passes = (data: string, ...patterns: unknown[]) =>
  recordFilter({ ...mappingConfig, filterPatterns: patterns.map((pattern) => JSON.stringify(pattern)) })(
    "shardId-000000000000",
    {
      sequenceNumber: "1",
      partitionKey: "key-1",
      data: new TextEncoder().encode(data),
      approximateArrivalMs: 0,
    },
  );

describe("a mapping's filter", () => {
  it("lets everything through when there is none", () => {
    expect(passes("{}")).toBe(true);
  });

  it.each([
    [{ data: { kind: ["order"] } }, true],
    [{ data: { kind: ["refund"] } }, false],
    [{ data: { kind: ["refund", "order"] } }, true],
    [{ data: { kind: ["order"], size: [{ numeric: [">", 5, "<=", 10] }] } }, false],
    [{ data: { size: [{ numeric: [">=", 3] }] } }, true],
    [{ data: { tags: ["b"] } }, true],
    [{ data: { nested: { deep: [{ prefix: "val" }] } } }, true],
    [{ data: { nested: { deep: [{ suffix: "val" }] } } }, false],
    [{ data: { missing: [{ exists: false }] } }, true],
    [{ data: { kind: [{ exists: false }] } }, false],
    [{ data: { kind: [{ "anything-but": ["order"] }] } }, false],
    [{ data: { kind: [{ "equals-ignore-case": "ORDER" }] } }, true],
    [{ data: { $or: [{ kind: ["refund"] }, { size: [3] }] } }, true],
    [{ partitionKey: ["key-1"] }, true],
    [{ partitionKey: ["key-2"] }, false],
  ])("judges an order of size 3 by %j", (pattern, expected) => {
    const data = { kind: "order", size: 3, tags: ["a", "b"], nested: { deep: "value" } };
    expect(passes(JSON.stringify(data), pattern)).toBe(expected);
  });

  it("lets a record through that one of several patterns matches", () => {
    expect(passes('{"kind":"order"}', { data: { kind: ["refund"] } }, { data: { kind: ["order"] } })).toBe(true);
  });

  it("drops data that is not JSON where the pattern looks into it", () => {
    expect(passes("plain", { data: { kind: ["order"] } })).toBe(false);
    expect(passes("plain", { data: ["plain"] })).toBe(true);
  });
});
