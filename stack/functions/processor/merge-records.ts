import type { DecodedRecord } from "./decode-record.ts";

/** All records of one batch that carry the same id: one item, that of the newest. */
export interface RecordGroup {
  readonly newest: DecodedRecord;
  readonly records: readonly DecodedRecord[];
}

/**
 * Groups records by id, as BatchWriteItem refuses a call with two requests for one key. Records come in the order of their
 * shard, so the last one of a group is its newest.
 */
export function mergeRecords(records: readonly DecodedRecord[]): readonly RecordGroup[] {
  const groups = new Map<string, RecordGroup>();
  for (const record of records) {
    const earlier = groups.get(record.id)?.records ?? [];
    groups.set(record.id, { newest: record, records: [...earlier, record] });
  }
  return [...groups.values()];
}
