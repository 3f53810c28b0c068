import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type SendTimes, ShardOrder } from "./shard-order.ts";

/** Judges records in this order at once. */
function overtakenIn(order: readonly number[], times: ReadonlyMap<number, SendTimes>): number[] {
  const shard = new ShardOrder();
  for (const sequence of order) shard.arrived(sequence);
  return shard.judge((sequence) => times.get(sequence), true).map(({ sequence }) => sequence);
}

const times = (...entries: readonly [sequence: number, sentMs: number, ackedMs: number][]) =>
  new Map(entries.map(([sequence, sentMs, ackedMs]) => [sequence, { sentMs, ackedMs }]));

describe("an event in its shard", () => {
  it("was overtaken where one stands before it that was sent when it had been acked", () => {
    const shard = new ShardOrder();
    const known = times([1, 0, 10], [2, 20, 30]);
    shard.arrived(2);
    shard.arrived(1);
    expect(shard.judge((sequence) => known.get(sequence), true)).toEqual([{ sequence: 1, by: 2, afterMs: 10 }]);
  });

  it("was not overtaken by one that was sent before its answer had come, whatever their order", () => {
    expect(overtakenIn([2, 1], times([1, 0, 10], [2, 9, 30]))).toEqual([]);
    expect(overtakenIn([2, 1], times([1, 0, 10], [2, 10, 30]))).toEqual([]);
  });

  it("was not overtaken by one that stands behind it", () => {
    expect(overtakenIn([1, 2], times([1, 0, 10], [2, 20, 30]))).toEqual([]);
  });

  it("is one of several that the same event overtook", () => {
    expect(overtakenIn([3, 1, 2], times([1, 0, 10], [2, 0, 10], [3, 20, 30]))).toEqual([1, 2]);
  });

  it("whose request was never acked proves nothing and hides nothing", () => {
    expect(overtakenIn([9, 2, 8, 1], times([1, 0, 10], [2, 20, 30]))).toEqual([1]);
  });

  it("is judged when its times are known, and those behind it wait for it", () => {
    const shard = new ShardOrder();
    const known = times([2, 20, 30]);
    for (const sequence of [2, 1, 3]) shard.arrived(sequence);
    expect(shard.judge((sequence) => known.get(sequence), false)).toEqual([]);
    known.set(3, { sentMs: 1, ackedMs: 2 });
    expect(shard.judge((sequence) => known.get(sequence), false)).toEqual([]);
    known.set(1, { sentMs: 0, ackedMs: 10 });
    expect(shard.judge((sequence) => known.get(sequence), false).map(({ sequence }) => sequence)).toEqual([1, 3]);
    expect(shard.judge((sequence) => known.get(sequence), true)).toEqual([]);
  });

  it("is judged as by looking at each pair of records", () => {
    const event = fc.record({ sentMs: fc.nat(100), takesMs: fc.nat(30), isAcked: fc.boolean() });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), (events) => {
        const acked = new Map(
          events.flatMap(({ sentMs, takesMs, isAcked }, sequence) =>
            isAcked ? [[sequence, { sentMs, ackedMs: sentMs + takesMs }] as const] : [],
          ),
        );
        const order = events.map((_, sequence) => sequence);
        const expected = order.filter((sequence) =>
          order.slice(0, sequence).some((earlier) => {
            const [own, other] = [acked.get(sequence), acked.get(earlier)];
            return own !== undefined && other !== undefined && other.sentMs > own.ackedMs;
          }),
        );
        expect(overtakenIn(order, acked)).toEqual(expected);
      }),
    );
  });
});
