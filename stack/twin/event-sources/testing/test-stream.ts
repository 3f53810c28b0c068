import type { StreamReader, StreamRecord } from "../../model/ports.ts";

/** Records with these partition keys, numbered from 1; the data is the key again. */
export function recordsOf(partitionKeys: readonly string[], arrivalMs = 1_700_000_000_000): StreamRecord[] {
  return partitionKeys.map((partitionKey, index) => ({
    sequenceNumber: String(index + 1).padStart(10, "0"),
    partitionKey,
    data: new TextEncoder().encode(JSON.stringify({ key: partitionKey })),
    approximateArrivalMs: arrivalMs,
  }));
}

/** A stream of one shard in memory; a position is the index of the next record. */
export function streamInMemory(): StreamReader & {
  put(record: StreamRecord): void;
  deny(reason: string | undefined): void;
  readonly readers: string[];
} {
  const records: StreamRecord[] = [];
  const readers: string[] = [];
  let denial: string | undefined;
  let announce: () => void = () => {};
  return {
    readers,
    put(record) {
      records.push(record);
      announce();
    },
    deny(reason) {
      denial = reason;
    },
    shardIds: (streamArn) => (streamArn.endsWith("/absent") ? [] : ["shardId-000000000000"]),
    position: (_arn, _shard, at) => (at === "trim-horizon" ? "0" : String(records.length)),
    read(_arn, _shard, position, limit, reader) {
      readers.push(reader.kind === "role" ? reader.roleArn : reader.kind);
      if (denial !== undefined) return { kind: "denied", reason: denial };
      const from = Number(position);
      const found = records.slice(from, from + limit);
      return { kind: "records", records: found, nextPosition: String(from + found.length), millisBehindLatest: 0 };
    },
    changed: (_arn, _shard, position, _atMostMs, signal) =>
      new Promise((resolve) => {
        if (records.length > Number(position) || signal.aborted) return resolve();
        announce = resolve;
        signal.addEventListener("abort", () => resolve(), { once: true });
      }),
  };
}
