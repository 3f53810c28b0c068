import { type EventTag, formatTag } from "../model/event.ts";
import type { Scenario } from "../model/scenario.ts";

/** One request to come: when it is meant to be sent, and the events that it carries. */
export interface Arrival {
  readonly atMs: number;
  readonly tags: readonly EventTag[];
}

/**
 * Every request of a scenario, tagged without gaps in the order of the intended times. Planned in advance and never moved by
 * answers, so that latency can count from the intended time.
 */
export function planArrivals(scenario: Scenario, runId: string, startMs: number): Arrival[] {
  const { requests, intervalMs } = scenario.load;
  let sequence = 0;
  return requests.map((request, index) => ({
    atMs: startMs + index * intervalMs,
    tags: Array.from({ length: request.events }, () =>
      formatTag({ runId, producer: scenario.producer, sequence: sequence++ }),
    ),
  }));
}
