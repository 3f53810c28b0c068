import { identifyEvent } from "../shared/event-id.ts";
import { parseJson } from "../shared/json.ts";
import { decodeUtf8 } from "../shared/utf8.ts";
import { type KinesisEventRecord, shardIdOf } from "./kinesis-event.ts";

/** A record's event, and where in the stream it came from. */
export interface DecodedRecord {
  readonly id: string;
  /** The JSON as received. */
  readonly payload: string;
  readonly shardId: string;
  readonly sequenceNumber: string;
  readonly partitionKey: string;
  readonly approximateArrivalMs: number;
}

export type Decoding =
  | { readonly kind: "decoded"; readonly record: DecodedRecord }
  | { readonly kind: "undecodable"; readonly reason: string };

/** Decodes the event that a record carries. The reason names the field. */
export function decodeRecord(source: KinesisEventRecord): Decoding {
  const { data, partitionKey, sequenceNumber, approximateArrivalTimestamp } = source.kinesis;
  if (typeof data !== "string") return undecodable("data: expected base64 text");
  if (typeof partitionKey !== "string") return undecodable("partitionKey: expected a string");
  if (typeof approximateArrivalTimestamp !== "number") {
    return undecodable("approximateArrivalTimestamp: expected a number of seconds");
  }
  const text = decodeUtf8(Buffer.from(data, "base64"));
  if (text.kind === "not-utf8") return undecodable("data: not UTF-8 text");
  const parsed = parseJson(text.text);
  if (parsed.kind === "not-json") return undecodable(`data: not JSON: ${parsed.reason}`);
  const identified = identifyEvent(parsed.value, "data");
  if (identified.kind === "invalid") return undecodable(identified.reason);
  return {
    kind: "decoded",
    record: {
      id: identified.id,
      payload: text.text,
      shardId: shardIdOf(source),
      sequenceNumber,
      partitionKey,
      approximateArrivalMs: Math.round(approximateArrivalTimestamp * 1000),
    },
  };
}

function undecodable(reason: string): Decoding {
  return { kind: "undecodable", reason };
}
