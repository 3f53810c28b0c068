/**
 * When each request of a plan is meant to be sent, as offsets from the start in milliseconds.
 * Planned in advance and never moved by answers, so that latency can count from the intended time.
 */
export function steadyOffsetsMs(requestCount: number, intervalMs: number): number[] {
  return Array.from({ length: requestCount }, (_, index) => index * intervalMs);
}
