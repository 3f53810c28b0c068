/**
 * A server of known delay that stalls: each request is answered `delayMs` after it came, and one that comes during a stall as if
 * it had come at the stall's end. Times are milliseconds from the start of the plan.
 */
export interface Stalls {
  readonly delayMs: number;
  readonly everyMs: number;
  /** Where in each period the stall begins. */
  readonly fromMs: number;
  readonly stallMs: number;
}

/** When a request is answered that came at `atMs`. */
export function answerAtMs(stalls: Stalls, atMs: number): number {
  const inPeriodMs = atMs - Math.floor(atMs / stalls.everyMs) * stalls.everyMs;
  const intoStallMs = inPeriodMs - stalls.fromMs;
  const waitMs = intoStallMs >= 0 && intoStallMs < stalls.stallMs ? stalls.stallMs - intoStallMs : 0;
  return atMs + waitMs + stalls.delayMs;
}

export interface LatencyFigures {
  readonly mean: number;
  readonly p50: number;
  readonly p99: number;
  readonly p999: number;
}

/** What everybody who asks at exactly these times must measure. */
export function trueLatencies(stalls: Stalls, offsetsMs: readonly number[]): LatencyFigures {
  const latenciesMs = offsetsMs.map((atMs) => answerAtMs(stalls, atMs) - atMs).toSorted((a, b) => a - b);
  // The small number takes back what the division leaves above a whole rank.
  const rank = (percentile: number) => Math.ceil((percentile / 100) * latenciesMs.length - 1e-6);
  const at = (percentile: number) => latenciesMs[rank(percentile) - 1] ?? Number.NaN;
  const mean = latenciesMs.reduce((sum, latencyMs) => sum + latencyMs, 0) / latenciesMs.length;
  return { mean, p50: at(50), p99: at(99), p999: at(99.9) };
}

/** The largest share of any second's arrivals that came within 100 ms of each other in that second. */
export function largestBurst(arrivalsMs: readonly number[], seconds: number): number {
  let largest = 0;
  for (let second = 0; second < seconds; second += 1) {
    const inSecond = arrivalsMs.filter((atMs) => atMs >= second * 1000 && atMs < (second + 1) * 1000);
    let last = 0;
    for (let first = 0; first < inSecond.length; first += 1) {
      while (last < inSecond.length && (inSecond[last] ?? 0) < (inSecond[first] ?? 0) + 100) last += 1;
      largest = Math.max(largest, (last - first) / inSecond.length);
    }
  }
  return largest;
}
