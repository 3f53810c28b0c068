import type { LoadSender } from "../../inject/load/load-sender.ts";
import type { LoadPhase, LoadProfile } from "../../model/load.ts";
import type { Clock, Journal } from "../../model/ports.ts";
import { accountOf } from "../../model/settings/account.ts";
import { placeOf } from "../../model/settings/place.ts";
import { type PlannedProfile, planPhase, planPhases } from "../../plan/load-phases.ts";
import { nextStep } from "../../plan/rate-search.ts";
import { lastingRate } from "../../sizing/lasting-rate.ts";
import { readSize } from "../../sizing/read-size.ts";
import { spentBudget } from "./error-budget.ts";
import { judgeSteps } from "./judge-step.ts";
import type { LiveCounts } from "./live-counts.ts";
import type { LoadPlan } from "./load-plan.ts";
import type { LoadRun } from "./load-run.ts";

export interface DriveTools {
  readonly clock: Clock;
  readonly journal: Journal;
  readonly signal: AbortSignal;
  readonly note: (line: string) => void;
  readonly counts: LiveCounts;
  readonly plan: LoadPlan;
  /** What the sender takes between being given a phase and its first request. */
  readonly leadMs: number;
  readonly sender: Pick<LoadSender, "send" | "drained">;
}

const LOOK_MS = 250;
/** Some answers are noted a moment after the last: what is left of so few is no backlog. */
const BACKLOG_SECONDS = 0.1;
/** The longest that a search waits for a backlog to drain. */
const MOST_DRAIN_MS = 90_000;

/** Sends the phases of a load one after the other: those of a profile in one go, those of a search as each is decided. */
export async function driveLoad(run: LoadRun, tools: DriveTools): Promise<void> {
  const { profile } = run.spec;
  switch (profile.kind) {
    case "search":
      return search(run, profile, tools);
    case "closed-loop":
      throw new Error("a closed loop follows no plan: runSaturation drives it");
    case "steady":
    case "ramp":
    case "step":
    case "spike":
      return followProfile(run, profile, tools);
    default:
      return profile satisfies never;
  }
}

async function followProfile(run: LoadRun, profile: PlannedProfile, tools: DriveTools) {
  const { clock, plan, signal } = tools;
  const { eventsPerRequest } = run.spec;
  const phases = planPhases(profile, { startMs: clock.nowMs() + tools.leadMs, eventsPerRequest, ...plan.next() });
  for (const phase of phases) give(run, run.purpose === "proof" ? { ...phase, purpose: "proof" } : phase, tools);
  const isDrained = tools.sender.drained();
  let drained = false;
  void isDrained.then(() => {
    drained = true;
  });
  while (!drained && !signal.aborted) {
    const spent = spentBudget(tools.counts.recent());
    if (spent !== undefined) return abort(run, spent, tools);
    await Promise.race([isDrained, clock.wait(LOOK_MS, signal)]);
  }
}

async function search(run: LoadRun, profile: Extract<LoadProfile, { kind: "search" }>, tools: DriveTools) {
  const { clock, plan, signal } = tools;
  const { eventsPerRequest, scenario } = run.spec;
  const place = placeOf(run.started.target);
  while (!signal.aborted) {
    const size = readSize(accountOf(run.facts, place), run.scenario.roles, place);
    const steps = judgeSteps(run.started, run.facts, scenario);
    const step = nextStep(profile, steps, lastingRate(size, run.spec.bodyBytes));
    if (step.kind === "done") {
      tools.note(`${scenario}: ${step.reason} ${step.confidence}`);
      return;
    }
    const rates = { fromEventsPerSecond: step.eventsPerSecond, toEventsPerSecond: step.eventsPerSecond };
    const { firstPhase, firstRequest } = plan.next();
    const at = { startMs: clock.nowMs() + tools.leadMs, durationMs: step.durationMs, phase: firstPhase, firstRequest };
    give(run, planPhase({ purpose: step.purpose, ...rates, ...at, eventsPerRequest }), tools);
    await Promise.race([tools.sender.drained(), untilAborted(signal)]);
    if (!(await drainSink(step.eventsPerSecond, tools)) && !signal.aborted)
      return abort(
        run,
        `${tools.counts.backlog()} acked events had not reached the sink ${MOST_DRAIN_MS / 1000} s after the step of ${step.eventsPerSecond}/s`,
        tools,
      );
  }
}

function give(run: LoadRun, phase: LoadPhase, { journal, clock, sender }: DriveTools): void {
  journal.append({ fact: "load-phase", atMs: clock.nowMs(), scenario: run.scenario.name, plan: phase });
  sender.send(phase);
}

/** Waits until what was acked is at the sink; false where that took too long. */
async function drainSink(eventsPerSecond: number, { clock, signal, counts }: DriveTools): Promise<boolean> {
  const untilMs = clock.nowMs() + MOST_DRAIN_MS;
  const few = Math.floor(eventsPerSecond * BACKLOG_SECONDS);
  while (!signal.aborted && clock.nowMs() < untilMs) {
    if (counts.backlog() <= few) return true;
    await clock.wait(LOOK_MS, signal);
  }
  return false;
}

function abort(run: LoadRun, reason: string, { journal, clock, note }: DriveTools): void {
  journal.append({ fact: "load-aborted", atMs: clock.nowMs(), scenario: run.scenario.name, reason });
  note(`${run.scenario.name}: stopped by itself: ${reason}`);
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
