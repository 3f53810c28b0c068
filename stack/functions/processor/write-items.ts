import type { BatchWriteItemCommandInput, BatchWriteItemOutput } from "@aws-sdk/client-dynamodb";
import { failureOf } from "../shared/failure.ts";
import { type Outcome, sendAndResend } from "../shared/resend.ts";
import { type BatchLimits, splitBatches } from "../shared/split-batches.ts";
import { type EventItem, itemSizeBytes } from "./item.ts";

export interface WriteItemsPorts {
  readonly tableName: string;
  readonly batchWriteItem: (
    input: BatchWriteItemCommandInput,
    timeoutMs: number,
  ) => Promise<Pick<BatchWriteItemOutput, "UnprocessedItems">>;
  readonly timeLeftMs: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  readonly random: () => number;
}

/** @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html */
export const BATCH_WRITE_LIMITS: BatchLimits = { maxEntries: 25, maxSizeBytes: 16 * 1024 * 1024 };

const UNPROCESSED = {
  errorCode: "UnprocessedItem",
  errorMessage: "the table left the item unprocessed, most often for lack of write capacity",
};

/** What DynamoDB throws, in place of UnprocessedItems, when it could not process any item of a call. */
const NOTHING_PROCESSED = new Set(["ProvisionedThroughputExceededException", "ThrottlingException"]);

/**
 * Writes items with distinct keys; unprocessed ones are sent again.
 *
 * @returns one outcome per item, in the order of `items`
 */
export async function writeItems(
  ports: WriteItemsPorts,
  items: readonly EventItem[],
): Promise<readonly Outcome<"written">[]> {
  const { outcomes } = await sendAndResend<EventItem, "written">({
    ...ports,
    entries: items,
    split: (pending) => splitBatches(pending, itemSizeBytes, BATCH_WRITE_LIMITS),
    sendOnce: (batch, timeoutMs) => writeBatch(ports, batch, timeoutMs),
  });
  return outcomes;
}

async function writeBatch(
  ports: WriteItemsPorts,
  batch: readonly EventItem[],
  timeoutMs: number,
): Promise<readonly Outcome<"written">[]> {
  const requests = batch.map((item) => ({ PutRequest: { Item: item } }));
  try {
    const answer = await ports.batchWriteItem({ RequestItems: { [ports.tableName]: requests } }, timeoutMs);
    const left = Object.values(answer.UnprocessedItems ?? {}).flat();
    const unprocessed = new Set(left.map((request) => request.PutRequest?.Item?.["id"]?.S));
    return batch.map((item) =>
      unprocessed.has(item.id.S) ? { kind: "rejected", failure: UNPROCESSED } : { kind: "accepted", value: "written" },
    );
  } catch (thrown) {
    const failure = failureOf(thrown);
    if (!NOTHING_PROCESSED.has(failure.errorCode)) throw thrown;
    return batch.map(() => ({ kind: "rejected", failure }));
  }
}
