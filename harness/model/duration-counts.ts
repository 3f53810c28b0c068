import { build, encodeIntoCompressedBase64 } from "hdr-histogram-js";
import { BUCKETS, bucketOf, HIGHEST_US, lowestOf } from "./latency-buckets.ts";

/**
 * Counts durations into the buckets of an HdrHistogram by two shifts, several times faster than recording each; the histogram itself is
 * filled once, bucket by bucket, when it is encoded.
 */
export class DurationCounts {
  readonly #counts = new Uint32Array(BUCKETS);
  readonly #histogram = build({
    bitBucketSize: 32,
    autoResize: false,
    lowestDiscernibleValue: 1,
    highestTrackableValue: HIGHEST_US,
    numberOfSignificantValueDigits: 3,
  });
  #highest = -1;

  /** Durations below zero count as zero, above an hour as an hour. */
  add(durationMs: number, times = 1): void {
    const bucket = bucketOf(Math.min(HIGHEST_US, Math.max(0, Math.round(durationMs * 1000))));
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + times;
    if (bucket > this.#highest) this.#highest = bucket;
  }

  /** What was counted since the last time as text (V2, compressed, base64); the empty text where nothing was. */
  takeEncoded(): string {
    if (this.#highest < 0) return "";
    for (let bucket = 0; bucket <= this.#highest; bucket += 1) {
      const count = this.#counts[bucket] ?? 0;
      if (count > 0) this.#histogram.recordValueWithCount(lowestOf(bucket), count);
    }
    const text = encodeIntoCompressedBase64(this.#histogram);
    this.#counts.fill(0, 0, this.#highest + 1);
    this.#highest = -1;
    this.#histogram.reset();
    return text;
  }
}
