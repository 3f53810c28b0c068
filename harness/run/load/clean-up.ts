import type { Fact, RunStarted } from "../../model/fact.ts";
import { type Scenario, sinkOf } from "../../model/scenario.ts";
import { cleanUpLoad } from "../../observe/load/load-cleanup.ts";
import type { LoadObserveTools } from "../../observe/load/load-task.ts";
import { buildLoadLedgers } from "../../reconcile/load/build-load-ledger.ts";
import { sortEvents } from "../../reconcile/load/load-counts.ts";

const CLEAN_UP_MS = 60_000;
/** An interrupted run only looks whether its items will expire. */
const INTERRUPTED_MS = 3_000;

/** Sees to what a load left in its sink, by what the journal says may be there. Nothing is asked where nothing was sent. */
export async function cleanUp(
  started: RunStarted,
  facts: readonly Fact[],
  scenario: Scenario,
  tools: LoadObserveTools,
): Promise<void> {
  const sink = sinkOf(scenario);
  const ledger = buildLoadLedgers(started, facts).find((one) => one.scenario.name === scenario.name);
  if (sink?.kind !== "item" || ledger === undefined) return;
  const { sent, fates } = sortEvents(ledger);
  const sequences = sent.minus(ledger.outcomes.rejected).minus(fates.lost);
  if (sequences.count === 0) return;
  const deadlineMs = tools.clock.nowMs() + (tools.signal.aborted ? INTERRUPTED_MS : CLEAN_UP_MS);
  // Its own deadline ends it: what was sent is there whether or not the run was interrupted.
  const { signal } = new AbortController();
  await cleanUpLoad(
    { runId: started.runId, scenario, hop: sink, sequences, deadlineMs },
    { ...tools, signal: tools.signal.aborted ? signal : tools.signal },
  );
}
