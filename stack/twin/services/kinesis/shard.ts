import type { Clock, StreamRecord } from "../../model/ports.ts";
import type { HashKeyRange } from "./hash-key.ts";
import { sequenceNumberBase, sequenceNumberOf } from "./sequence-number.ts";

/** What a record takes beside its data: the object, its key and its sequence number. */
const RECORD_OVERHEAD_BYTES = 300;

/** Trimmed slots are given back in batches, not one by one. */
const COMPACT_AFTER = 4096;

/** A record that a planted fault has lost keeps its place, so that its sequence number is not given twice. */
interface StoredRecord extends StreamRecord {
  readonly lost?: true;
}

const nothing = new Uint8Array(0);

interface ShardOptions {
  readonly index: number;
  readonly range: HashKeyRange;
  readonly createdAtMs: number;
  readonly retentionMs: number;
  /** Records beyond this are trimmed, oldest first, before their retention ends. */
  readonly maximumBytes: number;
}

/** What a read found: the records, and the index to read on from. */
export interface ShardRead {
  readonly records: readonly StreamRecord[];
  readonly nextIndex: number;
  /** How far behind the tip the read ended; 0 at the tip. */
  readonly millisBehindLatest: number;
}

/** One shard: its records in order, each with an index that counts from 0 and is never used again. */
export class Shard {
  readonly shardId: string;
  readonly range: HashKeyRange;
  readonly sequenceBase: bigint;
  readonly startingSequenceNumber: string;
  readonly #options: ShardOptions;
  readonly #waiters = new Set<() => void>();
  /** `#records[#head]` is the oldest kept, with index `#oldestIndex`. */
  #records: (StoredRecord | undefined)[] = [];
  #head = 0;
  #oldestIndex = 0;
  #sizeBytes = 0;
  /** How many records were trimmed for want of memory rather than by age. */
  trimmedForMemory = 0;

  constructor(options: ShardOptions) {
    this.#options = options;
    this.shardId = `shardId-${String(options.index).padStart(12, "0")}`;
    this.range = options.range;
    this.sequenceBase = sequenceNumberBase(options.index, options.createdAtMs);
    this.startingSequenceNumber = sequenceNumberOf(this.sequenceBase, -1, options.createdAtMs);
  }

  get oldestIndex(): number {
    return this.#oldestIndex;
  }

  /** The index that the next record will get. */
  get nextIndex(): number {
    return this.#oldestIndex + this.#records.length - this.#head;
  }

  /** Takes one record in as if it were stored, and loses it: its sequence number is used up and nobody reads it. */
  lose(partitionKey: string, nowMs: number): string {
    return this.#push({ partitionKey, data: nothing, lost: true }, nowMs).sequenceNumber;
  }

  /** Takes one record in and wakes who waits for it. */
  append(partitionKey: string, data: Uint8Array, nowMs: number): StreamRecord {
    const record = this.#push({ partitionKey, data }, nowMs);
    for (const wake of this.#waiters) wake();
    return record;
  }

  #push(content: { partitionKey: string; data: Uint8Array; lost?: true }, nowMs: number): StoredRecord {
    const sequenceNumber = sequenceNumberOf(this.sequenceBase, this.nextIndex, nowMs);
    const record: StoredRecord = { ...content, sequenceNumber, approximateArrivalMs: nowMs };
    this.#records.push(record);
    this.#sizeBytes += sizeOf(record);
    this.#trim(nowMs);
    return record;
  }

  /** Up to `limit` records and `maximumBytes` of data from `fromIndex` on; what was trimmed is skipped. */
  read(fromIndex: number, limit: number, maximumBytes: number, nowMs: number): ShardRead {
    this.#trim(nowMs);
    const records: StreamRecord[] = [];
    let index = Math.max(fromIndex, this.#oldestIndex);
    let sizeBytes = 0;
    for (let record = this.#at(index); record !== undefined && records.length < limit; record = this.#at(index)) {
      sizeBytes += record.data.byteLength;
      if (sizeBytes > maximumBytes && records.length > 0) break;
      if (record.lost !== true) records.push(record);
      index += 1;
    }
    const unread = this.#at(index);
    const millisBehindLatest = unread === undefined ? 0 : Math.max(1, nowMs - unread.approximateArrivalMs);
    return { records, nextIndex: Math.max(index, Math.min(fromIndex, this.nextIndex)), millisBehindLatest };
  }

  /** The index of the first record that arrived at `timestampMs` or later. */
  indexAtTimestamp(timestampMs: number): number {
    let low = this.#oldestIndex;
    let high = this.nextIndex;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const record = this.#at(middle);
      if (record !== undefined && record.approximateArrivalMs < timestampMs) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Resolves once there is a record at `index` or after it, after `atMostMs`, or when `signal` aborts. */
  async changed(index: number, atMostMs: number, clock: Clock, signal: AbortSignal): Promise<void> {
    if (this.nextIndex > index || signal.aborted) return;
    const done = new AbortController();
    const wake = () => done.abort();
    this.#waiters.add(wake);
    signal.addEventListener("abort", wake, { once: true });
    await clock.wait(atMostMs, done.signal);
    this.#waiters.delete(wake);
    signal.removeEventListener("abort", wake);
  }

  #at(index: number): StoredRecord | undefined {
    return this.#records[this.#head + index - this.#oldestIndex];
  }

  #trim(nowMs: number): void {
    const { retentionMs, maximumBytes } = this.#options;
    for (let oldest = this.#records[this.#head]; oldest !== undefined; oldest = this.#records[this.#head]) {
      const expired = oldest.approximateArrivalMs < nowMs - retentionMs;
      if (!expired && this.#sizeBytes <= maximumBytes) break;
      if (!expired) this.trimmedForMemory += 1;
      this.#records[this.#head] = undefined;
      this.#head += 1;
      this.#oldestIndex += 1;
      this.#sizeBytes -= sizeOf(oldest);
    }
    if (this.#head < COMPACT_AFTER || this.#head < this.#records.length / 2) return;
    this.#records = this.#records.slice(this.#head);
    this.#head = 0;
  }
}

function sizeOf(record: StreamRecord): number {
  return record.data.byteLength + record.partitionKey.length + RECORD_OVERHEAD_BYTES;
}
