import { isJsonObject, type JsonObject } from "./json.ts";

/**
 * The longest id, in UTF-16 code units. Kinesis takes partition keys of up to 256 Unicode characters, and the id is the
 * partition key (https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecordsRequestEntry.html).
 */
export const MAX_ID_LENGTH = 256;

export type IdentifiedEvent =
  | { readonly kind: "event"; readonly id: string; readonly event: JsonObject }
  | { readonly kind: "invalid"; readonly reason: string };

/**
 * Reads the id of an event.
 *
 * @param place where the value stands, for the reason: `body`, `events[3]`
 */
export function identifyEvent(value: unknown, place: string): IdentifiedEvent {
  if (!isJsonObject(value)) return { kind: "invalid", reason: `${place}: expected a JSON object` };
  const id = value["id"];
  if (typeof id !== "string" || id === "") {
    return { kind: "invalid", reason: `${place}.id: expected a non-empty string` };
  }
  if (id.length > MAX_ID_LENGTH) {
    return { kind: "invalid", reason: `${place}.id: ${id.length} characters, at most ${MAX_ID_LENGTH} are allowed` };
  }
  // A lone surrogate has no UTF-8 form: two different ids would end up as one and the same key.
  if (/\p{Surrogate}/u.test(id)) return { kind: "invalid", reason: `${place}.id: not well-formed Unicode` };
  return { kind: "event", id, event: value };
}
