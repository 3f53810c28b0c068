import type { EncodedSet } from "../../model/encoded-set.ts";
import type { LoadPhase } from "../../model/load.ts";
import { decodeSet } from "../../model/sequence-set.ts";

/** The sequences of a phase's events, half open. */
export interface EventRange {
  readonly from: number;
  readonly until: number;
}

export function eventsOf({ firstRequest, requestCount }: LoadPhase, eventsPerRequest: number): EventRange {
  return { from: firstRequest * eventsPerRequest, until: (firstRequest + requestCount) * eventsPerRequest };
}

/** How many events of a written set belong to each phase; `ranges` are in order and do not overlap. */
export function countByPhase(encoded: EncodedSet, ranges: readonly EventRange[]): number[] {
  switch (encoded.kind) {
    case "ranges":
      return countRanges(encoded.ranges, ranges);
    case "bitmap": {
      const bytes = Buffer.from(encoded.bits, "base64");
      const until = encoded.from + bytes.length * 8;
      if (ranges.some((range) => range.from <= encoded.from && until <= range.until)) {
        const ones = bytes.reduce((sum, byte) => sum + onesOf(byte), 0);
        return ranges.map((range) => (range.from <= encoded.from && until <= range.until ? ones : 0));
      }
      const set = decodeSet(encoded);
      return ranges.map((range) => set.countBetween(range.from, range.until));
    }
    default:
      return encoded satisfies never;
  }
}

/** The phase that most of the events belong to, the earlier of two; undefined where none has any. */
export function mostOf(counts: readonly number[]): number | undefined {
  const most = Math.max(0, ...counts);
  return most === 0 ? undefined : counts.indexOf(most);
}

function countRanges(edges: readonly number[], ranges: readonly EventRange[]): number[] {
  return ranges.map((range) => {
    let count = 0;
    for (let index = 0; index + 1 < edges.length; index += 2) {
      const from = Math.max(range.from, edges[index] ?? 0);
      const until = Math.min(range.until, edges[index + 1] ?? 0);
      if (until > from) count += until - from;
    }
    return count;
  });
}

function onesOf(byte: number): number {
  let ones = 0;
  for (let rest = byte; rest !== 0; rest &= rest - 1) ones += 1;
  return ones;
}
