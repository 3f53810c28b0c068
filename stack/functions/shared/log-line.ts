import { splitBatches } from "./split-batches.ts";
import { utf8SizeBytes } from "./utf8.ts";

/**
 * CloudWatch Logs holds 256 KB per log event; ids beyond this bound go to a further line of the same message.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html
 */
const IDS_PER_LINE = { maxEntries: 10_000, maxSizeBytes: 200_000 };

export interface LogEntry {
  readonly level: "info" | "error";
  readonly message: string;
  readonly ids: readonly string[];
  readonly [field: string]: unknown;
}

/** The JSON lines of a log entry: one, unless its ids are more than one log event holds. Every id is in exactly one line. */
export function logLines(entry: LogEntry): readonly string[] {
  const { ids, ...fields } = entry;
  const parts = splitBatches(ids, (id) => utf8SizeBytes(JSON.stringify(id)) + 1, IDS_PER_LINE);
  return (parts.length === 0 ? [[]] : parts).map((part) => JSON.stringify({ ...fields, ids: part }));
}
