import { holdBack } from "../faults/hold-back.ts";
import { NEVER_ABORTS } from "../model/closing.ts";
import type { Clock, FaultAction, InvokeOutcome } from "../model/ports.ts";
import type { InvocableFunction } from "./invocable-function.ts";
import { failure } from "./run-invocation.ts";

/** One synchronous invocation with what was planted for it. A dropped one never runs, and its caller waits until the time-out. */
export async function invokeWithFault(
  fault: FaultAction,
  clock: Clock,
  target: InvocableFunction,
  invoke: () => Promise<InvokeOutcome>,
): Promise<InvokeOutcome> {
  switch (fault.kind) {
    case "none":
      return invoke();
    case "drop": {
      const durationMs = target.config.timeoutSeconds * 1000;
      await clock.wait(durationMs, NEVER_ABORTS);
      return { kind: "timed-out", durationMs };
    }
    case "duplicate": {
      const [first] = await Promise.all([invoke(), invoke()]);
      return first;
    }
    case "delay":
    case "reorder":
      await holdBack(fault, clock);
      return invoke();
    case "error":
      return failure({ errorType: fault.code, errorMessage: "Planted by the twin's fault plan", trace: [] }, 0);
    case "throttle":
      target.metrics.throttled(clock.nowMs());
      return { kind: "throttled" };
    default:
      return fault satisfies never;
  }
}
