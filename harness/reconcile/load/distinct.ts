/**
 * Facts without their repetitions, in an order that does not depend on how they came: by key, and among those of one key by their
 * text. A thread may write several facts of one second; the same fact twice is one.
 */
export class Distinct<F extends object> {
  readonly #byKey = new Map<string, F[]>();
  readonly #keyOf: (fact: F) => string;

  constructor(keyOf: (fact: F) => string) {
    this.#keyOf = keyOf;
  }

  /** True where it had not been added before. */
  add(fact: F): boolean {
    const key = this.#keyOf(fact);
    const known = this.#byKey.get(key);
    if (known === undefined) {
      this.#byKey.set(key, [fact]);
      return true;
    }
    const text = canonical(fact);
    if (known.some((one) => one === fact || canonical(one) === text)) return false;
    known.push(fact);
    return true;
  }

  /** By `order`, then by text. */
  sorted(order: (fact: F) => number): F[] {
    const facts: F[] = [];
    for (const same of this.#byKey.values()) facts.push(...same);
    return facts.sort((left, right) => order(left) - order(right) || compareText(canonical(left), canonical(right)));
  }
}

/** The text of a fact, whatever the order of its fields. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([left], [right]) => compareText(left, right)))
      : part,
  );
}

export function compareText(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
