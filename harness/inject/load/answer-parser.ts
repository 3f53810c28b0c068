import { ANSWER_BYTES } from "../outcome.ts";

/** `more`: the answer goes on. `done`: it is whole. `broken`: this is no HTTP/1 answer. */
export type Progress = "more" | "done" | "broken";

const MOST_HEAD_BYTES = 65_536;
const LF = 10;
const CR = 13;
const TAB = 9;
const SPACE = 32;
const ZERO = 48;
const COLON = 58;
const HTTP_1 = Buffer.from("http/1.");
const CONTENT_LENGTH = Buffer.from("content-length");
const CONNECTION = Buffer.from("connection");
const KEEP_ALIVE = Buffer.from("keep-alive");
const KEEP_ALIVE_ONLY = ["keep-alive"];
const TRANSFER_ENCODING = Buffer.from("transfer-encoding");

type State =
  | "status"
  | "header"
  | "length"
  | "close"
  | "chunk-size"
  | "chunk"
  | "chunk-end"
  | "trailer"
  | "done"
  | "broken";

/**
 * Reads one answer of HTTP/1.0 or 1.1 at a time from pieces of any size (RFC 9112): status line, Content-Length, chunked, bodies
 * that end with the connection, statuses without a body, interim answers (1xx) before the real one.
 * Of an answer that is no 2xx the first kilobyte of the body is kept as evidence; all else is passed over.
 */
export class AnswerParser {
  /** Of the answer that is being read or was read last; 0 before its status line. */
  status = 0;
  /** Whether the connection may carry another request after this answer. */
  keepAlive = true;
  /** What the server says in `Keep-Alive: timeout`, or undefined. */
  keepAliveMs: number | undefined = undefined;
  /** The answer is whole, and more bytes came after it that answer no request. */
  hasMore = false;

  readonly #headOnly: boolean;
  #state: State = "status";
  #line: Buffer = Buffer.alloc(0);
  #headBytes = 0;
  #leftBytes = -1;
  #chunked = false;
  #coded = false;
  #kept: Buffer[] = [];
  #keptBytes = 0;

  /** `headOnly`: answers to HEAD have no body, whatever their headers say. */
  constructor(headOnly: boolean) {
    this.#headOnly = headOnly;
  }

