import type { Aggregate } from "./aggregate.ts";

/** Reads one statistic off an aggregate; undefined where it cannot be known. */
export type Statistic = (aggregate: Aggregate) => number | undefined;

const plain: Readonly<Record<string, Statistic>> = {
  Sum: ({ sum }) => sum,
  SampleCount: ({ sampleCount }) => sampleCount,
  Average: ({ sum, sampleCount }) => sum / sampleCount,
  Minimum: ({ minimum }) => minimum,
  Maximum: ({ maximum }) => maximum,
};

/**
 * The statistic of that name, or undefined where there is none: Sum, SampleCount, Average, Minimum, Maximum, p0 to
 * p100. Trimmed means and percentile ranks (tm, wm, tc, ts, pr, iqm) are not there.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html
 */
export function statisticNamed(name: string): Statistic | undefined {
  if (Object.hasOwn(plain, name)) return plain[name];
  const percent = /^p(\d{1,3}(?:\.\d{1,10})?)$/.exec(name)?.[1];
  if (percent === undefined || Number(percent) > 100) return undefined;
  return (aggregate) => aggregate.percentile(Number(percent));
}
