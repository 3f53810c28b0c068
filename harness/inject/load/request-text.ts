import { tagPrefix } from "../../model/event.ts";
import { padBody } from "./pad-body.ts";

/** What all requests of a load have in common. */
export interface RequestShape {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  /** Value of the Host header. */
  readonly host: string;
  /** JSON text of one event; holds `{tag}`. */
  readonly body: string;
  /** JSON text of a request with several events; holds `"{events}"`. Null where a request is one event. */
  readonly batchBody: string | null;
  readonly runId: string;
  readonly producer: string;
  readonly eventsPerRequest: number;
  /** Least bytes of one event's body; null leaves it as it is. */
  readonly bodyBytes: number | null;
}

/** An event's body around its sequence number: `pieces` joined by the number is the body. */
interface EventText {
  readonly pieces: readonly string[];
  readonly sizeBytes: number;
}

/**
 * Writes requests with as little work as can be: everything but the sequence numbers stands ready. The text holds one character
 * per byte (latin1 of the UTF-8), so it goes to the socket without another encoding.
 *
 * Request `k` carries the events `k·E … k·E+E-1`, in their order.
 */
export function createRequestText(shape: RequestShape): (request: number) => string {
  const prefix = `${tagPrefix(shape.runId)}${shape.producer}-`;
  const byDigits: EventText[] = [];
  const heads = new Map<number, string>();

  const eventText = (digits: number): EventText => (byDigits[digits] ??= prepareEvent(shape, prefix, digits));
  const head = (sizeBytes: number): string => {
    const known = heads.get(sizeBytes);
    if (known !== undefined) return known;
    const made = headText(shape, sizeBytes);
    heads.set(sizeBytes, made);
    return made;
  };
  if (shape.batchBody === null) {
    return (request) => {
      const digits = String(request);
      const text = eventText(digits.length);
      return head(text.sizeBytes) + fill(text.pieces, digits);
    };
  }

  const frame = toByteText(shape.batchBody).split('"{events}"');
  const listsPerBody = frame.length - 1;
  const frameBytes = frame.reduce((sum, piece) => sum + piece.length, 0);
  const { eventsPerRequest } = shape;
  return (request) => {
    let list = "[";
    let sizeBytes = 1 + eventsPerRequest;
    const first = request * eventsPerRequest;
    for (let sequence = first; sequence < first + eventsPerRequest; sequence += 1) {
      const digits = String(sequence);
      const text = eventText(digits.length);
      sizeBytes += text.sizeBytes;
      list += sequence === first ? fill(text.pieces, digits) : `,${fill(text.pieces, digits)}`;
    }
    return head(frameBytes + listsPerBody * sizeBytes) + fill(frame, `${list}]`);
  };
}

function prepareEvent(shape: RequestShape, prefix: string, digits: number): EventText {
  // Bodies of one length of number are of one length: a number of nines stands for all of them.
  const sample = "9".repeat(digits);
  const padded = padBody(shape.body, `${prefix}${sample}`, shape.bodyBytes);
  const pieces = toByteText(padded.replaceAll("{tag}", `${prefix}{tag}`)).split("{tag}");
  const sizeBytes = pieces.reduce((sum, piece) => sum + piece.length, 0) + (pieces.length - 1) * digits;
  return { pieces, sizeBytes };
}

function headText({ method, path, host }: RequestShape, sizeBytes: number): string {
  return toByteText(
    `${method} ${path} HTTP/1.1\r\nhost: ${host}\r\ncontent-type: application/json\r\ncontent-length: ${sizeBytes}\r\n\r\n`,
  );
}

function fill(pieces: readonly string[], value: string): string {
  let text = pieces[0] ?? "";
  for (let index = 1; index < pieces.length; index += 1) text += value + (pieces[index] ?? "");
  return text;
}

function toByteText(text: string): string {
  return Buffer.from(text, "utf8").toString("latin1");
}
