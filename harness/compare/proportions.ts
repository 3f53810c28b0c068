import { upperTail } from "./rank-sum.ts";

export interface Share {
  readonly hits: number;
  readonly of: number;
}

/**
 * Two-sided p-value of the difference of two shares: the pooled two-proportion z-test with continuity correction where it holds, else
 * Fisher's exact test, whose hypergeometric sum is short where hits are few. Undefined where a share is of nothing.
 */
export function shareDifference(first: Share, second: Share): number | undefined {
  if (first.of === 0 || second.of === 0) return undefined;
  const hits = first.hits + second.hits;
  const of = first.of + second.of;
  const expected = [first.of, second.of].flatMap((size) => [(size * hits) / of, (size * (of - hits)) / of]);
  if (Math.min(...expected) < 10) return fisher(first, second);
  const pooled = hits / of;
  const deviation = Math.sqrt(pooled * (1 - pooled) * (1 / first.of + 1 / second.of));
  const correction = (1 / first.of + 1 / second.of) / 2;
  const distance = Math.max(0, Math.abs(first.hits / first.of - second.hits / second.of) - correction);
  return Math.min(1, 2 * upperTail(distance / deviation));
}

/** Sum of all tables with the same margins that are no more likely than the one seen. */
function fisher(first: Share, second: Share): number {
  const hits = first.hits + second.hits;
  const rest = first.of + second.of - hits;
  const least = Math.max(0, first.of - rest);
  const most = Math.min(hits, first.of);
  const likelihood = (hitsOfFirst: number) =>
    logChoose(hits, hitsOfFirst) + logChoose(rest, first.of - hitsOfFirst) - logChoose(hits + rest, first.of);
  const seen = likelihood(first.hits);
  let sum = 0;
  for (let hitsOfFirst = least; hitsOfFirst <= most; hitsOfFirst += 1) {
    const here = likelihood(hitsOfFirst);
    if (here <= seen + 1e-9) sum += Math.exp(here);
  }
  return Math.min(1, sum);
}

function logChoose(n: number, k: number): number {
  return logFactorial(n) - logFactorial(k) - logFactorial(n - k);
}

/** Exact up to 255, Stirling's series from there on (error below 1e-12). */
function logFactorial(n: number): number {
  if (n < 256) {
    let sum = 0;
    for (let factor = 2; factor <= n; factor += 1) sum += Math.log(factor);
    return sum;
  }
  return n * Math.log(n) - n + Math.log(2 * Math.PI * n) / 2 + 1 / (12 * n) - 1 / (360 * n ** 3);
}
