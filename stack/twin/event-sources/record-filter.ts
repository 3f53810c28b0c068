import type { StreamRecord } from "../model/ports.ts";
import { matchesPattern } from "./event-pattern.ts";
import { kinesisEventRecord } from "./kinesis-event.ts";
import type { EventSourceMappingConfig } from "./mapping-config.ts";

/**
 * The filter criteria of a Kinesis mapping: `data` is matched against the record's JSON (or its text, where it is no JSON), the other keys
 * against the record's own properties. A record that matches none of the patterns is passed over for good.
 */
export function recordFilter(config: EventSourceMappingConfig): (shardId: string, record: StreamRecord) => boolean {
  if (config.filterPatterns.length === 0) return () => true;
  const patterns = config.filterPatterns.map((text): unknown => JSON.parse(text));
  return (shardId, record) => {
    const event = kinesisEventRecord(config, shardId, record);
    const value = { ...event, ...event.kinesis, data: parsed(record.data) };
    return patterns.some((pattern) => matchesPattern(pattern, value));
  };
}

function parsed(data: Uint8Array): unknown {
  const text = Buffer.from(data).toString("utf8");
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
