import { tagPrefix } from "../../model/event.ts";
import type { LoadPhase } from "../../model/load.ts";
import { padBody } from "../load/pad-body.ts";
import type { RequestShape } from "../load/request-text.ts";
import { RAMP_STRETCH_MS } from "./test-script.ts";

/** What one Artillery process is to send, and how it tells of it: stands in front of `processor.cjs` as `PLAN`. */
export interface WorkerPlan {
  /** From 0. The process sends the requests `k` with `k % workers === worker`. */
  readonly worker: number;
  readonly workers: number;
  readonly eventsPerRequest: number;
  readonly phases: readonly PlannedPhase[];
  /** Artillery makes its users so long before the start; each waits for its own time. */
  readonly leadMs: number;
  readonly tagPrefix: string;
  /** JSON text of one event with `{tag}` in it, by the number of digits of its sequence number. */
  readonly bodies: Readonly<Record<number, string>>;
  readonly batchBody: string | null;
  readonly tell: Telling;
}

export interface PlannedPhase {
  readonly offsetMs: number;
  readonly durationMs: number;
  readonly fromRequestsPerSecond: number;
  readonly toRequestsPerSecond: number;
  readonly firstRequest: number;
  readonly requestCount: number;
}

/** How the process says what it did. */
export type Telling =
  | {
      /** On this machine: lines in a file; it starts when `startFile` says when (ms since the epoch), and ends when `stopFile` is there. */
      readonly kind: "lines";
      readonly linesFile: string;
      readonly startFile: string;
      readonly stopFile: string;
    }
  /** Elsewhere: counters in Artillery's report. Of the requests that were not acked so many are named. */
  | { readonly kind: "counters"; readonly startMs: number; readonly mostNamed: number };

/** Artillery hands over from one of its phases to the next late by some milliseconds each time: users are made that much earlier. */
const SLACK_MS = 1_000;

/** The phases from the start of the first, and how long before it users have to be made. */
export function planTimes(phases: readonly LoadPhase[], workers: number, eventsPerRequest: number) {
  const startMs = phases[0]?.startMs ?? 0;
  const planned = phases.map(
    (phase): PlannedPhase => ({
      offsetMs: phase.startMs - startMs,
      durationMs: phase.durationMs,
      fromRequestsPerSecond: phase.fromEventsPerSecond / eventsPerRequest,
      toRequestsPerSecond: phase.toEventsPerSecond / eventsPerRequest,
      firstRequest: phase.firstRequest,
      requestCount: phase.requestCount,
    }),
  );
  // A stretch of Artillery makes its first user one interval after its begin.
  const longestMs = Math.max(0, ...phases.map((phase) => intervalMs(phase, workers)));
  return { phases: planned, leadMs: Math.ceil(longestMs) + SLACK_MS };
}

function intervalMs(phase: LoadPhase, workers: number): number {
  const { durationMs, requestCount, fromEventsPerSecond, toEventsPerSecond } = phase;
  if (fromEventsPerSecond !== toEventsPerSecond) return RAMP_STRETCH_MS;
  const share = Math.max(1, Math.floor(requestCount / workers));
  return Math.min(durationMs, durationMs / share);
}

/** The bodies of a load, for every length that a sequence number below `events` can have. */
export function planBodies(shape: RequestShape, events: number): Readonly<Record<number, string>> {
  const most = String(Math.max(0, events - 1)).length;
  const prefix = prefixOf(shape);
  return Object.fromEntries(
    Array.from({ length: most }, (_, index) => {
      const digits = index + 1;
      return [digits, padBody(shape.body, `${prefix}${"9".repeat(digits)}`, shape.bodyBytes)];
    }),
  );
}

export function prefixOf({ runId, producer }: RequestShape): string {
  return `${tagPrefix(runId)}${producer}-`;
}
