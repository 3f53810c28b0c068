/**
 * How fast a table may be read while its stack uses it too. Additive increase, multiplicative decrease over read capacity
 * units a second, so that one rule serves small and large items, eventually and strongly consistent reads.
 * docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html: an item of up to 4 KB costs half a unit
 * eventually consistent and one unit strongly consistent; an absent one costs the same.
 */
export interface ReadRate {
  readonly unitsPerSecond: number;
  /** The next call may begin then. */
  readonly nextAtMs: number;
  readonly raisedAtMs: number;
  readonly loweredAtMs: number;
  readonly mostUnitsPerSecond: number;
  /** What a key has cost lately, eventually consistent. */
  readonly unitsPerKey: number;
}

/** Where it begins, unless its ceiling is lower. */
const FIRST_UNITS_PER_SECOND = 500;
/** Without a budget of the user's: three times what the fastest load that one machine sends here needs. */
const MOST_UNITS_PER_SECOND = 1_500;
const LEAST_UNITS_PER_SECOND = 0.5;
const RAISE_UNITS_PER_SECOND = 50;
const RAISE_EVERY_MS = 1_000;
/** Calls side by side are throttled together: that is one reason to slow down, not several. */
const LOWER_EVERY_MS = 500;
const LOWER_FACTOR = 0.5;
const LEAST_UNITS_PER_KEY = 0.5;
/** How much the last call counts for in what a key costs. */
const SHARE_OF_LAST = 0.2;

/** @param budgetUnitsPerSecond Most units a second; undefined where none is set. */
export function firstRate(nowMs: number, budgetUnitsPerSecond: number | undefined): ReadRate {
  const most = Math.max(LEAST_UNITS_PER_SECOND, budgetUnitsPerSecond ?? MOST_UNITS_PER_SECOND);
  return {
    unitsPerSecond: Math.min(FIRST_UNITS_PER_SECOND, most),
    nextAtMs: nowMs,
    raisedAtMs: nowMs,
    loweredAtMs: Number.NEGATIVE_INFINITY,
    mostUnitsPerSecond: most,
    unitsPerKey: LEAST_UNITS_PER_KEY,
  };
}

/** What reading so many keys is expected to cost. */
export function unitsFor({ unitsPerKey }: ReadRate, keys: number, consistent: boolean): number {
  return keys * unitsPerKey * (consistent ? 2 : 1);
}

/** How many keys a second's units are good for, at least one. */
export function keysPerSecond(rate: ReadRate, consistent: boolean): number {
  return Math.max(1, Math.floor(rate.unitsPerSecond / unitsFor(rate, 1, consistent)));
}

/** The rate once a call is booked, and when that call may begin. */
export function book(rate: ReadRate, units: number, nowMs: number): { readonly rate: ReadRate; readonly atMs: number } {
  const atMs = Math.max(nowMs, rate.nextAtMs);
  return { rate: { ...rate, nextAtMs: atMs + (units / rate.unitsPerSecond) * 1000 }, atMs };
}

/** The rate after an answer. `unitsPerKey` is what the answer said that a key has cost, eventually consistent, where it did. */
export function afterAnswer(
  rate: ReadRate,
  answer: { readonly throttled: boolean; readonly unitsPerKey?: number | undefined },
  nowMs: number,
): ReadRate {
  const { unitsPerKey = rate.unitsPerKey, throttled } = answer;
  const cost = Math.max(LEAST_UNITS_PER_KEY, rate.unitsPerKey + SHARE_OF_LAST * (unitsPerKey - rate.unitsPerKey));
  const known = { ...rate, unitsPerKey: cost };
  if (throttled) {
    if (nowMs - rate.loweredAtMs < LOWER_EVERY_MS) return known;
    const lowered = Math.max(LEAST_UNITS_PER_SECOND, rate.unitsPerSecond * LOWER_FACTOR);
    return { ...known, unitsPerSecond: lowered, loweredAtMs: nowMs };
  }
  if (nowMs - Math.max(rate.raisedAtMs, rate.loweredAtMs) < RAISE_EVERY_MS) return known;
  const raised = Math.min(rate.mostUnitsPerSecond, rate.unitsPerSecond + RAISE_UNITS_PER_SECOND);
  return { ...known, unitsPerSecond: raised, raisedAtMs: nowMs };
}
