import type { LoadPhase, LoadProfile } from "../model/load.ts";
import { countRequests } from "../model/request-times.ts";

/** Profiles that are known in advance: a search decides its next phase from the one before, a closed loop by its answers. */
export type PlannedProfile = Exclude<LoadProfile, { kind: "search" | "closed-loop" }>;

export interface PlanStart {
  /** Milliseconds since the epoch. */
  readonly startMs: number;
  readonly eventsPerRequest: number;
  /** Number of the first phase, and index of its first request, among all of the scenario. */
  readonly firstPhase: number;
  readonly firstRequest: number;
}

export interface PhasePlan extends Omit<LoadPhase, "requestCount"> {
  readonly eventsPerRequest: number;
}

/** One phase with the number of requests that its rates and its length make. */
export function planPhase({ eventsPerRequest, ...phase }: PhasePlan): LoadPhase {
  return { ...phase, requestCount: countRequests(phase, eventsPerRequest) };
}

/** Every phase of a profile, one after the other without a gap in time, in phase numbers or in requests. */
export function planPhases(profile: PlannedProfile, start: PlanStart): LoadPhase[] {
  const phases: LoadPhase[] = [];
  let { startMs, firstRequest } = start;
  for (const stretch of stretchesOf(profile)) {
    const { eventsPerRequest } = start;
    const phase = start.firstPhase + phases.length;
    const planned = planPhase({ ...stretch, purpose: "profile", phase, startMs, firstRequest, eventsPerRequest });
    phases.push(planned);
    startMs += planned.durationMs;
    firstRequest += planned.requestCount;
  }
  return phases;
}

type Stretch = Pick<LoadPhase, "durationMs" | "fromEventsPerSecond" | "toEventsPerSecond">;

function stretchesOf(profile: PlannedProfile): Stretch[] {
  switch (profile.kind) {
    case "steady":
      return [evenly(profile.eventsPerSecond, profile.durationMs)];
    case "ramp": {
      const { durationMs, fromEventsPerSecond, toEventsPerSecond } = profile;
      return [{ durationMs, fromEventsPerSecond, toEventsPerSecond }];
    }
    case "step":
      return profile.steps.map((step) => evenly(step.eventsPerSecond, step.durationMs));
    case "spike":
      return [
        evenly(profile.baseEventsPerSecond, profile.baseMs),
        evenly(profile.spikeEventsPerSecond, profile.spikeMs),
        evenly(profile.baseEventsPerSecond, profile.baseMs),
      ];
    default:
      return profile satisfies never;
  }
}

function evenly(eventsPerSecond: number, durationMs: number): Stretch {
  return { durationMs, fromEventsPerSecond: eventsPerSecond, toEventsPerSecond: eventsPerSecond };
}
