import type { Clock, FaultAction } from "../model/ports.ts";
import { holdBack } from "./hold-back.ts";

/** What a planted fault does to a request before it is served; one that passes may have been held back. */
type Planted =
  | { readonly kind: "passes" }
  /** The connection is closed without an answer. */
  | { readonly kind: "cut" }
  | { readonly kind: "error"; readonly code: string }
  | { readonly kind: "throttled" };

/** Lets a request meet its fault. A duplicate passes: what is done twice is up to whoever serves it. */
export async function meetFault(fault: FaultAction, clock: Clock, signal?: AbortSignal): Promise<Planted> {
  switch (fault.kind) {
    case "none":
    case "duplicate":
      return { kind: "passes" };
    case "delay":
    case "reorder":
      await holdBack(fault, clock, signal);
      return { kind: "passes" };
    case "drop":
      return { kind: "cut" };
    case "error":
      return fault;
    case "throttle":
      return { kind: "throttled" };
    default:
      return fault satisfies never;
  }
}
