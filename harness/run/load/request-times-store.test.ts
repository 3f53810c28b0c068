import { describe, expect, it } from "vitest";
import { RequestTimesStore } from "./request-times-store.ts";

const times = (rows: readonly (readonly [request: number, sentMs: number, doneMs: number, acked: 0 | 1])[]) => ({
  request: Float64Array.from(rows, ([request]) => request),
  sentMs: Float64Array.from(rows, ([, sentMs]) => sentMs),
  doneMs: Float64Array.from(rows, ([, , doneMs]) => doneMs),
  acked: Uint8Array.from(rows, ([, , , acked]) => acked),
});

describe("the times of requests", () => {
  it("are those of every event that the request carried", () => {
    const store = new RequestTimesStore(3);
    store.add(times([[1, 10, 15, 1]]));
    for (const sequence of [3, 4, 5]) expect(store.timesOf(sequence)).toEqual({ sentMs: 10, ackedMs: 15 });
    expect(store.timesOf(2)).toBeUndefined();
    expect(store.timesOf(6)).toBeUndefined();
  });

  it("are none for what was not acked", () => {
    const store = new RequestTimesStore(1);
    store.add(times([[0, 10, 15, 0]]));
    expect(store.timesOf(0)).toBeUndefined();
  });

  it("keep what was there when there are more than there was room for", () => {
    const store = new RequestTimesStore(1);
    store.add(times([[0, 1, 2, 1]]));
    store.add(times([[100_000, 3, 4, 1]]));
    expect(store.timesOf(0)).toEqual({ sentMs: 1, ackedMs: 2 });
    expect(store.timesOf(100_000)).toEqual({ sentMs: 3, ackedMs: 4 });
    expect(store.timesOf(99_999)).toBeUndefined();
  });
});
