import { inject } from "../inject/inject.ts";
import { type Hop, kindOf } from "../model/hop.ts";
import type { RunTools } from "../model/ports.ts";
import { functionsOf } from "../model/role.ts";
import { type Scenario, sinkOf } from "../model/scenario.ts";
import { gatherClues } from "../observe/clues.ts";
import { createLimiter, LOG_CALLS_PER_SECOND } from "../observe/limiter.ts";
import { prepareObserver } from "../observe/observe.ts";
import type { ObserverClients, ObserveTools } from "../observe/observer.ts";
import { planArrivals } from "../plan/arrivals.ts";
import { viewSending } from "./awaited-events.ts";
import { guarded } from "./guarded.ts";

export interface RunInput extends RunTools {
  readonly runId: string;
  readonly scenarios: readonly Scenario[];
  readonly clients: ObserverClients;
  /** Host → URL to connect to, as curl's `--connect-to`. */
  readonly connectTo: Readonly<Record<string, string>>;
  /** Called once every scenario is about to send: what may wait until then should, because latencies count from here. */
  readonly onReady: () => void;
  readonly onScenarioEnd: (scenario: string) => void;
}

/** Between the end of the preparations and the first send, so that observers look before there is anything to see. */
const LEAD_MS = 20;
/** After everything was seen once: how long until the look that would show a second time. */
const SETTLE_MS = 500;

/**
 * Sends the events of all scenarios and watches all their hops, side by side; everything done and seen goes to the journal.
 * Resolves when every wait has ended. A part that throws becomes a `crashed` fact: it takes down no other part.
 */
export async function runScenarios(input: RunInput): Promise<void> {
  const logCalls = createLimiter(LOG_CALLS_PER_SECOND, input.clock);
  const preparing = new Set(input.scenarios.map(({ name }) => name));
  const ready = (name: string) => {
    if (preparing.delete(name) && preparing.size === 0) input.onReady();
  };
  if (preparing.size === 0) input.onReady();
  await Promise.all(
    input.scenarios.map(async (scenario) => {
      await guarded(input, scenario.name, "run", () =>
        runScenario(scenario, input, logCalls, () => ready(scenario.name)),
      );
      ready(scenario.name);
      input.onScenarioEnd(scenario.name);
    }),
  );
}

async function runScenario(
  scenario: Scenario,
  input: RunInput,
  logCalls: ObserveTools["logCalls"],
  onReady: () => void,
): Promise<void> {
  const { clients, clock, signal, runId } = input;
  const view = viewSending(input.journal);
  const tools: ObserveTools = { ...input, journal: view.journal, logCalls };
  const startMs = clock.nowMs();
  const about = { runId, scenario, awaited: view, startMs, settleMs: SETTLE_MS };
  const prepared = await Promise.all(
    scenario.hops.map((hop) =>
      guarded(input, scenario.name, `observer of ${hop.name}`, async () => ({
        hop,
        watch: await prepareObserver({ ...about, hop, deadlineMs: deadlineOf(hop, scenario, startMs) }, tools),
      })),
    ),
  );
  onReady();
  const firstSendMs = clock.nowMs() + LEAD_MS;
  const arrivals = planArrivals(scenario, runId, firstSendMs);
  const watching = prepared
    .filter((observer) => observer !== undefined)
    .map(({ hop, watch }) =>
      guarded(input, scenario.name, `observer of ${hop.name}`, () => watch(deadlineOf(hop, scenario, firstSendMs))),
    );
  await guarded(input, scenario.name, "injector", () =>
    inject(scenario, arrivals, {
      journal: view.journal,
      clock,
      signal,
      connectTo: input.connectTo,
      s3: () => clients.s3(),
    }),
  );
  view.end();
  await Promise.all(watching);
  const sink = sinkOf(scenario)?.name ?? "";
  if (view.misses(sink) && !signal.aborted)
    await guarded(input, scenario.name, "clues", () => gatherAllClues(scenario, runId, startMs, tools));
}

/** Until when a hop may show its events: counted from the last planned send. */
function deadlineOf(hop: Hop, { load, deadlines }: Scenario, firstSendMs: number): number {
  const lastSendMs = firstSendMs + Math.max(0, load.requests.length - 1) * load.intervalMs;
  return lastSendMs + deadlines[kindOf(hop).deadline];
}

/** What a person would look for next, of every function that the events pass. */
async function gatherAllClues(scenario: Scenario, runId: string, startMs: number, tools: ObserveTools): Promise<void> {
  const functions = functionsOf(scenario.roles);
  await Promise.all(functions.map((functionName) => gatherClues({ runId, scenario, functionName, startMs }, tools)));
}
