import { describe, expect, it } from "vitest";
import { backlogGrowth } from "./backlog.ts";
import { buildLoadLedgers } from "./build-load-ledger.ts";
import { sortEvents } from "./load-counts.ts";
import { measureLoad } from "./measure-load.ts";
import { type Course, LoadHistory } from "./testing/load-history.ts";

function growthOf(rate: number, seconds: number, course: Course, change = (history: LoadHistory) => history) {
  const history = change(new LoadHistory().phase(rate, seconds, course));
  const [ledger] = buildLoadLedgers(history.start(), history.finish());
  if (ledger === undefined) throw new Error("no ledger");
  const [phase] = measureLoad(ledger).phases;
  if (phase === undefined) throw new Error("no phase");
  const { awaited, fates } = sortEvents(ledger);
  return backlogGrowth(ledger, phase, awaited, fates.unaccounted.count === 0);
}

/** A consumer that takes so many a second: each event waits for those before it. */
const consumer = (rate: number, takes: number): Course => ({ sinkMs: (ms) => 100 + ms * (rate / takes - 1) });

describe("the growth of the backlog", () => {
  it.each([
    [100, 95],
    [100, 80],
    [400, 390],
  ])("is what %i/s leave over of a consumer that takes %i/s", (rate, takes) => {
    const growth = growthOf(rate, 10, consumer(rate, takes));
    expect(growth?.perSecond).toBeGreaterThan((rate - takes) * 0.9);
    expect(growth?.perSecond).toBeLessThan((rate - takes) * 1.1);
  });

  it("is none where the consumer keeps up, lost events or not", () => {
    for (const growth of [
      growthOf(100, 10, { sinkMs: () => 700 }),
      growthOf(100, 10, {}, (history) => history.lose(...Array.from({ length: 500 }, (_, index) => index * 2))),
    ])
      expect(Math.abs(growth?.perSecond ?? 99)).toBeLessThan(1);
  });

  it("is none at a few events a second, wherever the texts of what arrived begin and end", () => {
    for (let length = 3; length < 8; length += 1)
      expect(Math.abs(growthOf(10, length, { sinkMs: (ms) => 50 + (ms % 300) })?.perSecond ?? 99)).toBeLessThan(0.3);
  });

  it("is not known where nothing was seen", () => {
    expect(growthOf(100, 10, {}, (history) => history.leaveOpen(...Array(1000).keys()))).toBeNull();
  });

  it("takes nothing for backlog that the observers had no time to tell of", () => {
    const unseen = Array.from({ length: 300 }, (_, index) => 700 + index);
    const growth = growthOf(100, 10, {}, (history) => history.leaveOpen(...unseen));
    expect(Math.abs(growth?.perSecond ?? 0)).toBeLessThan(1);
  });
});
