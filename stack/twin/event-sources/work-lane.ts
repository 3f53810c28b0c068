import { functionNameOf } from "../model/function-name.ts";
import type { MetricSink, Principal, StreamRecord } from "../model/ports.ts";
import { type BatchOutcome, batchOutcome } from "./batch-outcome.ts";
import { deliverFailure } from "./deliver-failure.ts";
import { kinesisEvent } from "./kinesis-event.ts";
import type { EventSourceMappingConfig } from "./mapping-config.ts";
import { type DiscardCondition, processBatch } from "./process-batch.ts";
import type { RecordQueue } from "./record-queue.ts";
import type { ShardContext } from "./shard-context.ts";

/**
 * Hands a lane's batches to the function, one after the other, until aborted. `takePlanted` says whether a failure is planted for one of
 * these records; it then stands in for one invocation.
 */
export async function workLane(
  lane: RecordQueue,
  { config, shardId, ports, events, signal }: ShardContext,
  takePlanted: (records: readonly StreamRecord[]) => boolean,
  taken: () => void,
): Promise<void> {
  const { clock, invoker, metrics } = ports;
  const invokedBy = mappingPrincipal(config);
  const invoke = async (records: readonly StreamRecord[]): Promise<BatchOutcome> => {
    addIteratorAge(metrics, config, records, clock.nowMs());
    if (takePlanted(records)) return { kind: "failed-from", index: 0 };
    const outcome = await invoker.invoke(config.functionArn, kinesisEvent(config, shardId, records), invokedBy);
    events.result(outcome.kind === "answered" ? "OK" : "PROBLEM: Function call failed");
    return batchOutcome(outcome, records, config.reportBatchItemFailures);
  };
  const discard = (records: readonly StreamRecord[], condition: DiscardCondition, invocations: number) => {
    events.discarded(records.length);
    deliverFailure({ config, shardId, records, condition, invocations }, ports).catch((error: unknown) =>
      events.result(`PROBLEM: the failure destination was not written: ${error}`),
    );
  };
  while (!signal.aborted) {
    const batch = await lane.nextBatch();
    taken();
    if (batch.length > 0) await processBatch(batch, config, { clock, signal, invoke, discard });
  }
}

/** Age of the batch's last record when the function gets it, as AWS measures it. */
function addIteratorAge(
  metrics: MetricSink,
  { functionArn }: EventSourceMappingConfig,
  records: readonly StreamRecord[],
  atMs: number,
) {
  const FunctionName = functionNameOf(functionArn);
  const value = Math.max(0, atMs - (records.at(-1)?.approximateArrivalMs ?? atMs));
  for (const dimensions of [{ FunctionName }, { FunctionName, Resource: FunctionName }]) {
    metrics.add({ namespace: "AWS/Lambda", name: "IteratorAge", dimensions, value, unit: "Milliseconds", atMs });
  }
}

function mappingPrincipal({ functionArn, streamArn }: EventSourceMappingConfig): Principal {
  const sourceAccount = functionArn.split(":")[4] ?? "";
  return { kind: "service", service: "lambda.amazonaws.com", sourceArn: streamArn, sourceAccount };
}
