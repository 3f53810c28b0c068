interface BucketSettings {
  readonly tokensPerSecond: number;
  /** The most tokens that it holds: how much may be used at once after a pause. */
  readonly size: number;
}

/** Sums of fractions may fall short by this much. */
const TOLERANCE = 1e-9;

/**
 * A token bucket, full at first. It knows no clock: whoever asks says when. A time before the last one adds nothing.
 */
export class TokenBucket {
  readonly #settings: BucketSettings;
  #tokens: number;
  #atMs: number;

  constructor(settings: BucketSettings, nowMs: number) {
    this.#settings = settings;
    this.#tokens = settings.size;
    this.#atMs = nowMs;
  }

  /**
   * Whether so many tokens are there. More than the bucket can hold is there when it is full: spending it leaves a debt, so
   * that big uses are let through now and then rather than never, and the rate holds all the same.
   */
  has(amount: number, nowMs: number): boolean {
    this.#fill(nowMs);
    const { size } = this.#settings;
    return size > 0 && this.#tokens + TOLERANCE >= Math.min(amount, size);
  }

  /** Takes tokens, whether they are there or not. A negative amount gives back; the bucket never holds more than its size. */
  spend(amount: number): void {
    this.#tokens = Math.min(this.#tokens - amount, this.#settings.size);
  }

  /** Takes so many tokens where they are there, and says whether they were. */
  take(amount: number, nowMs: number): boolean {
    if (!this.has(amount, nowMs)) return false;
    this.spend(amount);
    return true;
  }

  /** Whether there is no debt to pay off. */
  isOutOfDebt(nowMs: number): boolean {
    this.#fill(nowMs);
    return this.#settings.size > 0 && this.#tokens + TOLERANCE >= 0;
  }

  /** As `spend`; where that is more than there is, what is left counts for nothing and the whole amount is owed. */
  spendOrOwe(amount: number): void {
    this.#tokens = amount > this.#tokens ? -amount : this.#tokens - amount;
  }

  #fill(nowMs: number): void {
    const elapsedMs = nowMs - this.#atMs;
    if (elapsedMs <= 0) return;
    const { tokensPerSecond, size } = this.#settings;
    this.#tokens = Math.min(size, this.#tokens + (tokensPerSecond * elapsedMs) / 1000);
    this.#atMs = nowMs;
  }
}
