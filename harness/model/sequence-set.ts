/**
 * A set of sequence numbers as text for a journal: `ranges` are half-open pairs (`0,5,9,10` is 0 to 4 and 9), `bitmap` is base64
 * of bits from `from` on, lowest bit first. Whichever is shorter is written.
 */
export type EncodedSet =
  | { readonly kind: "ranges"; readonly ranges: readonly number[] }
  | { readonly kind: "bitmap"; readonly from: number; readonly bits: string };

const PAGE_BITS = 65_536;
const PAGE_WORDS = PAGE_BITS / 32;

/**
 * Sequence numbers (whole, from 0, below 2^40) as bits in pages of 8 KiB: a million neighbours take 128 KiB, whatever the order in
 * which they come. Numbers far apart cost a page each.
 */
export class SequenceSet {
  readonly #pages: (Uint32Array | undefined)[] = [];
  #count = 0;

  /** How many numbers are in it. */
  get count(): number {
    return this.#count;
  }

  /** True where the number was not in it before. */
  add(sequence: number): boolean {
    const page = this.#page(Math.floor(sequence / PAGE_BITS));
    const bit = sequence % PAGE_BITS;
    const word = bit >>> 5;
    const mask = 1 << (bit & 31);
    const before = page[word] ?? 0;
    if ((before & mask) !== 0) return false;
    page[word] = before | mask;
    this.#count += 1;
    return true;
  }

  /** Adds `from` up to, not including, `until`. */
  addRange(from: number, until: number): void {
    for (let sequence = from; sequence < until; ) {
      if (sequence % 32 === 0 && until - sequence >= 32) {
        this.#addWord(Math.floor(sequence / PAGE_BITS), (sequence % PAGE_BITS) >>> 5, 0xffffffff);
        sequence += 32;
      } else {
        this.add(sequence);
        sequence += 1;
      }
    }
  }

  has(sequence: number): boolean {
    const page = this.#pages[Math.floor(sequence / PAGE_BITS)];
    const bit = sequence % PAGE_BITS;
    return page !== undefined && ((page[bit >>> 5] ?? 0) & (1 << (bit & 31))) !== 0;
  }

  addAll(other: SequenceSet): void {
    this.#combine(other, (index, word, bits) => this.#addWord(index, word, bits));
  }

  /** What is in this one and not in the other. */
  minus(other: SequenceSet): SequenceSet {
    const result = new SequenceSet();
    this.#combine(this, (index, word, bits) => {
      const rest = bits & ~(other.#pages[index]?.[word] ?? 0);
      if (rest !== 0) result.#addWord(index, word, rest);
    });
    return result;
  }

  /** What is in both. */
  and(other: SequenceSet): SequenceSet {
    const result = new SequenceSet();
    this.#combine(this, (index, word, bits) => {
      const both = bits & (other.#pages[index]?.[word] ?? 0);
      if (both !== 0) result.#addWord(index, word, both);
    });
    return result;
  }

  /** Every number, lowest first. */
  forEach(visit: (sequence: number) => void): void {
    this.#combine(this, (index, word, bits) => {
      const base = index * PAGE_BITS + word * 32;
      for (let rest = bits; rest !== 0; rest &= rest - 1) visit(base + 31 - Math.clz32(rest & -rest));
    });
  }

  /** The lowest few, for evidence. */
  first(most: number): number[] {
    const found: number[] = [];
    for (const [from, until] of this.ranges()) {
      for (let sequence = from; sequence < until && found.length < most; sequence += 1) found.push(sequence);
      if (found.length >= most) break;
    }
    return found;
  }

  /** Half-open ranges, lowest first. */
  *ranges(): Generator<readonly [from: number, until: number]> {
    let from = -1;
    let until = -1;
    for (const [index, page] of this.#pages.entries()) {
      if (page === undefined) continue;
      for (let word = 0; word < PAGE_WORDS; word += 1) {
        const bits = page[word] ?? 0;
        if (bits === 0) continue;
        const base = index * PAGE_BITS + word * 32;
        for (let bit = 0; bit < 32; bit += 1) {
          if ((bits & (1 << bit)) === 0) continue;
          const sequence = base + bit;
          if (sequence === until) until += 1;
          else {
            if (from >= 0) yield [from, until];
            from = sequence;
            until = sequence + 1;
          }
        }
      }
    }
    if (from >= 0) yield [from, until];
  }

  encode(): EncodedSet {
    const ranges: number[] = [];
    for (const [from, until] of this.ranges()) ranges.push(from, until);
    const lowest = ranges[0];
    const highest = ranges.at(-1);
    if (lowest === undefined || highest === undefined) return { kind: "ranges", ranges };
    const from = lowest - (lowest % 8);
    const bitmapLength = Math.ceil((highest - from) / 8) * (4 / 3);
    const rangesLength = ranges.reduce((length, edge) => length + String(edge).length + 1, 0);
    if (rangesLength <= bitmapLength) return { kind: "ranges", ranges };
    const bytes = new Uint8Array(Math.ceil((highest - from) / 8));
    this.forEach((sequence) => {
      const at = sequence - from;
      bytes[at >>> 3] = (bytes[at >>> 3] ?? 0) | (1 << (at & 7));
    });
    return { kind: "bitmap", from, bits: Buffer.from(bytes).toString("base64") };
  }

  /** Adds what was encoded. Throws a RangeError on ranges that are none. */
  addEncoded(encoded: EncodedSet): void {
    switch (encoded.kind) {
      case "ranges":
        for (let index = 0; index + 1 < encoded.ranges.length; index += 2) {
          const from = encoded.ranges[index] ?? 0;
          const until = encoded.ranges[index + 1] ?? 0;
          if (!(from >= 0 && until >= from)) throw new RangeError(`a set of sequences has the range ${from},${until}`);
          this.addRange(from, until);
        }
        return;
      case "bitmap": {
        const bytes = Buffer.from(encoded.bits, "base64");
        for (const [index, byte] of bytes.entries()) {
          for (let bit = 0; bit < 8; bit += 1) if ((byte & (1 << bit)) !== 0) this.add(encoded.from + index * 8 + bit);
        }
        return;
      }
      default:
        encoded satisfies never;
    }
  }

  #page(index: number): Uint32Array {
    const found = this.#pages[index];
    if (found !== undefined) return found;
    const made = new Uint32Array(PAGE_WORDS);
    this.#pages[index] = made;
    return made;
  }

  #addWord(pageIndex: number, word: number, bits: number): void {
    const page = this.#page(pageIndex);
    const before = page[word] ?? 0;
    page[word] = before | bits;
    this.#count += bitCount(bits & ~before);
  }

  #combine(other: SequenceSet, visit: (pageIndex: number, word: number, bits: number) => void): void {
    for (const [index, page] of other.#pages.entries()) {
      if (page === undefined) continue;
      for (let word = 0; word < PAGE_WORDS; word += 1) {
        const bits = page[word] ?? 0;
        if (bits !== 0) visit(index, word, bits);
      }
    }
  }
}

/** The set that a text stands for. */
export function decodeSet(encoded: EncodedSet): SequenceSet {
  const set = new SequenceSet();
  set.addEncoded(encoded);
  return set;
}

function bitCount(word: number): number {
  let count = 0;
  for (let rest = word; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}
