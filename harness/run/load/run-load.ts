import type { LoadSender } from "../../inject/load/load-sender.ts";
import type { Fact, RunStarted } from "../../model/fact.ts";
import type { LoadPhase, LoadSpec } from "../../model/load.ts";
import type { Clock, Journal, Random } from "../../model/ports.ts";
import type { Scenario } from "../../model/scenario.ts";
import type { LoadObserveTools } from "../../observe/load/load-task.ts";
import { driveLoad } from "./drive-load.ts";
import { LoadPlan, type PlanPosition } from "./load-plan.ts";
import { type StartedSender, startSender } from "./start-sender.ts";
import { type Sending, watchedLoad } from "./watched-load.ts";

export interface LoadRunTools {
  readonly clients: LoadObserveTools["clients"];
  /** Host → URL to connect to, as curl's `--connect-to`. */
  readonly connectTo: Readonly<Record<string, string>>;
  /** Certificates to trust in PEM, instead of those that Node trusts. */
  readonly ca: string | undefined;
  /** The bundle of the sender's threads. */
  readonly workerFile: string;
  /** Where an engine that is not ours finds what it runs, and leaves what it writes; and the part of it that is the same for all. */
  readonly engineFolder: string;
  readonly processorFile: string;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly random: Random;
  /** Stops sending within a second, and all waiting. */
  readonly signal: AbortSignal;
  readonly graceMs: number;
  /** For people who watch. */
  readonly note: (line: string) => void;
}

export interface LoadRun {
  readonly started: RunStarted;
  /** Everything journalled so far: a search decides by it. */
  readonly facts: readonly Fact[];
  readonly scenario: Scenario;
  readonly spec: LoadSpec;
  /** Where phases and requests are numbered on from. */
  readonly first: PlanPosition;
  readonly purpose: "profile" | "proof" | "saturation";
}

/**
 * Puts one scenario under load: sends its phases open loop, watches stream and sink beside it, and waits for what was acked to come
 * out. Returns where numbering goes on.
 *
 * @throws CannotRun where the entry cannot be put under load, or the engine of the load does not come up.
 */
export async function runLoad(run: LoadRun, tools: LoadRunTools): Promise<PlanPosition> {
  // The events of a sender that is starting go to whoever watches, once somebody does.
  let sending: Sending | undefined;
  const sender = await startSender(run, tools, {
    onSecond: (second, times) => sending?.events.onSecond(second, times),
    onBroken: (message) => sending?.events.onBroken(message),
    onEngine: (fact) => sending?.journal.append(fact),
  });
  const plan = new LoadPlan(run.spec.eventsPerRequest, run.first);
  await watchedLoad(run, tools, plan, async (given) => {
    sending = given;
    await sendAll(run, tools, { ...given, plan }, sender);
  });
  return plan.next();
}

async function sendAll(
  run: LoadRun,
  tools: LoadRunTools,
  { journal, counts, plan }: Sending & { readonly plan: LoadPlan },
  sender: StartedSender,
): Promise<void> {
  const stop = () => void sender.stop();
  tools.signal.addEventListener("abort", stop);
  try {
    const { leadMs } = sender;
    await driveLoad(run, { ...tools, journal, counts, plan, leadMs, sender: phasesTo(sender, plan) });
  } finally {
    await sender.stop();
    tools.signal.removeEventListener("abort", stop);
  }
}

/** A sender that keeps the plan up to date with what it is given. */
function phasesTo(sender: LoadSender, plan: LoadPlan): Pick<LoadSender, "send" | "drained"> {
  return {
    send(phase: LoadPhase) {
      plan.add(phase);
      sender.send(phase);
    },
    drained: () => sender.drained(),
  };
}
