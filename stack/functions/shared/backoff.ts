const BASE_DELAY_MS = 50;
const MAX_DELAY_MS = 2_000;

/**
 * How long to wait before a resend, with full jitter: anything between zero and an exponentially growing bound.
 *
 * @param resend 1 for the first resend, 2 for the second, …
 * @param random a number in [0, 1)
 * @returns milliseconds
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function backoffMs(resend: number, random: number): number {
  return Math.floor(random * Math.min(MAX_DELAY_MS, BASE_DELAY_MS * 2 ** (resend - 1)));
}
