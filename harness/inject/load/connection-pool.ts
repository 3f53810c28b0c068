import type { AnswerCode } from "./answer-code.ts";
import { Connection, type ConnectionOwner, type OpenSocket } from "./connection.ts";

export interface PoolOwner {
  /** The connection's request ended. Where the connection goes on it is free already. */
  settled(connection: Connection, code: AnswerCode): void;
}

/** A connection that has been idle longer is not used again where the server names no time of its own (as in undici). */
const IDLE_MS = 4_000;
/** How much sooner than the server we let an idle connection go, so that no request meets its end half-way. */
const IDLE_MARGIN_MS = 1_000;

/** Kept-alive connections: the one used last goes first, a new one is opened where none is free, up to a maximum. */
export class ConnectionPool implements ConnectionOwner {
  readonly #most: number;
  readonly #open: OpenSocket;
  readonly #headOnly: boolean;
  readonly #owner: PoolOwner;
  readonly #connections = new Set<Connection>();
  #idle: Connection[] = [];
  #idleMs = IDLE_MS;

  constructor(most: number, open: OpenSocket, headOnly: boolean, owner: PoolOwner) {
    this.#most = most;
    this.#open = open;
    this.#headOnly = headOnly;
    this.#owner = owner;
  }

  /** A connection that is free, or a new one; undefined where all are taken. */
  take(nowMs: number): Connection | undefined {
    for (let idle = this.#idle.pop(); idle !== undefined; idle = this.#idle.pop()) {
      if (this.#isFresh(idle, nowMs)) return idle;
      idle.destroy();
    }
    if (this.#connections.size >= this.#most) return undefined;
    const made = new Connection(this, this.#open, this.#headOnly);
    this.#connections.add(made);
    return made;
  }

  settled(connection: Connection, code: AnswerCode, reusable: boolean): void {
    const saidMs = connection.keepAliveMs;
    if (saidMs !== undefined) this.#idleMs = Math.max(0, saidMs - IDLE_MARGIN_MS);
    // Free before the owner hears of it, who may send the next request at once.
    if (reusable) this.#idle.push(connection);
    this.#owner.settled(connection, code);
  }

  closed(connection: Connection): void {
    this.#connections.delete(connection);
  }

  /** Lets go of what has been idle too long, and forgets what the server closed. */
  closeIdle(nowMs: number): void {
    this.#idle = this.#idle.filter((connection) => {
      const keeps = this.#isFresh(connection, nowMs);
      if (!keeps) connection.destroy();
      return keeps;
    });
  }

  #isFresh(connection: Connection, nowMs: number): boolean {
    return connection.isUsable && nowMs - connection.idleSinceMs < this.#idleMs;
  }

  close(): void {
    for (const connection of this.#connections) connection.destroy();
    this.#idle = [];
  }
}
