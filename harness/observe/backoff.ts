import type { Random } from "../model/ports.ts";

/** How the time between two looks grows. */
export interface Backoff {
  readonly firstMs: number;
  readonly factor: number;
  readonly longestMs: number;
}

/** How much longer than its nominal value a delay may be, so that observers that began together do not stay together. */
const JITTER = 0.25;

/**
 * The delay after a look; `attempts` counts the looks so far, from 1. Jitter only ever lengthens it: `firstMs` is also the
 * shortest time that a service's rate limit allows.
 */
export function backoffMs({ firstMs, factor, longestMs }: Backoff, attempts: number, random: Random): number {
  const nominalMs = Math.min(longestMs, firstMs * factor ** (attempts - 1));
  return nominalMs * (1 + JITTER * random());
}
