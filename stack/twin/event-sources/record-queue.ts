import type { Clock, StreamRecord } from "../model/ports.ts";
import { countThatFits } from "./kinesis-event.ts";

/** The records of one lane that wait for their batch. */
export interface RecordQueue {
  push(record: StreamRecord): void;
  length(): number;
  /** The next batch: as soon as a record is there, or full, or at the end of the batching window. Empty once aborted. */
  nextBatch(): Promise<readonly StreamRecord[]>;
}

export function createRecordQueue(
  {
    batchSize,
    maximumBatchingWindowSeconds,
  }: { readonly batchSize: number; readonly maximumBatchingWindowSeconds: number },
  clock: Clock,
  signal: AbortSignal,
): RecordQueue {
  const records: StreamRecord[] = [];
  let pushed: () => void = () => {};
  const isFull = () => records.length >= batchSize || countThatFits(records, batchSize) < records.length;
  const untilPushed = () =>
    new Promise<void>((resolve) => {
      pushed = resolve;
    });
  signal.addEventListener("abort", () => pushed(), { once: true });
  const windowOver = async () => {
    const full = new AbortController();
    const watch = (async () => {
      while (!isFull() && !signal.aborted && !full.signal.aborted) await untilPushed();
      full.abort();
    })();
    await clock.wait(maximumBatchingWindowSeconds * 1000, full.signal);
    full.abort();
    pushed();
    await watch;
  };
  return {
    push(record) {
      records.push(record);
      pushed();
    },
    length: () => records.length,
    async nextBatch() {
      while (records.length === 0 && !signal.aborted) await untilPushed();
      if (maximumBatchingWindowSeconds > 0 && !isFull() && !signal.aborted) await windowOver();
      if (signal.aborted) return [];
      return records.splice(0, countThatFits(records, batchSize));
    },
  };
}
