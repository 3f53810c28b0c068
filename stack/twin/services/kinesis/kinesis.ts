import type { StreamReader } from "../../model/ports.ts";
import type { Service } from "../../model/service.ts";
import { createService, jsonErrors } from "../operation.ts";
import { describeStream, describeStreamSummary, listShards } from "./describe-stream.ts";
import { getRecords } from "./get-records.ts";
import { getShardIterator } from "./get-shard-iterator.ts";
import { HeldRecords } from "./held-records.ts";
import type { KinesisParts } from "./kinesis-parts.ts";
import { listStreams, listTagsForResource, listTagsForStream } from "./list-streams.ts";
import { putRecord, putRecords } from "./put-records.ts";
import { createStreamMetrics } from "./stream-metrics.ts";
import { createStreamReader } from "./stream-reader.ts";

/** Kinesis Data Streams over the state's streams: the service for the wire, and the reader for event source mappings. */
export function createKinesis(parts: KinesisParts): { readonly service: Service; readonly reader: StreamReader } {
  const metrics = createStreamMetrics(parts.metrics, parts.clock);
  const writing = { metrics, held: new HeldRecords(parts.clock) };
  const service = createService("kinesis", parts.authorizer, jsonErrors, {
    PutRecord: putRecord(parts, writing),
    PutRecords: putRecords(parts, writing),
    GetShardIterator: getShardIterator(parts),
    GetRecords: getRecords(parts, metrics),
    DescribeStream: describeStream(parts),
    DescribeStreamSummary: describeStreamSummary(parts),
    ListShards: listShards(parts),
    ListStreams: listStreams(parts),
    ListTagsForStream: listTagsForStream(parts),
    ListTagsForResource: listTagsForResource(parts),
  });
  return { service, reader: createStreamReader(parts, metrics) };
}
