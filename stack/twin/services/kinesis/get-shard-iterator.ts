import { z } from "zod";
import { failed, ok } from "../answer.ts";
import { type Operation, operation } from "../operation.ts";
import { findStream, type KinesisParts, STREAM_NAMED, streamArnOf } from "./kinesis-parts.ts";
import { indexOfSequenceNumber } from "./sequence-number.ts";
import type { Shard } from "./shard.ts";
import { writeIterator } from "./shard-iterator.ts";

const input = z.object({
  ...STREAM_NAMED,
  ShardId: z.string().min(1),
  ShardIteratorType: z.enum(["AT_SEQUENCE_NUMBER", "AFTER_SEQUENCE_NUMBER", "TRIM_HORIZON", "LATEST", "AT_TIMESTAMP"]),
  StartingSequenceNumber: z.string().optional(),
  /** Seconds since the epoch. */
  Timestamp: z.number().optional(),
});

type Input = z.infer<typeof input>;

export function getShardIterator(parts: KinesisParts): Operation {
  return operation({
    input,
    access: (named) => [{ action: "kinesis:GetShardIterator", resourceArn: streamArnOf(parts.home, named) }],
    run(call) {
      const stream = findStream(parts, call);
      if ("code" in stream) return stream;
      const shard = stream.shards.find(({ shardId }) => shardId === call.ShardId);
      if (shard === undefined) {
        const where = `Shard ${call.ShardId} in stream ${stream.name} under account ${parts.home.accountId}`;
        return failed("ResourceNotFoundException", `${where} does not exist`);
      }
      const index = startingIndex(shard, call);
      if (typeof index !== "number") return failed("InvalidArgumentException", index.problem);
      const issuedAtMs = parts.clock.nowMs();
      const iterator = { streamName: stream.name, shardId: shard.shardId, index, issuedAtMs };
      return ok({ ShardIterator: writeIterator(iterator) });
    },
  });
}

function startingIndex(shard: Shard, call: Input): number | { readonly problem: string } {
  switch (call.ShardIteratorType) {
    case "TRIM_HORIZON":
      return shard.oldestIndex;
    case "LATEST":
      return shard.nextIndex;
    case "AT_TIMESTAMP":
      if (call.Timestamp === undefined) return { problem: "Must specify Timestamp for iterator type AT_TIMESTAMP." };
      return shard.indexAtTimestamp(call.Timestamp * 1000);
    case "AT_SEQUENCE_NUMBER":
    case "AFTER_SEQUENCE_NUMBER": {
      const given = call.StartingSequenceNumber;
      if (given === undefined) {
        return { problem: `Must specify StartingSequenceNumber for iterator type ${call.ShardIteratorType}.` };
      }
      const index = indexOfSequenceNumber(shard.sequenceBase, given);
      if (index === undefined) {
        return { problem: `StartingSequenceNumber ${given} is invalid because it did not come from this shard.` };
      }
      return call.ShardIteratorType === "AT_SEQUENCE_NUMBER" ? index : index + 1;
    }
    default:
      return call.ShardIteratorType satisfies never;
  }
}
