import type { Failure } from "../shared/failure.ts";
import { type DecodedRecord, decodeRecord } from "./decode-record.ts";
import { type EventItem, eventItem, itemSizeBytes, MAX_ITEM_SIZE_BYTES } from "./item.ts";
import type { KinesisEventRecord } from "./kinesis-event.ts";
import { mergeRecords } from "./merge-records.ts";
import { type WriteItemsPorts, writeItems } from "./write-items.ts";

/** What became of one record: exactly one of the two. */
export type RecordResult =
  | { readonly kind: "written"; readonly id: string }
  | { readonly kind: "failed"; readonly ids: readonly string[]; readonly failure: Failure };

type Prepared =
  | { readonly kind: "ready"; readonly record: DecodedRecord; readonly item: EventItem }
  | Extract<RecordResult, { kind: "failed" }>;

/**
 * Decodes records and writes an item for each event.
 *
 * @returns one result per record, in the order of `sources`
 */
export async function processRecords(
  ports: WriteItemsPorts & { readonly nowMs: () => number },
  sources: readonly KinesisEventRecord[],
): Promise<readonly RecordResult[]> {
  const prepared = sources.map((source) => prepare(source, ports.nowMs()));
  const ready = prepared.filter((one) => one.kind === "ready");
  const itemOf = new Map(ready.map(({ record, item }) => [record, item]));
  const groups = mergeRecords(ready.map(({ record }) => record));
  const items = groups.flatMap(({ newest }) => itemOf.get(newest) ?? []);
  const outcomes = await writeItems(ports, items);
  const outcomeOf = new Map(items.map((item, index) => [item.id.S, outcomes[index]]));
  return prepared.map((one): RecordResult => {
    if (one.kind === "failed") return one;
    const { id } = one.record;
    const outcome = outcomeOf.get(id);
    if (outcome?.kind === "accepted") return { kind: "written", id };
    return { kind: "failed", ids: [id], failure: outcome?.failure ?? NO_OUTCOME };
  });
}

const NO_OUTCOME: Failure = { errorCode: "NotWritten", errorMessage: "the item has no outcome" };

function prepare(source: KinesisEventRecord, nowMs: number): Prepared {
  const decoding = decodeRecord(source);
  if (decoding.kind === "undecodable") {
    return { kind: "failed", ids: [], failure: { errorCode: "UndecodableRecord", errorMessage: decoding.reason } };
  }
  const { record } = decoding;
  const item = eventItem(record, nowMs);
  const sizeBytes = itemSizeBytes(item);
  if (sizeBytes > MAX_ITEM_SIZE_BYTES) {
    const errorMessage = `the item has ${sizeBytes} bytes, at most ${MAX_ITEM_SIZE_BYTES} are allowed`;
    return { kind: "failed", ids: [record.id], failure: { errorCode: "ItemTooLarge", errorMessage } };
  }
  return { kind: "ready", record, item };
}
