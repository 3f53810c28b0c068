import { build, encodeIntoCompressedBase64 } from "hdr-histogram-js";

/** Most that the histograms hold: 1 h in microseconds. */
const HIGHEST_US = 3_600_000_000;
/** 3 significant digits take 2,048 steps of 1 µs, then 1,024 for each doubling. */
const HALF_STEPS = 1_024;

/**
 * Counts durations into the buckets of an HdrHistogram of microseconds (1 µs to 1 h, 3 digits) by two shifts, several times faster than
 * recording each; the histogram itself is filled once, bucket by bucket, when it is encoded.
 */
export class DurationCounts {
  readonly #counts = new Uint32Array(bucketOf(HIGHEST_US) + 1);
  readonly #histogram = build({
    bitBucketSize: 32,
    autoResize: false,
    lowestDiscernibleValue: 1,
    highestTrackableValue: HIGHEST_US,
    numberOfSignificantValueDigits: 3,
  });
  #highest = -1;

  /** Durations below zero count as zero, above an hour as an hour. */
  add(durationMs: number): void {
    const bucket = bucketOf(Math.min(HIGHEST_US, Math.max(0, Math.round(durationMs * 1000))));
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1;
    if (bucket > this.#highest) this.#highest = bucket;
  }

  /** The histogram as text (V2, compressed, base64), and begins anew. */
  takeEncoded(): string {
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

function bucketOf(microseconds: number): number {
  if (microseconds < 2 * HALF_STEPS) return microseconds;
  const doublings = 21 - Math.clz32(microseconds);
  return doublings * HALF_STEPS + (microseconds >>> doublings);
}

/** The lowest duration of a bucket, in microseconds. */
function lowestOf(bucket: number): number {
  if (bucket < 2 * HALF_STEPS) return bucket;
  const doublings = Math.floor(bucket / HALF_STEPS) - 1;
  return (bucket - doublings * HALF_STEPS) * 2 ** doublings;
}
