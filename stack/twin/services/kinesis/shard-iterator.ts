import { Buffer } from "node:buffer";

/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetShardIterator.html */
export const ITERATOR_LIFETIME_MS = 300_000;

/** A place in a shard; the iterator's text holds all of it, so that the twin keeps nothing per iterator. */
export interface ShardIterator {
  readonly streamName: string;
  readonly shardId: string;
  readonly index: number;
  readonly issuedAtMs: number;
}

export function writeIterator({ streamName, shardId, index, issuedAtMs }: ShardIterator): string {
  return Buffer.from(`${streamName}\n${shardId}\n${index}\n${issuedAtMs}`).toString("base64");
}

/** Reads an iterator; text that is none is `undefined`. */
export function readIterator(text: string): ShardIterator | undefined {
  const [streamName, shardId, index, issuedAtMs, ...rest] = Buffer.from(text, "base64").toString("utf8").split("\n");
  if (streamName === undefined || shardId === undefined || rest.length > 0) return undefined;
  if (!/^\d+$/.test(index ?? "") || !/^\d+$/.test(issuedAtMs ?? "")) return undefined;
  return { streamName, shardId, index: Number(index), issuedAtMs: Number(issuedAtMs) };
}
