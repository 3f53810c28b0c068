import type { EventTag } from "../model/event.ts";
import type { Outcome } from "../model/outcome.ts";

/** One entry, ready to take requests. It sends each request once: no retries, no redirects, no pacing. */
export interface Sender {
  /** Bytes of one event's own body. */
  sizeBytes(tag: EventTag): number;
  /**
   * Sends one request that carries these events and says what became of them. Whatever goes wrong on the wire is an outcome.
   * `signal` aborts when the answer is no longer wanted (time is up, the run is stopped); the sender then lets the connection go.
   */
  send(tags: readonly EventTag[], signal: AbortSignal): Promise<Outcome>;
  /** Ends all connections at once. */
  close(): Promise<void>;
}