  /** Makes ready for the next answer. */
  reset(): void {
    this.status = 0;
    this.keepAlive = true;
    this.hasMore = false;
    this.#state = "status";
    if (this.#line.length > 0) this.#line = Buffer.alloc(0);
    this.#headBytes = 0;
    if (this.#kept.length > 0) this.#kept = [];
    this.#keptBytes = 0;
    this.#clearHead();
  }

  /** The beginning of the body, for evidence; empty for a 2xx. */
  body(): string {
    return Buffer.concat(this.#kept).toString("utf8");
  }

  /** Takes the next `length` bytes of the connection. The bytes are copied where they are kept. */
  push(bytes: Buffer, length: number): Progress {
    let at = 0;
    while (at < length) {
      switch (this.#state) {
        case "length":
        case "chunk":
          at = this.#passBody(bytes, at, length);
          break;
        case "close":
          this.#keep(bytes, at, length);
          at = length;
          break;
        case "done":
          this.hasMore = true;
          return "done";
        case "broken":
          return "broken";
        default:
          at = this.#takeLine(bytes, at, length);
      }
    }
    return this.#progress();
  }

  /** The peer has closed the connection in good order. */
  end(): Progress {
    if (this.#state === "close") this.#state = "done";
    return this.#state === "done" ? "done" : "broken";
  }

  #progress(): Progress {
    return this.#state === "done" || this.#state === "broken" ? this.#state : "more";
  }

  #passBody(bytes: Buffer, from: number, length: number): number {
    const until = Math.min(length, from + this.#leftBytes);
    this.#keep(bytes, from, until);
    this.#leftBytes -= until - from;
    if (this.#leftBytes === 0) this.#state = this.#state === "length" ? "done" : "chunk-end";
    return until;
  }

  #keep(bytes: Buffer, from: number, until: number): void {
    if ((this.status >= 200 && this.status <= 299) || this.#keptBytes >= ANSWER_BYTES) return;
    const end = Math.min(until, from + ANSWER_BYTES - this.#keptBytes);
    this.#kept.push(Buffer.from(bytes.subarray(from, end)));
    this.#keptBytes += end - from;
  }

  /** Takes the bytes up to the end of the line, and reads the line where that has come. */
  #takeLine(bytes: Buffer, from: number, length: number): number {
    const found = bytes.indexOf(LF, from);
    const ended = found >= 0 && found < length;
    const until = ended ? found : length;
    this.#headBytes += until - from + 1;
    if (this.#headBytes > MOST_HEAD_BYTES) this.#state = "broken";
    else if (!ended) this.#line = Buffer.concat([this.#line, bytes.subarray(from, until)]);
    else if (this.#line.length === 0) this.#readLine(bytes, from, until);
    else {
      const line = Buffer.concat([this.#line, bytes.subarray(from, until)]);
      this.#line = Buffer.alloc(0);
      this.#readLine(line, 0, line.length);
    }
    return ended ? until + 1 : length;
  }

  #readLine(line: Buffer, from: number, end: number): void {
    const until = end > from && line[end - 1] === CR ? end - 1 : end;
    switch (this.#state) {
      case "status":
        this.#readStatus(line, from, until);
        return;
      case "header":
        if (until === from) this.#endHead();
        else this.#readHeader(line, from, until);
        return;
      case "chunk-size":
        this.#readChunkSize(line.toString("latin1", from, until));
        return;
      case "chunk-end":
        this.#state = until === from ? "chunk-size" : "broken";
        return;
      case "trailer":
        if (until === from) this.#state = "done";
        return;
      default:
        this.#state = "broken";
    }
  }

  #readStatus(line: Buffer, from: number, until: number): void {
    const minor = line[from + 7];
    const status = until - from >= 12 ? readDigits(line, from + 9, from + 12) : -1;
    const isHttp = status >= 100 && startsWith(line, from, HTTP_1) && (minor === ZERO || minor === ZERO + 1);
    if (!isHttp || line[from + 8] !== SPACE || (until - from > 12 && line[from + 12] !== SPACE)) {
      this.#state = "broken";
      return;
    }
    this.status = status;
    this.keepAlive = minor !== ZERO;
    this.#state = "header";
  }

  #readHeader(line: Buffer, from: number, until: number): void {
    let colon = from;
    while (colon < until && line[colon] !== COLON) colon += 1;
    if (colon === until) {
      this.#state = "broken";
      return;
    }
    // Most headers are none of ours, which their length tells.
    switch (colon - from) {
      case CONTENT_LENGTH.length:
        if (startsWith(line, from, CONTENT_LENGTH)) this.#readLength(line, colon + 1, until);
        return;
      case CONNECTION.length:
        if (startsWith(line, from, CONNECTION)) this.#readConnection(line.toString("latin1", colon + 1, until));
        else if (startsWith(line, from, KEEP_ALIVE)) this.#readKeepAlive(line.toString("latin1", colon + 1, until));
        return;
      case TRANSFER_ENCODING.length:
        if (startsWith(line, from, TRANSFER_ENCODING)) this.#readCoding(line.toString("latin1", colon + 1, until));
        return;
    }
  }

  #readLength(line: Buffer, start: number, end: number): void {
    let [from, until] = [start, end];
    while (from < until && isBlank(line[from])) from += 1;
    while (until > from && isBlank(line[until - 1])) until -= 1;
    const length = readDigits(line, from, until);
    if (length < 0 || (this.#leftBytes >= 0 && this.#leftBytes !== length)) this.#state = "broken";
    this.#leftBytes = length;
  }

  #readConnection(value: string): void {
    const tokens = value === " keep-alive" ? KEEP_ALIVE_ONLY : value.toLowerCase().split(",");
    for (const token of tokens) {
      if (token.trim() === "close") this.keepAlive = false;
      if (token.trim() === "keep-alive") this.keepAlive = true;
    }
  }

  #readKeepAlive(value: string): void {
    const match = /timeout=([0-9]{1,6})/i.exec(value);
    if (match !== null) this.keepAliveMs = Number(match[1]) * 1000;
  }

  #readCoding(value: string): void {
    this.#coded = true;
    this.#chunked = value.toLowerCase().split(",").at(-1)?.trim() === "chunked";
  }

  #clearHead(): void {
    this.#leftBytes = -1;
    this.#chunked = false;
    this.#coded = false;
  }

  #endHead(): void {
    if (this.status < 200 && this.status !== 101) {
      this.#state = "status";
      this.#headBytes = 0;
      this.#clearHead();
      return;
    }
    // A body that ends with the connection, a connection that speaks another protocol, a length that two headers state.
    const endless = this.#coded ? !this.#chunked || this.#leftBytes >= 0 : this.#leftBytes < 0;
    if (this.status === 101) this.keepAlive = false;
    if (this.#headOnly || this.status === 204 || this.status === 304 || this.status === 101) this.#state = "done";
    else {
      if (endless) this.keepAlive = false;
      if (this.#chunked) this.#state = "chunk-size";
      else if (this.#coded || this.#leftBytes < 0) this.#state = "close";
      else this.#state = this.#leftBytes === 0 ? "done" : "length";
    }
  }

  #readChunkSize(line: string): void {
    const match = /^([0-9a-f]{1,12})[ \t]*(?:;.*)?$/i.exec(line);
    if (match?.[1] === undefined) {
      this.#state = "broken";
      return;
    }
    this.#leftBytes = Number.parseInt(match[1], 16);
    this.#headBytes = 0;
    this.#state = this.#leftBytes === 0 ? "trailer" : "chunk";
  }
}

/** Whether the bytes from `from` on are these lower-case letters, in either case. */
function startsWith(bytes: Buffer, from: number, lowerCase: Buffer): boolean {
  for (let index = 0; index < lowerCase.length; index += 1) {
    const byte = bytes[from + index] ?? 0;
    const lower = byte >= 65 && byte <= 90 ? byte + 32 : byte;
    if (lower !== lowerCase[index]) return false;
  }
  return true;
}

/** The whole number that the bytes spell, or -1 where they spell none of 1 to 15 digits. */
function readDigits(bytes: Buffer, from: number, until: number): number {
  if (until <= from || until - from > 15) return -1;
  let number = 0;
  for (let at = from; at < until; at += 1) {
    const digit = (bytes[at] ?? 0) - ZERO;
    if (digit < 0 || digit > 9) return -1;
    number = number * 10 + digit;
  }
  return number;
}

function isBlank(byte: number | undefined): boolean {
  return byte === SPACE || byte === TAB;
}
