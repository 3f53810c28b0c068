import type { FaultKind } from "./hops.ts";

/** What was done at one hop. The count is exact; of the passages only the first ones are kept. */
export interface LedgerEntry {
  readonly hop: string;
  readonly kind: FaultKind;
  readonly count: number;
  readonly passages: readonly string[];
}

/** Passages kept for one hop and kind. */
export const MAXIMUM_PASSAGES = 10_000;
/** Hops and kinds told apart; what comes beyond is counted under the hop `(others)`. */
const MAXIMUM_ENTRIES = 1_000;

/** Writes down every fault that was done, by hop and kind. */
export class FaultLedger {
  readonly #entries = new Map<string, { hop: string; kind: FaultKind; count: number; passages: string[] }>();

  add(hop: string, kind: FaultKind, passage: string): void {
    const entry = this.#entryOf(hop, kind);
    entry.count += 1;
    if (entry.passages.length < MAXIMUM_PASSAGES) entry.passages.push(passage);
  }

  entries(): readonly LedgerEntry[] {
    return [...this.#entries.values()];
  }

  #entryOf(hop: string, kind: FaultKind): { count: number; passages: string[] } {
    const key = `${kind} ${hop}`;
    const existing = this.#entries.get(key);
    if (existing !== undefined) return existing;
    const others = "(others)";
    if (this.#entries.size >= MAXIMUM_ENTRIES && hop !== others) return this.#entryOf(others, kind);
    const made = { hop, kind, count: 0, passages: [] };
    this.#entries.set(key, made);
    return made;
  }
}
