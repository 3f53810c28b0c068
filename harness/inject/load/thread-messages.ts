import type { LoadPhase } from "../../model/load.ts";
import type { Peer } from "./open-socket.ts";
import type { RequestShape } from "./request-text.ts";
import type { SecondColumns } from "./second-columns.ts";

/** What a thread is started with. */
export interface ThreadStart extends ThreadTask {
  readonly peer: Peer;
  /** One moment by two clocks: `Date.now()`, and `process.hrtime()`, which all threads share. */
  readonly clock: { readonly epochMs: number; readonly hrtime: [seconds: number, nanoseconds: number] };
}

export interface ThreadTask {
  /** From 0. The thread sends the requests `k` with `k % workers === worker`. */
  readonly worker: number;
  readonly workers: number;
  readonly shape: RequestShape;
  /** Most connections of this thread. */
  readonly maxConnections: number;
  /** From sending a request to the end of its answer. */
  readonly requestMs: number;
}

export type ToThread =
  | { readonly kind: "phase"; readonly phase: LoadPhase }
  /** Send nothing more; what is under way has `drainMs` left. */
  | { readonly kind: "halt"; readonly drainMs: number }
  /** All threads have halted: nothing from request `cut` on was sent by any. One of them counts all that as unsent. */
  | { readonly kind: "abandon"; readonly cut: number; readonly countsRest: boolean };

export type FromThread =
  | { readonly kind: "ready" }
  /** Once a second, also where nothing happened: a sign of life. */
  | { readonly kind: "second"; readonly columns: SecondColumns | null }
  /** The first `phases` phases are sent and answered, and their last second was posted before this. */
  | { readonly kind: "drained"; readonly phases: number }
  /** Nothing more goes out; `nextRequest` would have been next, or is past all where nothing was left. */
  | { readonly kind: "halted"; readonly nextRequest: number }
  /** The last message of a thread that was halted. */
  | { readonly kind: "ended" };
