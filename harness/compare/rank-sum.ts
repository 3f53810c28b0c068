/** A measured value and how often it was measured. */
export interface Counted {
  readonly value: number;
  readonly count: number;
}

/** What a rank-sum test says of two samples. */
export type RankSum =
  | { readonly kind: "too-few" }
  | {
      readonly kind: "tested";
      /** Probability of a difference at least as large if the two came from the same distribution. */
      readonly pValue: number;
      /** Probability that a value of the second sample is larger than one of the first, ties counting half. */
      readonly superiority: number;
    };

/** Below this the normal approximation of the test does not hold. */
const LEAST_SAMPLES = 8;

/**
 * The Mann-Whitney U test, two-sided, with the normal approximation corrected for ties and for continuity. It asks whether values of
 * one sample tend to be larger, makes no assumption of their distribution, and so fits latencies
 * (H. B. Mann, D. R. Whitney, Annals of Mathematical Statistics 18, 1947).
 */
export function rankSum(first: readonly Counted[], second: readonly Counted[]): RankSum {
  const [m, n] = [countOf(first), countOf(second)];
  if (m < LEAST_SAMPLES || n < LEAST_SAMPLES) return { kind: "too-few" };
  const values = merge(first, second);
  let ranked = 0;
  let rankSumOfSecond = 0;
  let ties = 0;
  for (const { inFirst, inSecond } of values) {
    const tied = inFirst + inSecond;
    rankSumOfSecond += inSecond * (ranked + (tied + 1) / 2);
    ties += tied ** 3 - tied;
    ranked += tied;
  }
  const u = rankSumOfSecond - (n * (n + 1)) / 2;
  const mean = (m * n) / 2;
  const size = m + n;
  const deviation = Math.sqrt(((m * n) / 12) * (size + 1 - ties / (size * (size - 1))));
  const distance = Math.max(0, Math.abs(u - mean) - 0.5);
  const pValue = deviation === 0 ? 1 : Math.min(1, 2 * upperTail(distance / deviation));
  return { kind: "tested", pValue, superiority: u / (m * n) };
}

/** How many values a sample has. */
export function countOf(sample: readonly Counted[]): number {
  return sample.reduce((sum, { count }) => sum + count, 0);
}

function merge(first: readonly Counted[], second: readonly Counted[]) {
  const counts = new Map<number, { inFirst: number; inSecond: number }>();
  const at = (value: number) => {
    const known = counts.get(value) ?? { inFirst: 0, inSecond: 0 };
    counts.set(value, known);
    return known;
  };
  for (const { value, count } of first) at(value).inFirst += count;
  for (const { value, count } of second) at(value).inSecond += count;
  return [...counts].sort(([left], [right]) => left - right).map(([, both]) => both);
}

/**
 * P(Z > z) of the standard normal distribution, z ≥ 0: Abramowitz and Stegun, Handbook of Mathematical Functions, 7.1.26 (error below
 * 1.5e-7), which is far finer than any use of it here.
 */
export function upperTail(z: number): number {
  const x = z / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const series = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return 0.5 * series * Math.exp(-x * x);
}
