import type { EncodedSet } from "./encoded-set.ts";

const PAGE_BITS = 16_384;
const PAGE_WORDS = PAGE_BITS / 32;
const FULL = 0xffffffff;

/**
 * Sequence numbers (whole, from 0, below 2^40) as bits in pages of 2 KiB: a million neighbours take 128 KiB, whatever the order in
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
    const before = this.#count;
    const bit = sequence % PAGE_BITS;
    this.#addWord(Math.floor(sequence / PAGE_BITS), bit >>> 5, 1 << (bit & 31));
    return this.#count > before;
  }

  /** Adds `from` up to, not including, `until`. */
  addRange(from: number, until: number): void {
    forEachWord(from, until, (page, word, bits) => this.#addWord(page, word, bits));
  }

  has(sequence: number): boolean {
    const page = this.#pages[Math.floor(sequence / PAGE_BITS)];
    const bit = sequence % PAGE_BITS;
    return page !== undefined && ((page[bit >>> 5] ?? 0) & (1 << (bit & 31))) !== 0;
  }

  /** How many of its numbers lie from `from` up to, not including, `until`. */
  countBetween(from: number, until: number): number {
    let count = 0;
    forEachWord(from, until, (page, word, bits) => {
      count += bitCount((this.#pages[page]?.[word] ?? 0) & bits);
    });
    return count;
  }

  addAll(other: SequenceSet): void {
    other.#visit((page, word, bits) => this.#addWord(page, word, bits));
  }

  /** What is in either. */
  or(other: SequenceSet): SequenceSet {
    const result = new SequenceSet();
    result.addAll(this);
    result.addAll(other);
    return result;
  }

  /** What is in this one and not in the other. */
  minus(other: SequenceSet): SequenceSet {
    const result = new SequenceSet();
    this.#visit((page, word, bits) => result.#addWord(page, word, bits & ~(other.#pages[page]?.[word] ?? 0)));
    return result;
  }

  /** What is in both. */
  and(other: SequenceSet): SequenceSet {
    const result = new SequenceSet();
    this.#visit((page, word, bits) => result.#addWord(page, word, bits & (other.#pages[page]?.[word] ?? 0)));
    return result;
  }

  /** Every number, lowest first. */
  forEach(visit: (sequence: number) => void): void {
    this.#visit((page, word, bits) => {
      const base = page * PAGE_BITS + word * 32;
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
        let rest = page[word] ?? 0;
        const base = index * PAGE_BITS + word * 32;
        while (rest !== 0) {
          const start = 31 - Math.clz32(rest & -rest);
          const run = trailingOnes(rest >>> start);
          rest = start + run < 32 ? (rest >>> (start + run)) << (start + run) : 0;
          if (base + start !== until) {
            if (from >= 0) yield [from, until];
            from = base + start;
          }
          until = base + start + run;
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
      case "bitmap":
        this.#addBytes(encoded.from, Buffer.from(encoded.bits, "base64"));
        return;
      default:
        encoded satisfies never;
    }
  }

  #addBytes(from: number, bytes: Uint8Array): void {
    const isAligned = from % 8 === 0;
    for (let index = 0; index < bytes.length; index += 1) {
      const byte = bytes[index] ?? 0;
      const sequence = from + index * 8;
      const bit = sequence % PAGE_BITS;
      if (byte === 0) continue;
      if (isAligned) this.#addWord(Math.floor(sequence / PAGE_BITS), bit >>> 5, byte << (bit & 24));
      else for (let rest = byte; rest !== 0; rest &= rest - 1) this.add(sequence + 31 - Math.clz32(rest & -rest));
    }
  }

  #addWord(pageIndex: number, word: number, bits: number): void {
    if (bits === 0) return;
    const page = this.#pages[pageIndex] ?? this.#newPage(pageIndex);
    const before = page[word] ?? 0;
    const added = bits & ~before;
    if (added === 0) return;
    page[word] = before | added;
    this.#count += bitCount(added);
  }

  #newPage(index: number): Uint32Array {
    const page = new Uint32Array(PAGE_WORDS);
    this.#pages[index] = page;
    return page;
  }

  #visit(visit: (page: number, word: number, bits: number) => void): void {
    for (const [index, page] of this.#pages.entries()) {
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

/** The lowest and the highest number of a set, from its text alone; undefined where it holds none. */
export function edgesOf(encoded: EncodedSet): { readonly lowest: number; readonly highest: number } | undefined {
  if (encoded.kind === "ranges") {
    const [lowest, end] = [encoded.ranges[0], encoded.ranges.at(-1)];
    return lowest === undefined || end === undefined ? undefined : { lowest, highest: end - 1 };
  }
  const bytes = Buffer.from(encoded.bits, "base64");
  const first = bytes.findIndex((byte) => byte !== 0);
  const last = bytes.findLastIndex((byte) => byte !== 0);
  if (first < 0) return undefined;
  const [low, high] = [bytes[first] ?? 0, bytes[last] ?? 0];
  return {
    lowest: encoded.from + first * 8 + (31 - Math.clz32(low & -low)),
    highest: encoded.from + last * 8 + (31 - Math.clz32(high)),
  };
}

/** Visits the words that a half-open range touches, each with the bits of it that lie in the range. */
function forEachWord(from: number, until: number, visit: (page: number, word: number, bits: number) => void): void {
  for (let base = from - (from % 32); base < until; base += 32) {
    const above = base < from ? (FULL << (from - base)) | 0 : FULL;
    const below = until - base < 32 ? ~(FULL << (until - base)) : FULL;
    visit(Math.floor(base / PAGE_BITS), (base % PAGE_BITS) >>> 5, above & below);
  }
}

function trailingOnes(word: number): number {
  const inverted = ~word;
  return inverted === 0 ? 32 : 31 - Math.clz32(inverted & -inverted);
}

function bitCount(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const quads = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((quads + (quads >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
