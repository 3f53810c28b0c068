import type { LoadSenderEvents } from "../../inject/load/load-sender.ts";
import type { LoadSecond } from "../../model/load-fact.ts";
import type { Journal } from "../../model/ports.ts";
import { sinkOf } from "../../model/scenario.ts";
import { decodeSet } from "../../model/sequence-set.ts";
import { accountOf } from "../../model/settings/account.ts";
import { placeOf } from "../../model/settings/place.ts";
import type { SettledQueue } from "../../observe/load/awaited-load.ts";
import type { LoadPlanView } from "../../observe/load/load-task.ts";
import { crashed, guarded } from "../guarded.ts";
import { cleanUp } from "./clean-up.ts";
import { LiveCounts } from "./live-counts.ts";
import type { LoadRun, LoadRunTools } from "./load-run.ts";
import { RequestTimesStore } from "./request-times-store.ts";
import { watchLoadHops } from "./watch-load-hops.ts";

/** What a sender is given: where to report, and what is known while the load goes on. */
export interface Sending {
  readonly journal: Journal;
  readonly counts: LiveCounts;
  readonly events: LoadSenderEvents;
}

/**
 * Watches stream and sink of a scenario while `send` puts load on its entry, and waits for what was acked to come out. Everything
 * done and seen goes to the journal. A part that throws becomes a `crashed` fact and takes down no other. `plan` says of every event
 * when it was due, as soon as it may be seen.
 */
export async function watchedLoad(
  run: LoadRun,
  tools: LoadRunTools,
  plan: LoadPlanView & { endMs(): number },
  send: (sending: Sending) => Promise<void>,
): Promise<void> {
  const { scenario, spec, started } = run;
  const times = new RequestTimesStore(spec.eventsPerRequest);
  const counts = new LiveCounts(sinkOf(scenario)?.name ?? "");
  const journal: Journal = {
    append(fact) {
      counts.note(fact);
      tools.journal.append(fact);
    },
  };
  const startMs = tools.clock.nowMs();
  const observeTools = { ...tools, journal };
  const account = accountOf(run.facts, placeOf(started.target));
  const { queues, parts } = watchLoadHops(
    { runId: started.runId, scenario, plan, startMs, times, account, withMetrics: run.purpose === "profile" },
    observeTools,
  );
  const events: LoadSenderEvents = {
    onSecond(second, requestTimes) {
      if (requestTimes !== undefined) times.add(requestTimes);
      settle(queues, second);
      journal.append(second);
    },
    onBroken: (message) => crashed(observeTools, scenario.name, "sender", message),
  };
  const observing = parts.map(({ name, work }) => guarded(observeTools, scenario.name, name, work));
  await guarded(observeTools, scenario.name, "sender", () => send({ journal, counts, events }));
  for (const queue of queues) queue.end();
  await Promise.all(observing);
  await guarded(observeTools, scenario.name, "clean-up", () => cleanUp(started, run.facts, scenario, observeTools));
}

/** What was acked, or sent and not definitely answered, may arrive: every observer learns of it. */
function settle(queues: readonly SettledQueue[], { acked, unknown, atMs }: LoadSecond): void {
  const settled = decodeSet(acked);
  settled.addEncoded(unknown);
  for (const [from, until] of settled.ranges()) for (const queue of queues) queue.settle(from, until, atMs);
}
