import type { Hop } from "../model/hop.ts";
import type { Scenario } from "../model/scenario.ts";

/** Until when a hop may show its events: counted from the last planned send, with the time that its request may take. */
export function deadlineOf(hop: Hop, { load, deadlines }: Scenario, firstSendMs: number): number {
  const lastSendMs = firstSendMs + Math.max(0, load.requests.length - 1) * load.intervalMs;
  return lastSendMs + waitOf(hop, deadlines);
}

function waitOf(hop: Hop, deadlines: Scenario["deadlines"]): number {
  switch (hop.kind) {
    case "entry":
      return deadlines.requestMs;
    case "log":
      return deadlines.logsMs;
    case "metric":
      return deadlines.metricsMs;
    case "object":
    case "stream":
    case "item":
      return deadlines.eventsMs;
    default:
      return hop satisfies never;
  }
}
