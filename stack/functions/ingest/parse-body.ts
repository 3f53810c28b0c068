import { identifyEvent } from "../shared/event-id.ts";
import { isJsonObject, parseJson } from "../shared/json.ts";
import { MAX_EVENT_SIZE_BYTES } from "../shared/limits.ts";
import { type Utf8Text, utf8SizeBytes } from "../shared/utf8.ts";

/** One event on its way to the stream: its id, which is the partition key, and its JSON, which is the record's data. */
export interface OutgoingEvent {
  readonly id: string;
  readonly json: string;
}

export type ParsedBody =
  | { readonly kind: "events"; readonly events: readonly OutgoingEvent[] }
  | { readonly kind: "invalid"; readonly reason: string };

/** As many events as one PutRecords call takes. */
export const MAX_EVENTS = 500;

/** Reads a request body: one event, `{"id": …}`, or a batch, `{"events": [{"id": …}, …]}`. The reason names the field. */
export function parseBody(body: Utf8Text): ParsedBody {
  if (body.kind === "not-utf8") return invalid("body: not UTF-8 text");
  const parsed = parseJson(body.text);
  if (parsed.kind === "not-json") return invalid(`body: not JSON: ${parsed.reason}`);
  const { value } = parsed;
  if (isJsonObject(value) && "events" in value && !("id" in value)) return parseBatch(value["events"]);
  const event = parseEvent(value, "body");
  return event.kind === "invalid" ? event : { kind: "events", events: [event.outgoing] };
}

function parseBatch(values: unknown): ParsedBody {
  if (!Array.isArray(values)) return invalid("events: expected an array");
  if (values.length === 0) return invalid(`events: empty, expected 1 to ${MAX_EVENTS} events`);
  if (values.length > MAX_EVENTS) return invalid(`events: ${values.length} events, at most ${MAX_EVENTS} are allowed`);
  const events: OutgoingEvent[] = [];
  for (const [index, value] of values.entries()) {
    const event = parseEvent(value, `events[${index}]`);
    if (event.kind === "invalid") return event;
    events.push(event.outgoing);
  }
  return { kind: "events", events };
}

type ParsedEvent =
  | { readonly kind: "event"; readonly outgoing: OutgoingEvent }
  | { readonly kind: "invalid"; readonly reason: string };

function parseEvent(value: unknown, place: string): ParsedEvent {
  const identified = identifyEvent(value, place);
  if (identified.kind === "invalid") return identified;
  const json = JSON.stringify(identified.event);
  const sizeBytes = utf8SizeBytes(json);
  if (sizeBytes > MAX_EVENT_SIZE_BYTES) {
    return invalid(`${place}: ${sizeBytes} bytes, at most ${MAX_EVENT_SIZE_BYTES} are allowed`);
  }
  return { kind: "event", outgoing: { id: identified.id, json } };
}

function invalid(reason: string): { readonly kind: "invalid"; readonly reason: string } {
  return { kind: "invalid", reason };
}
