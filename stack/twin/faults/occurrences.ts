/** Passages told apart, all hops together. */
const MAXIMUM_REMEMBERED = 50_000;

/**
 * How often each passage has been at each hop before. A passage that comes again (a record that is sent once more after
 * a fault) is drawn for anew. Once 50,000 are remembered, only those are added that something was done to.
 */
export class Occurrences {
  readonly #counts = new Map<string, number>();

  of(hop: string, passage: string): number {
    return this.#counts.get(`${hop}\n${passage}`) ?? 0;
  }

  add(hop: string, passage: string, planted: boolean): void {
    const key = `${hop}\n${passage}`;
    const count = this.#counts.get(key);
    if (count === undefined && !planted && this.#counts.size >= MAXIMUM_REMEMBERED) return;
    this.#counts.set(key, (count ?? 0) + 1);
  }
}
