import type { LoadLedger } from "./load-ledger.ts";

/** Whether a stream was read whole: every shard that was read at all, from the first send to the end of reading. */
export function wasReadWhole({ hops }: LoadLedger, hop: string): boolean {
  const reads = hops.get(hop)?.reads ?? [];
  return reads.length > 0 && reads.every(({ complete }) => complete);
}

/** Whether only a part of a stream's records was read, so that it shows less than passed it. */
export function wasSampled({ hops }: LoadLedger, hop: string): boolean {
  return (hops.get(hop)?.reads ?? []).some(({ complete }) => !complete);
}
