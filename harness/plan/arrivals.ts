import { type EventTag, formatTag } from "../model/event.ts";
import type { Scenario } from "../model/scenario.ts";
import { steadyOffsetsMs } from "./pacer.ts";

/** One request to come: when it is meant to be sent, and the events that it carries. */
export interface Arrival {
  readonly atMs: number;
  readonly tags: readonly EventTag[];
}

/** Every request of a scenario, tagged without gaps in the order of the intended times. */
export function planArrivals(scenario: Scenario, runId: string, startMs: number): Arrival[] {
  const { requests, intervalMs } = scenario.load;
  const offsetsMs = steadyOffsetsMs(requests.length, intervalMs);
  let sequence = 0;
  return requests.map((request, index) => ({
    atMs: startMs + (offsetsMs[index] ?? 0),
    tags: Array.from({ length: request.events }, () =>
      formatTag({ runId, producer: scenario.producer, sequence: sequence++ }),
    ),
  }));
}
