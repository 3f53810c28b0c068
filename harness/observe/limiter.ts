import type { Clock } from "../model/ports.ts";

/** Spaces calls evenly over everyone who shares it. */
export interface Limiter {
  /** Resolves when it is the caller's turn, or at once when `signal` aborts. */
  take(signal: AbortSignal): Promise<void>;
}

/**
 * FilterLogEvents is limited for each account and region (5 to 25 requests a second, depending on the region:
 * docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html). This stays under the lowest and leaves room for others.
 */
export const LOG_CALLS_PER_SECOND = 4;

/** The first call passes at once; after it, one every `1000 / callsPerSecond` milliseconds. */
export function createLimiter(callsPerSecond: number, clock: Clock): Limiter {
  const spacingMs = 1000 / callsPerSecond;
  let nextAtMs = Number.NEGATIVE_INFINITY;
  return {
    async take(signal) {
      const nowMs = clock.nowMs();
      const atMs = Math.max(nowMs, nextAtMs);
      nextAtMs = atMs + spacingMs;
      if (atMs > nowMs) await clock.wait(atMs - nowMs, signal);
    },
  };
}
