import type { GetShardIteratorCommandInput } from "@aws-sdk/client-kinesis";

export interface ShardPlace {
  readonly stream: string;
  readonly shardId: string;
  /** Where to begin; undefined means at the shard's oldest record. */
  readonly fromMs: number | undefined;
}

/** What to ask for to read a shard on behind a record, or from where reading begins where none has been read yet. */
export function iteratorInput(
  { stream, shardId, fromMs }: ShardPlace,
  lastSequence: string | undefined,
): GetShardIteratorCommandInput {
  const shard = { StreamName: stream, ShardId: shardId };
  if (lastSequence !== undefined) {
    return { ...shard, ShardIteratorType: "AFTER_SEQUENCE_NUMBER", StartingSequenceNumber: lastSequence };
  }
  if (fromMs === undefined) return { ...shard, ShardIteratorType: "TRIM_HORIZON" };
  return { ...shard, ShardIteratorType: "AT_TIMESTAMP", Timestamp: new Date(fromMs) };
}
