import type { Clock } from "../../model/ports.ts";
import { createFakeClock } from "../../model/testing/fake-clock.ts";
import { createMemoryJournal } from "../../model/testing/memory-journal.ts";
import { createLimiter, LOG_CALLS_PER_SECOND } from "../limiter.ts";
import type { ObserverClients, ObserveTools } from "../observer.ts";
import { NO_CLIENTS } from "./clients.ts";

export const START_MS = Date.UTC(2026, 10, 22, 2, 0, 30);
export const RUN = { runId: "run", scenario: { name: "scenario", producer: "alb" } };

/** A clock, a journal in memory, and nothing but the given clients. */
export function createTools(clients: (clock: Clock) => Partial<ObserverClients>, more: Partial<ObserveTools> = {}) {
  const clock = createFakeClock(START_MS);
  const journal = createMemoryJournal();
  const tools: ObserveTools = {
    clients: { ...NO_CLIENTS, ...clients(clock) },
    journal,
    clock,
    random: () => 0,
    signal: new AbortController().signal,
    graceMs: 0,
    logCalls: createLimiter(LOG_CALLS_PER_SECOND, clock),
    ...more,
  };
  return { clock, journal, tools };
}
