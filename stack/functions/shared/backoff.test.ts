import fc from "fast-check";
import { expect, test } from "vitest";
import { backoffMs } from "./backoff.ts";

/** `fc.double` draws by exponent: nearly all of its numbers below 1 are next to 0. */
const evenShare = fc.nat({ max: 9_999 }).map((number) => number / 10_000);

test("a resend waits anything from zero up to a bound that doubles and then stays at 2 s", () => {
  const almostOne = 1 - Number.EPSILON;
  expect([1, 2, 3, 4, 5, 6, 7, 8].map((resend) => backoffMs(resend, almostOne))).toEqual([
    49, 99, 199, 399, 799, 1599, 1999, 1999,
  ]);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100 }), evenShare, (resend, random) => {
      const delayMs = backoffMs(resend, random);
      expect(Number.isInteger(delayMs) && delayMs >= 0 && delayMs < 2_000).toBe(true);
    }),
  );
});
