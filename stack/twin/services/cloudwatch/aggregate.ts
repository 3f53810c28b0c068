/** Each bucket of the sketch is 2% wider than the one before, so that a percentile is right within 1%. */
const BUCKET_GROWTH = 1.02;
const BUCKET_SCALE = 1 / Math.log(BUCKET_GROWTH);

/** What CloudWatch keeps of the samples of one period: enough for every statistic, not the samples. */
export class Aggregate {
  sum = 0;
  sampleCount = 0;
  minimum = Number.POSITIVE_INFINITY;
  maximum = Number.NEGATIVE_INFINITY;
  /** Sample counts by logarithmic bucket, for percentiles. */
  readonly #buckets = new Map<number, number>();

  add(value: number, count = 1): void {
    this.sum += value * count;
    this.sampleCount += count;
    if (value < this.minimum) this.minimum = value;
    if (value > this.maximum) this.maximum = value;
    const bucket = bucketOf(value);
    this.#buckets.set(bucket, (this.#buckets.get(bucket) ?? 0) + count);
  }

  /** A set of samples of which only the statistics are known (PutMetricData's StatisticValues): it has no percentiles. */
  addStatistics(set: { sum: number; sampleCount: number; minimum: number; maximum: number }): void {
    this.sum += set.sum;
    this.sampleCount += set.sampleCount;
    this.minimum = Math.min(this.minimum, set.minimum);
    this.maximum = Math.max(this.maximum, set.maximum);
  }

  merge(other: Aggregate): void {
    this.addStatistics(other);
    for (const [bucket, count] of other.#buckets) this.#buckets.set(bucket, (this.#buckets.get(bucket) ?? 0) + count);
  }

  /** The value below which `percent` of the samples lie, or undefined where the samples themselves are not known. */
  percentile(percent: number): number | undefined {
    let known = 0;
    for (const count of this.#buckets.values()) known += count;
    if (known === 0 || known < this.sampleCount) return undefined;
    const rank = (percent / 100) * known;
    let seen = 0;
    for (const bucket of [...this.#buckets.keys()].sort((a, b) => a - b)) {
      seen += this.#buckets.get(bucket) ?? 0;
      if (seen >= rank) return Math.min(this.maximum, Math.max(this.minimum, middleOf(bucket)));
    }
    return this.maximum;
  }
}

/** Zero and what is nearly zero share bucket 0; negative values mirror the positive ones. */
function bucketOf(value: number): number {
  const magnitude = Math.abs(value);
  if (magnitude < 1e-6) return 0;
  const bucket = Math.max(1, Math.round(Math.log(magnitude * 1e6) * BUCKET_SCALE) + 1);
  return value > 0 ? bucket : -bucket;
}

function middleOf(bucket: number): number {
  if (bucket === 0) return 0;
  const magnitude = Math.exp((Math.abs(bucket) - 1) / BUCKET_SCALE) / 1e6;
  return bucket > 0 ? magnitude : -magnitude;
}
