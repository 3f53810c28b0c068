import type { AnswerCode } from "./answer-code.ts";
import { Connection, type ConnectionOwner, type OpenSocket } from "./connection.ts";

export interface PoolOwner {
  /** The connection's request ended. Where the connection goes on it is free already. */
  settled(connection: Connection, code: AnswerCode): void;
}

/** A connection that has been idle longer is not used again where the server does not say how long it keeps one (as in undici). */
const IDLE_MS = 4_000;
/** How much sooner than the server we let an idle connection go, so that no request meets its end half-way. */
const IDLE_MARGIN_MS = 1_000;

const MOST_CLOSED_AT_ONCE = 4;

/** Kept-alive connections: the one used last goes first, a new one is opened where none is free, up to a maximum. */
export class ConnectionPool implements ConnectionOwner {
  readonly #most: number;
  readonly #open: OpenSocket;
  readonly #headOnly: boolean;
  readonly #owner: PoolOwner;
  readonly #connections = new Set<Connection>();
  /** Idle longest first. */
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

  /** Lets go of a few that have been idle too long: of a thousand at once a request due meanwhile would have to wait. */
  closeIdle(nowMs: number): void {
    for (let closed = 0; closed < MOST_CLOSED_AT_ONCE; closed += 1) {
      const longest = this.#idle[0];
      if (longest === undefined || this.#isFresh(longest, nowMs)) return;
      this.#idle.shift();
      longest.destroy();
    }
  }

  #isFresh(connection: Connection, nowMs: number): boolean {
    return connection.isUsable && nowMs - connection.idleSinceMs < this.#idleMs;
  }

  close(): void {
    for (const connection of this.#connections) connection.destroy();
    this.#idle = [];
  }
}
