import { createSecondFacts } from "../../inject/load/load-second.ts";
import { timesOf } from "../../inject/load/load-sender.ts";
import { saturate, saturationProducer } from "../../inject/load/saturate.ts";
import type { LoadPhase, LoadProfile, LoadSpec } from "../../model/load.ts";
import type { Scenario } from "../../model/scenario.ts";
import { ClosedLoopPlan } from "./closed-loop-plan.ts";
import { spentBudget } from "./error-budget.ts";
import type { LoadRun, LoadRunTools } from "./load-run.ts";
import { loadTargetOf } from "./start-sender.ts";
import { type Sending, watchedLoad } from "./watched-load.ts";

type ClosedLoop = Extract<LoadProfile, { kind: "closed-loop" }>;

const LOOK_MS = 250;

/** The saturation probe of a load: a separate scenario with a separate producer, so that its events are accounted for like all others. */
export function saturationOf(
  { scenario, spec }: { readonly scenario: Scenario; readonly spec: LoadSpec },
  profile: ClosedLoop,
): { readonly scenario: Scenario; readonly spec: LoadSpec } {
  const name = `${scenario.name}-saturation`;
  const { engine: _, ...own } = spec;
  return {
    scenario: {
      ...scenario,
      name,
      sentence:
        "What the entry answers to a closed loop, where each connection waits for its answer. No rate, and no capacity.",
      producer: saturationProducer(scenario.producer),
    },
    spec: { ...own, scenario: name, profile, workers: 1, targetEventsPerSecond: null },
  };
}

/**
 * Runs the closed loop of a scenario that `saturationOf` made, watched as every load. Its one phase is journalled when it is over: how
 * many requests it holds is only known then.
 *
 * @throws CannotRun where the entry cannot be put under load.
 */
export async function runSaturation(run: LoadRun, profile: ClosedLoop, tools: LoadRunTools): Promise<void> {
  const plan = new ClosedLoopPlan(run.spec.eventsPerRequest, tools.clock.nowMs() + profile.durationMs);
  await watchedLoad(run, tools, plan, (sending) => probe(run, profile, { ...tools, ...sending, plan }));
}

async function probe(
  run: LoadRun,
  profile: ClosedLoop,
  tools: LoadRunTools & Sending & { readonly plan: ClosedLoopPlan },
): Promise<void> {
  const { scenario, spec } = run;
  const { journal, clock, events, plan, counts, note } = tools;
  const { eventsPerRequest } = spec;
  const toFact = createSecondFacts({ scenario: scenario.name, eventsPerRequest });
  const spent = new AbortController();
  const watch = setInterval(() => {
    const reason = spentBudget(counts.recent());
    if (reason === undefined || spent.signal.aborted) return;
    spent.abort();
    journal.append({ fact: "load-aborted", atMs: clock.nowMs(), scenario: scenario.name, reason });
    note(`${scenario.name}: stopped by itself: ${reason}`);
  }, LOOK_MS);
  let lastAtMs = 0;
  try {
    const found = await saturate({
      ...loadTargetOf(run, tools),
      ...profile,
      requestMs: scenario.deadlines.requestMs,
      signal: AbortSignal.any([tools.signal, spent.signal]),
      onSend: (request, sentMs) => plan.sent(request, sentMs),
      onSecond(columns) {
        // Facts of one second are told apart by their time.
        lastAtMs = Math.max(clock.nowMs(), lastAtMs + 1);
        events.onSecond(toFact(columns, 0, lastAtMs), timesOf(columns));
      },
    });
    const { startMs, durationMs, requests, ...figures } = found;
    plan.ended(startMs + durationMs);
    const eventsPerSecond = (requests * eventsPerRequest * 1000) / durationMs;
    const phase: LoadPhase = {
      phase: 0,
      purpose: "saturation",
      startMs,
      durationMs,
      fromEventsPerSecond: eventsPerSecond,
      toEventsPerSecond: eventsPerSecond,
      firstRequest: 0,
      requestCount: requests,
    };
    const about = { atMs: clock.nowMs(), scenario: scenario.name };
    journal.append({ ...about, fact: "load-phase", plan: phase });
    journal.append({ ...about, fact: "load-saturated", connections: profile.connections, durationMs, ...figures });
  } finally {
    clearInterval(watch);
  }
}
