import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Point, thin } from "./thin.ts";

const series = fc
  .array(fc.option(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { freq: 10 }), { maxLength: 3000 })
  .map((values): Point[] => values.map((value, index) => [index, value]));
const most = fc.integer({ min: 8, max: 600 });
const values = (points: readonly Point[]): number[] => points.flatMap(([, y]) => (y === null ? [] : [y]));

describe("a thinned line", () => {
  it("has no more points than asked for, all of them real, in their order, from the first to the last", () => {
    fc.assert(
      fc.property(series, most, (points, limit) => {
        const kept = thin(points, limit);
        expect(kept.length).toBeLessThanOrEqual(limit);
        expect(points.filter((point) => kept.includes(point))).toEqual(kept);
        expect([kept[0], kept.at(-1)]).toEqual([points[0], points.at(-1)]);
      }),
    );
  });

  it("keeps the highest and the lowest value", () => {
    fc.assert(
      fc.property(series, most, (points, limit) => {
        const [all, kept] = [values(points), values(thin(points, limit))];
        expect([Math.min(...kept), Math.max(...kept)]).toEqual([Math.min(...all), Math.max(...all)]);
      }),
    );
  });

  it("keeps a peak of one second and a gap wherever they stand", () => {
    const points = Array.from({ length: 3600 }, (_, x): Point => [x, x === 1234 ? 900 : x === 2500 ? null : 5]);
    const kept = thin(points, 600);
    expect(kept).toContainEqual([1234, 900]);
    expect(kept).toContainEqual([2500, null]);
    expect(kept.length).toBeLessThanOrEqual(600);
  });

  it("is the line itself where it is short enough", () => {
    const points: Point[] = [
      [0, 1],
      [1, null],
      [2, 3],
    ];
    expect(thin(points, 3)).toBe(points);
  });
});
