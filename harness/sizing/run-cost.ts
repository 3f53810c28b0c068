import type { StackSize } from "../model/stack-size.ts";
import { PRICES } from "./prices.ts";
import { trafficCost } from "./traffic-cost.ts";

/** What a load run is about to do to a pipeline. */
export interface PlannedRun {
  readonly events: number;
  readonly durationMs: number;
  readonly eventsPerRequest: number;
  /** Bytes of one event; an estimate where they are not padded. */
  readonly eventBytes: number;
}

/** Functions are taken to last this long: nothing is measured before the run. */
const ASSUMED_DURATION_MS = 100;
const ASSUMED_EVENTS_PER_BATCH = 10;
/** Looked up by key, some of them more than once until they arrive. */
const READS_PER_EVENT = 2;

/**
 * An estimate, on the high side, of what the run itself adds to the bill, for the ceiling that it must keep: requests, records,
 * writes and reads as if all were paid by request, functions, logs. What is paid by the hour runs anyway.
 */
export function runCostUsd(size: StackSize, { events, durationMs, eventsPerRequest, eventBytes }: PlannedRun): number {
  const units = Math.max(1, Math.ceil(eventBytes / 1024));
  const use = {
    requestsPerEvent: 1 / eventsPerRequest,
    requestBytesPerEvent: eventBytes,
    streamRecordsPerEvent: 1,
    streamBytesPerEvent: eventBytes,
    writeUnitsPerEvent: units,
    entry: { invocationsPerEvent: 1 / eventsPerRequest, durationMs: ASSUMED_DURATION_MS, concurrentExecutions: null },
    consumer: {
      invocationsPerEvent: 1 / ASSUMED_EVENTS_PER_BATCH,
      durationMs: ASSUMED_DURATION_MS,
      concurrentExecutions: null,
    },
    eventsPerBusySecond: null,
    heldEventsPerSecond: null,
  };
  const { lines } = trafficCost(size, use, events, durationMs / 1000);
  const isTablePriced = size.table?.isOnDemand === true;
  const writes = size.table === null || isTablePriced ? 0 : events * units * PRICES.writeRequestUnit.usd;
  const readUnits = Math.max(1, Math.ceil(eventBytes / 4096)) * READS_PER_EVENT;
  const reads = size.table === null ? 0 : events * readUnits * PRICES.readRequestUnit.usd;
  return lines.reduce((sum, { usd }) => sum + usd, 0) + writes + reads;
}
