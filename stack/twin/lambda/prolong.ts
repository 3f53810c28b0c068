import type { Clock } from "../model/ports.ts";
import type { EnvironmentOutcome } from "./execution-environment.ts";

/**
 * Holds an outcome back until the planted duration is over, counted from `begunMs`: what the twin itself takes is part of it.
 * One as long as the function's time-out times out.
 */
export async function prolong(
  ran: EnvironmentOutcome,
  leastDurationMs: number,
  begunMs: number,
  { timeoutMs, clock, signal }: { readonly timeoutMs: number; readonly clock: Clock; readonly signal: AbortSignal },
): Promise<EnvironmentOutcome> {
  if (leastDurationMs <= 0 || ran.kind === "timed-out") return ran;
  const leftMs = begunMs + Math.min(leastDurationMs, timeoutMs) - clock.nowMs();
  if (leftMs > 0) await clock.wait(leftMs, signal);
  if (leastDurationMs >= timeoutMs) return { kind: "timed-out" };
  return { ...ran, durationMs: Math.max(ran.durationMs, leastDurationMs) };
}
