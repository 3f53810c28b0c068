import type { EventTag } from "../../model/event.ts";
import type { Hop } from "../../model/hop.ts";
import { createFakeClock } from "../../model/testing/fake-clock.ts";
import { createMemoryJournal } from "../../model/testing/memory-journal.ts";
import { createLimiter, LOG_CALLS_PER_SECOND } from "../limiter.ts";
import { prepareObserver } from "../observe.ts";
import type { ObserverClients, ObserveTask } from "../observer.ts";
import { NO_CLIENTS } from "./clients.ts";
import { awaitedEvents } from "./fakes.ts";

export const START_MS = Date.UTC(2026, 10, 22, 2, 0, 30);

/** Runs one observer to its end on a clock of its own; nothing but the given client may be asked for. */
export async function runObserver(
  hop: Hop,
  sent: readonly EventTag[],
  clients: (nowMs: () => number) => Partial<ObserverClients>,
  more: Partial<ObserveTask> = {},
) {
  const clock = createFakeClock(START_MS);
  const journal = createMemoryJournal();
  const task: ObserveTask = {
    runId: "run",
    scenario: { name: "scenario", producer: "alb" },
    hop,
    awaited: awaitedEvents(sent),
    startMs: START_MS,
    deadlineMs: START_MS + 30_000,
    settleMs: 0,
    ...more,
  };
  const watch = await prepareObserver(task, {
    clients: { ...NO_CLIENTS, ...clients(clock.nowMs) },
    journal,
    clock,
    random: () => 0,
    signal: new AbortController().signal,
    graceMs: 0,
    logCalls: createLimiter(LOG_CALLS_PER_SECOND, clock),
  });
  await watch(task.deadlineMs);
  return { journal, endedMs: clock.nowMs(), ending: journal.of("wait-ended")[0]?.ending };
}
