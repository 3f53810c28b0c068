/**
 * The buckets of every histogram of a journal, as an HdrHistogram of microseconds with 3 digits has them: one for each of the lowest
 * 2,048 µs, then 1,024 for each doubling.
 */

/** The most that they hold: 1 h. */
export const HIGHEST_US = 3_600_000_000;

const HALF = 1_024;

/** The bucket of a whole number of microseconds from 0 to `HIGHEST_US`. */
export function bucketOf(microseconds: number): number {
  if (microseconds < 2 * HALF) return microseconds;
  const doublings = 21 - Math.clz32(microseconds);
  return doublings * HALF + (microseconds >>> doublings);
}

/** The lowest microseconds of a bucket. */
export function lowestOf(bucket: number): number {
  if (bucket < 2 * HALF) return bucket;
  const doublings = Math.floor(bucket / HALF) - 1;
  return (bucket - doublings * HALF) * 2 ** doublings;
}

export const BUCKETS = bucketOf(HIGHEST_US) + 1;
