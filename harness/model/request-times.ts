import type { LoadPhase } from "./load.ts";

/**
 * When the requests of a phase are due: pure arithmetic, so that a million intended times are never stored. Sender and observers
 * compute the same numbers from the phase alone.
 *
 * The requests due until `t` are the area under the rate, `n(t) = rate₀·t + slope·t²/2`; request `i` is due where `n` reaches `i`.
 */

type Rates = Pick<LoadPhase, "durationMs" | "fromEventsPerSecond" | "toEventsPerSecond">;

/** Requests that a phase holds: all that are due before its end. */
export function countRequests(phase: Rates, eventsPerRequest: number): number {
  const total =
    (((phase.fromEventsPerSecond + phase.toEventsPerSecond) / 2) * phase.durationMs) / 1000 / eventsPerRequest;
  // What a sum of floats leaves over or short of a whole number is no request.
  const whole = Math.round(total);
  return Math.abs(total - whole) < 1e-6 * Math.max(1, total) ? whole : Math.ceil(total);
}

/** Milliseconds (with fractions) from the phase's start to the intended time of its request `indexInPhase`, from 0. */
export function intendedOffsetMs(phase: Rates, eventsPerRequest: number, indexInPhase: number): number {
  const startPerMs = phase.fromEventsPerSecond / 1000 / eventsPerRequest;
  const endPerMs = phase.toEventsPerSecond / 1000 / eventsPerRequest;
  if (startPerMs === endPerMs) return indexInPhase / startPerMs;
  if (indexInPhase === 0) return 0;
  const halfSlope = (endPerMs - startPerMs) / 2 / phase.durationMs;
  const root = Math.sqrt(Math.max(0, startPerMs * startPerMs + 4 * halfSlope * indexInPhase));
  return Math.min(phase.durationMs, (2 * indexInPhase) / (startPerMs + root));
}

/** How many requests of the phase are due at `offsetMs` after its start, those due at that very time included. */
export function requestsDueBy(
  phase: Rates & Pick<LoadPhase, "requestCount">,
  eventsPerRequest: number,
  offsetMs: number,
): number {
  if (offsetMs < 0) return 0;
  const atMs = Math.min(offsetMs, phase.durationMs);
  const startPerMs = phase.fromEventsPerSecond / 1000 / eventsPerRequest;
  const slope = (phase.toEventsPerSecond - phase.fromEventsPerSecond) / 1000 / eventsPerRequest / phase.durationMs;
  let due = Math.min(phase.requestCount, Math.max(0, Math.floor(startPerMs * atMs + (slope * atMs * atMs) / 2) + 1));
  // The two closed forms may differ in their last bit: the offset of a single request decides.
  while (due > 0 && intendedOffsetMs(phase, eventsPerRequest, due - 1) > offsetMs) due -= 1;
  while (due < phase.requestCount && intendedOffsetMs(phase, eventsPerRequest, due) <= offsetMs) due += 1;
  return due;
}

/** Intended time of a request of the scenario, milliseconds since the epoch; undefined where no phase planned it. */
export function intendedTimeOfRequest(
  phases: readonly LoadPhase[],
  eventsPerRequest: number,
  request: number,
): number | undefined {
  for (let index = phases.length - 1; index >= 0; index -= 1) {
    const phase = phases[index];
    if (phase === undefined || request < phase.firstRequest) continue;
    const indexInPhase = request - phase.firstRequest;
    if (indexInPhase >= phase.requestCount) return undefined;
    return phase.startMs + intendedOffsetMs(phase, eventsPerRequest, indexInPhase);
  }
  return undefined;
}

/**
 * Intended time of an event by its sequence number, milliseconds since the epoch; undefined where no phase planned it.
 * `phases` are in the order of their first requests.
 */
export function intendedTimeOf(
  phases: readonly LoadPhase[],
  eventsPerRequest: number,
  sequence: number,
): number | undefined {
  return intendedTimeOfRequest(phases, eventsPerRequest, Math.floor(sequence / eventsPerRequest));
}
