import { unzlibSync } from "fflate";
import { BUCKETS, lowestOf } from "./latency-buckets.ts";

/** What every histogram of a journal is: HdrHistogram V2, from 1 µs, 3 digits. */
const COMPRESSED_COOKIE = 0x1c849314;
const COOKIE = 0x1c849313;
const DIGITS = 3;
const COMPRESSED_HEADER_BYTES = 8;
const HEADER_BYTES = 40;
/** A histogram of all its 23 × 1,024 buckets, each with the longest count, fits. */
const SCRATCH = new Uint8Array(256 * 1024);
/** So many more buckets are made room for at a time. */
const GROWTH = 1_024;

/**
 * Counts of latencies in microseconds, added from the encoded histograms of a journal. It reads the text straight into its sum: a run's
 * thousands of histograms then cost a tenth of what decoding each into one of its own would. Percentiles are those of
 * HdrHistogram: the highest value that its bucket stands for.
 */
export class LatencyHistogram {
  #counts = new Float64Array(4 * GROWTH);
  #count = 0;
  #unreadable = 0;

  get count(): number {
    return this.#count;
  }

  clear(): void {
    this.#counts.fill(0);
    this.#count = 0;
    this.#unreadable = 0;
  }

  /** How many texts were no such histogram: what they held is not known. */
  get unreadable(): number {
    return this.#unreadable;
  }

  add(other: LatencyHistogram): void {
    other.forEachBucket((index, count) => this.addAt(index, count));
    this.#unreadable += other.unreadable;
  }

  /** Adds an encoded histogram; the empty text is one without values. */
  addEncoded(text: string): void {
    addEncoded(text, [this]);
  }

  /** Null where there is no value. `percentile` from 0 to 100. */
  percentileMs(percentile: number): number | null {
    if (this.#count === 0) return null;
    const wanted = Math.max(1, Math.ceil((percentile * this.#count) / 100 - 1e-9));
    let seen = 0;
    for (let index = 0; index < this.#counts.length; index += 1) {
      seen += this.#counts[index] ?? 0;
      if (seen >= wanted) return highestOf(index) / 1000;
    }
    return null;
  }

  /** The mean of the values, each taken as the middle of its bucket; null where there is none. */
  meanMs(): number | null {
    if (this.#count === 0) return null;
    let sum = 0;
    this.forEachBucket((index, count) => {
      sum += count * ((LOWEST_US[index] ?? 0) + highestOf(index));
    });
    return sum / 2 / this.#count / 1000;
  }

  /** Every bucket that is not empty, lowest first; `highestMs` is the highest value that it stands for. */
  forEachBucket(visit: (index: number, count: number, highestMs: number) => void): void {
    for (let index = 0; index < this.#counts.length; index += 1) {
      const count = this.#counts[index] ?? 0;
      if (count > 0) visit(index, count, highestOf(index) / 1000);
    }
  }

  /** A text that should have been added was no histogram. */
  miss(): void {
    this.#unreadable += 1;
  }

  /** Adds to the bucket of this index, as `forEachBucket` names it. */
  addAt(index: number, count: number): void {
    if (index >= this.#counts.length) {
      const grown = new Float64Array(Math.ceil((index + 1) / GROWTH) * GROWTH);
      grown.set(this.#counts);
      this.#counts = grown;
    }
    this.#counts[index] = (this.#counts[index] ?? 0) + count;
    this.#count += count;
  }
}

/** Adds one encoded histogram to several sums, and reads it only once. */
export function addEncoded(text: string, targets: readonly LatencyHistogram[]): void {
  if (text === "") return;
  let payload: Uint8Array;
  try {
    payload = payloadOf(text);
  } catch {
    for (const target of targets) target.miss();
    return;
  }
  let index = 0;
  let at = 0;
  while (at < payload.length) {
    let bits = 0;
    let scale = 1;
    let byte = 0;
    // LEB128: seven bits a byte, lowest first; counts stay far below 2^53, so that nine bytes never come.
    do {
      byte = payload[at] ?? 0;
      bits += (byte & 0x7f) * scale;
      scale *= 128;
      at += 1;
    } while (byte >= 0x80 && at < payload.length);
    // ZigZag: an odd number is a negative one, which says how many buckets in a row are empty.
    if (bits % 2 === 1) index += (bits + 1) / 2;
    else {
      if (bits > 0) for (const target of targets) target.addAt(index, bits / 2);
      index += 1;
    }
  }
}

/** The counts of an encoded histogram, still as LEB128. */
function payloadOf(text: string): Uint8Array {
  const compressed = Buffer.from(text, "base64");
  if (compressed.length < COMPRESSED_HEADER_BYTES || compressed.readInt32BE(0) !== COMPRESSED_COOKIE)
    throw new RangeError("no HdrHistogram in V2 compressed base64");
  const bytes = Buffer.from(unzlibSync(compressed.subarray(COMPRESSED_HEADER_BYTES), { out: SCRATCH }).buffer);
  if (bytes.length < HEADER_BYTES || bytes.readInt32BE(0) !== COOKIE)
    throw new RangeError("no HdrHistogram in V2 encoding");
  if (bytes.readInt32BE(12) !== DIGITS || bytes.readBigInt64BE(16) !== 1n)
    throw new RangeError("it does not count from 1 µs with 3 digits");
  return bytes.subarray(HEADER_BYTES, HEADER_BYTES + bytes.readInt32BE(4));
}

/** Of every bucket, and of the one after the last: a run asks for them by the million. */
const LOWEST_US = Float64Array.from({ length: BUCKETS + 1 }, (_, bucket) => lowestOf(bucket));

/** A bucket ends where the next begins. */
function highestOf(bucket: number): number {
  return (LOWEST_US[bucket + 1] ?? 0) - 1;
}
