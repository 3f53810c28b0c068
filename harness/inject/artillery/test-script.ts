import type { LoadPhase } from "../../model/load.ts";
import { requestsDueBy } from "../../model/request-times.ts";

/** What a test script of Artillery has to say about where requests go. */
export interface ScriptTarget {
  readonly method: string;
  /** Scheme, host and port to connect to. */
  readonly origin: string;
  /** Path and query. */
  readonly path: string;
  /** Value of the Host header; the TLS server name follows it. */
  readonly host: string;
  readonly requestMs: number;
}

/** `arrivalCount` users spread evenly over a time, or none for a while. */
export type ArtilleryPhase =
  | { readonly name: string; readonly duration: string; readonly arrivalCount: number }
  | { readonly name: string; readonly pause: string };

/** Even changes of the rate are cut into stretches of this length. */
export const RAMP_STRETCH_MS = 1_000;
/** More connections than this at once of one process wait for one another; the wait is in the latency. */
const MOST_CONNECTIONS = 1_024;

/**
 * The phases of one process of Artillery. Only `arrivalCount` says how many users there are, and with nothing but such phases
 * Artillery 2 uses one thread of a process (`lib/dist.js`), so that one process is one worker.
 */
export function artilleryPhases(
  phases: readonly LoadPhase[],
  {
    worker,
    workers,
    eventsPerRequest,
  }: { readonly worker: number; readonly workers: number; readonly eventsPerRequest: number },
): ArtilleryPhase[] {
  return phases.flatMap((phase) => {
    const name = `phase ${phase.phase}`;
    return stretchesOf(phase, eventsPerRequest).map(({ durationMs, from, until }): ArtilleryPhase => {
      const count = countOfWorker(phase.firstRequest + from, phase.firstRequest + until, worker, workers);
      const time = `${durationMs}ms`;
      return count === 0 ? { name, pause: time } : { name, duration: time, arrivalCount: count };
    });
  });
}

interface Stretch {
  readonly durationMs: number;
  /** Requests of the phase, half open. */
  readonly from: number;
  readonly until: number;
}

function stretchesOf(phase: LoadPhase, eventsPerRequest: number): Stretch[] {
  const { durationMs, requestCount } = phase;
  if (phase.fromEventsPerSecond === phase.toEventsPerSecond) return [{ durationMs, from: 0, until: requestCount }];
  const stretches: Stretch[] = [];
  for (let startMs = 0, from = 0; startMs < durationMs; startMs += RAMP_STRETCH_MS) {
    const endMs = Math.min(durationMs, startMs + RAMP_STRETCH_MS);
    const until = endMs === durationMs ? requestCount : requestsDueBy(phase, eventsPerRequest, endMs);
    stretches.push({ durationMs: endMs - startMs, from, until });
    from = until;
  }
  return stretches;
}

/** How many numbers of a half-open range leave `worker` when they are divided by `workers`. */
function countOfWorker(from: number, until: number, worker: number, workers: number): number {
  const below = (end: number): number => Math.max(0, Math.ceil((end - worker) / workers));
  return below(until) - below(from);
}

/** An Artillery test script (JSON, which it reads as it reads YAML) with `processor` next to it. */
export function testScript(target: ScriptTarget, phases: readonly ArtilleryPhase[], processor: string): string {
  const request = {
    url: target.path,
    headers: { host: target.host, "content-type": "application/json" },
    ifTrue: "spSend",
    // The answer of the entry counts, not that of where it points.
    followRedirect: false,
    beforeRequest: "writeRequest",
  };
  const script = {
    config: {
      target: target.origin,
      processor: `./${processor}`,
      phases,
      http: { timeout: target.requestMs / 1000, pool: MOST_CONNECTIONS },
    },
    scenarios: [
      {
        name: "stackproof",
        afterResponse: "tellAnswer",
        onError: "tellFailure",
        flow: [{ function: "takeRequest" }, { [target.method.toLowerCase()]: request }],
      },
    ],
  };
  return `${JSON.stringify(script, null, 2)}\n`;
}
