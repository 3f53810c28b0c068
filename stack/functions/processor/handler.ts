import { type LambdaContext, timeLeftMs } from "../shared/lambda-context.ts";
import { invocationLog, type Log } from "../shared/log.ts";
import { isKinesisEvent, type KinesisEventRecord, shardIdOf } from "./kinesis-event.ts";
import { processRecords, type RecordResult } from "./process-records.ts";
import type { WriteItemsPorts } from "./write-items.ts";

export interface ProcessorPorts extends Omit<WriteItemsPorts, "timeLeftMs"> {
  readonly nowMs: () => number;
  readonly writeLine: (line: string) => void;
}

/**
 * Needs `ReportBatchItemFailures` on the event source mapping: without it, Lambda takes the batch as done.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-batchfailurereporting.html
 */
export interface BatchResponse {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

/** The handler behind the stream: writes an item per event and reports the records that it could not write. */
export function processorHandler(ports: ProcessorPorts) {
  return async (event: unknown, context: LambdaContext): Promise<BatchResponse> => {
    if (!isKinesisEvent(event)) throw new Error("event: expected records of a Kinesis event source mapping");
    const results = await processRecords({ ...ports, timeLeftMs: () => timeLeftMs(context) }, event.Records);
    const log = invocationLog(context, ports.writeLine);
    logWritten(log, event.Records, results);
    const failures = event.Records.flatMap((record, index) => {
      const result = results[index];
      return result?.kind === "written" ? [] : [reportFailure(log, record, result)];
    });
    return { batchItemFailures: failures };
  };
}

function logWritten(log: Log, records: readonly KinesisEventRecord[], results: readonly RecordResult[]): void {
  const ids = results.flatMap((result) => (result.kind === "written" ? [result.id] : []));
  const first = records[0];
  // A batch is always of one shard: https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html
  const shardId = first === undefined ? undefined : shardIdOf(first);
  if (ids.length > 0 || records.length === 0) log({ level: "info", message: "records written", shardId, ids });
}

function reportFailure(
  log: Log,
  record: KinesisEventRecord,
  result: Extract<RecordResult, { kind: "failed" }> | undefined,
): { readonly itemIdentifier: string } {
  const { sequenceNumber } = record.kinesis;
  log({
    level: "error",
    message: "record not written",
    error: result?.failure.errorCode,
    reason: result?.failure.errorMessage,
    shardId: shardIdOf(record),
    sequenceNumber,
    ids: result?.ids ?? [],
  });
  return { itemIdentifier: sequenceNumber };
}
