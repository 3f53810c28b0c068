import type { EventTag } from "../../model/event.ts";
import type { Hop } from "../../model/hop.ts";
import { prepareObserver } from "../observe.ts";
import type { ObserverClients, ObserveTask } from "../observer.ts";
import { awaitedEvents } from "./fakes.ts";
import { createTools, RUN, START_MS } from "./tools.ts";

/** Runs one observer to its end on its own clock; nothing but the given client may be asked for. */
export async function runObserver(
  hop: Hop,
  sent: readonly EventTag[],
  clients: (nowMs: () => number) => Partial<ObserverClients>,
  more: Partial<ObserveTask> = {},
) {
  const { clock, journal, tools } = createTools(({ nowMs }) => clients(nowMs));
  const task: ObserveTask = {
    ...RUN,
    hop,
    awaited: awaitedEvents(sent),
    startMs: START_MS,
    deadlineMs: START_MS + 30_000,
    settleMs: 0,
    ...more,
  };
  const watch = await prepareObserver(task, tools);
  await watch(task.deadlineMs);
  return { journal, endedMs: clock.nowMs(), ending: journal.of("wait-ended")[0]?.ending };
}
