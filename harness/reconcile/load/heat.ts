import type { LatencyHistogram } from "../../model/latency-histogram.ts";
import type { LatencyHeat } from "../../model/load-report.ts";

/** Upper bounds of the rows: 1, 2, 5 of each power of ten, from 0.5 ms to the hour that a histogram ends at. */
const BOUNDS_MS = [
  0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 3_700_000,
];

/** Gathers how many requests of each second took how long. Seconds come in order; those that are left out were empty. */
export class HeatRows {
  readonly #counts: number[][] = [];
  #firstSecond: number | undefined;
  #highestRow = 0;

  add(second: number, latencies: LatencyHistogram): void {
    this.#firstSecond ??= second;
    const counts = BOUNDS_MS.map(() => 0);
    let row = 0;
    latencies.forEachBucket((_, count, highestMs) => {
      while (row < BOUNDS_MS.length - 1 && highestMs > (BOUNDS_MS[row] ?? 0)) row += 1;
      counts[row] = (counts[row] ?? 0) + count;
      this.#highestRow = Math.max(this.#highestRow, row);
    });
    for (let empty = this.#counts.length; empty < second - this.#firstSecond; empty += 1) this.#counts.push([]);
    this.#counts.push(counts);
  }

  /** Rows above the slowest request are left out. */
  result(): LatencyHeat {
    const boundsMs = BOUNDS_MS.slice(0, this.#counts.length === 0 ? 0 : this.#highestRow + 1);
    return {
      startMs: (this.#firstSecond ?? 0) * 1000,
      boundsMs,
      counts: this.#counts.map((row) => boundsMs.map((_, index) => row[index] ?? 0)),
    };
  }
}
