import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SettledQueue } from "./awaited-load.ts";

describe("the queue of settled sequences", () => {
  it("hands out each once, in the order in which they were settled", () => {
    const queue = new SettledQueue();
    queue.settle(5, 8, 100);
    queue.settle(0, 3, 100);
    expect(queue.take(4, 100)).toEqual([5, 6, 7, 0]);
    expect(queue.left()).toBe(2);
    expect(queue.take(4, 100)).toEqual([1, 2]);
    expect(queue.take(4, 100)).toEqual([]);
  });

  it("keeps back what was settled too short a time ago", () => {
    const queue = new SettledQueue();
    queue.settle(0, 2, 100);
    queue.settle(2, 4, 200);
    expect(queue.take(10, 199)).toEqual([0, 1]);
    expect(queue.take(10, 200)).toEqual([2, 3]);
  });

  it("has ended when it is told so, though some are left", () => {
    const queue = new SettledQueue();
    queue.settle(0, 2, 100);
    expect(queue.ended()).toBe(false);
    queue.end();
    expect([queue.ended(), queue.left()]).toEqual([true, 2]);
  });

  it("loses none and invents none, whatever the order of settling and taking", () => {
    const step = fc.oneof(fc.record({ add: fc.nat(50) }), fc.record({ take: fc.nat(70) }));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 3_000 }), (steps) => {
        const queue = new SettledQueue();
        const taken: number[] = [];
        let settled = 0;
        for (const [atMs, each] of steps.entries()) {
          if ("add" in each) {
            queue.settle(settled, settled + each.add, Math.floor(atMs / 3));
            settled += each.add;
          } else taken.push(...queue.take(each.take, atMs));
          expect(queue.left()).toBe(settled - taken.length);
        }
        taken.push(...queue.take(settled, Number.POSITIVE_INFINITY));
        expect(taken).toEqual(Array.from({ length: settled }, (_, sequence) => sequence));
      }),
      { numRuns: 30 },
    );
  });
});
