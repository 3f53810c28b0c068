import type { Socket } from "node:net";
import { ANSWER_BYTES } from "../outcome.ts";
import { type AnswerCode, CONNECT, CONNECTION } from "./answer-code.ts";
import { AnswerParser } from "./answer-parser.ts";

/** Takes the bytes that a socket received, in `buffer` from 0 to `length`. */
type OnRead = (length: number, buffer: Buffer) => boolean;
/** Opens a socket that hands what it receives to `onRead`. */
export type OpenSocket = (onRead: OnRead) => Socket;

/** What a connection tells its owner. */
export interface ConnectionOwner {
  /** The request ended. `reusable`: the connection may carry another. */
  settled(connection: Connection, code: AnswerCode, reusable: boolean): void;
  /** The connection is gone, or was let go; may be said twice. */
  closed(connection: Connection): void;
}

/**
 * A kept-alive connection with at most one request under way: no pipelining, nothing is ever sent again. It also carries the
 * times of its request and its neighbours in the owner's list, so that a request needs no separate object.
 */
export class Connection {
  /** Index of the request under way; -1 while idle. */
  request = -1;
  intendedMs = 0;
  sentMs = 0;
  idleSinceMs = 0;
  /** Neighbours in the order of sending. */
  before: Connection | undefined = undefined;
  after: Connection | undefined = undefined;

  readonly #owner: ConnectionOwner;
  readonly #socket: Socket;
  readonly #parser: AnswerParser;
  #isConnected = false;
  #failure: string | undefined = undefined;

  constructor(owner: ConnectionOwner, open: OpenSocket, headOnly: boolean) {
    this.#owner = owner;
    this.#parser = new AnswerParser(headOnly);
    const socket = open((length, buffer) => {
      this.#read(length, buffer);
      return true;
    });
    this.#socket = socket;
    const ready = "encrypted" in socket ? "secureConnect" : "connect";
    socket.once(ready, () => {
      this.#isConnected = true;
    });
    socket.on("error", (error) => {
      this.#failure ??= describe(error);
    });
    socket.on("end", () => this.#end());
    socket.once("close", () => this.#close());
  }

  get isUsable(): boolean {
    return this.#socket.writable && this.#failure === undefined;
  }

  get keepAliveMs(): number | undefined {
    return this.#parser.keepAliveMs;
  }

  /** What broke the connection, or the beginning of the answer that is no ack. */
  evidence(): string {
    return this.#failure ?? this.#parser.body();
  }

  /** Sends a request, one character per byte. The owner has set its times. */
  send(request: number, text: string): void {
    this.request = request;
    this.#parser.reset();
    this.#socket.write(text, "latin1");
  }

  /** Lets the connection go at once. A request under way ends as broken, if its owner has not settled it. */
  destroy(): void {
    this.#socket.destroy();
    this.#owner.closed(this);
  }

  #read(length: number, buffer: Buffer): void {
    // Bytes that answer no request, such as a 408 on an idle connection.
    if (this.request < 0) {
      this.destroy();
      return;
    }
    const progress = this.#parser.push(buffer, length);
    if (progress === "done") this.#settleAnswered();
    else if (progress === "broken") {
      this.#failure ??= "the answer is no HTTP/1 answer";
      this.destroy();
    }
  }

  #settleAnswered(): void {
    const parser = this.#parser;
    const whole = this.#socket.writableLength === 0;
    const reusable = parser.keepAlive && !parser.hasMore && whole && this.isUsable;
    this.#owner.settled(this, parser.status, reusable);
    if (!reusable) this.destroy();
  }

  /** The peer has ended the connection: the end of an answer without a length, or of one cut short. */
  #end(): void {
    if (this.request >= 0 && this.#failure === undefined && this.#parser.end() === "done") this.#settleAnswered();
    else this.destroy();
  }

  #close(): void {
    if (this.request >= 0) {
      this.#failure ??= "the connection was closed before the whole answer";
      this.#owner.settled(this, this.#isConnected ? CONNECTION : CONNECT, false);
    }
    this.#owner.closed(this);
  }
}

function describe(error: Error): string {
  const code = "code" in error && typeof error.code === "string" ? `${error.code}: ` : "";
  const causes = error instanceof AggregateError ? error.errors.map(String).join("; ") : "";
  return `${code}${error.message || causes || error.name}`.slice(0, ANSWER_BYTES);
}
