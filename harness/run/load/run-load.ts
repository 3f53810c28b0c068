import { type LoadSender, startLoadSender } from "../../inject/load/load-sender.ts";
import { httpEntryOf } from "../../inject/load/load-target.ts";
import type { Fact, RunStarted } from "../../model/fact.ts";
import type { LoadPhase, LoadSpec } from "../../model/load.ts";
import type { LoadSecond } from "../../model/load-fact.ts";
import type { Clock, Journal, Random } from "../../model/ports.ts";
import type { Scenario } from "../../model/scenario.ts";
import { decodeSet } from "../../model/sequence-set.ts";
import type { SettledQueue } from "../../observe/load/awaited-load.ts";
import type { LoadObserveTools } from "../../observe/load/load-task.ts";
import { cleanUp } from "./clean-up.ts";
import { driveLoad } from "./drive-load.ts";
import { LiveCounts } from "./live-counts.ts";
import { LoadPlan, type PlanPosition } from "./load-plan.ts";
import { RequestTimesStore } from "./request-times-store.ts";
import { watchLoadHops } from "./watch-load-hops.ts";

export interface LoadRunTools {
  readonly clients: LoadObserveTools["clients"];
  /** Host → URL to connect to, as curl's `--connect-to`. */
  readonly connectTo: Readonly<Record<string, string>>;
  /** Certificates to trust in PEM, instead of those that Node trusts. */
  readonly ca: string | undefined;
  /** The bundle of the sender's threads. */
  readonly workerFile: string;
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
  readonly purpose: "profile" | "proof";
}

/** Most connections of one load: a stack that leaves more requests open than this is not keeping up, and they count as unsent. */
const MOST_CONNECTIONS = 4_096;
/** What a stopped sender leaves to requests under way. */
const DRAIN_MS = 800;

/**
 * Puts one scenario under load: sends its phases open loop, watches stream and sink beside it, and waits for what was acked to come
 * out. Everything done and seen goes to the journal. A part that throws becomes a `crashed` fact and takes down no other.
 * Returns where numbering goes on.
 *
 * @throws CannotRun where the entry cannot be put under load.
 */
export async function runLoad(run: LoadRun, tools: LoadRunTools): Promise<PlanPosition> {
  const { scenario, spec, started } = run;
  const entry = httpEntryOf(scenario.entry, scenario.name);
  const plan = new LoadPlan(spec.eventsPerRequest, run.first);
  const times = new RequestTimesStore(spec.eventsPerRequest);
  const counts = new LiveCounts(scenario.hops.at(-1)?.name ?? "");
  const journal: Journal = {
    append(fact) {
      counts.note(fact);
      tools.journal.append(fact);
    },
  };
  const crashed = (part: string, message: string) =>
    journal.append({ fact: "crashed", atMs: tools.clock.nowMs(), scenario: scenario.name, part, message });
  const startMs = tools.clock.nowMs();
  const observeTools = { ...tools, journal };
  const { queues, parts } = watchLoadHops(
    { runId: started.runId, scenario, plan, startMs, times, facts: run.facts, withMetrics: run.purpose === "profile" },
    observeTools,
  );
  const sender = await startLoadSender(
    {
      entry,
      scenario: scenario.name,
      runId: started.runId,
      producer: scenario.producer,
      eventsPerRequest: spec.eventsPerRequest,
      bodyBytes: spec.bodyBytes,
      workers: spec.workers,
      maxConnections: MOST_CONNECTIONS,
      requestMs: scenario.deadlines.requestMs,
      drainMs: DRAIN_MS,
      times: scenario.hops.some(({ kind }) => kind === "stream"),
      connectTo: tools.connectTo,
      ca: tools.ca,
      workerFile: tools.workerFile,
    },
    {
      onSecond(second, requestTimes) {
        if (requestTimes !== undefined) times.add(requestTimes);
        settle(queues, second);
        journal.append(second);
      },
      onBroken: (message) => crashed("sender", message),
    },
  );
  const observing = parts.map(({ name, work }) => guarded(work, name, crashed));
  const stop = () => void sender.stop();
  tools.signal.addEventListener("abort", stop);
  await guarded(
    () => driveLoad(run, { ...tools, journal, counts, plan, sender: phasesTo(sender, plan) }),
    "sender",
    crashed,
  );
  await sender.stop();
  tools.signal.removeEventListener("abort", stop);
  for (const queue of queues) queue.end();
  await Promise.all(observing);
  await guarded(() => cleanUp(started, run.facts, scenario, observeTools), "clean-up", crashed);
  return plan.next();
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

/** What was acked, or sent and not definitely answered, may arrive: every observer is told. */
function settle(queues: readonly SettledQueue[], { acked, unknown, atMs }: LoadSecond): void {
  const settled = decodeSet(acked);
  settled.addEncoded(unknown);
  for (const [from, until] of settled.ranges()) for (const queue of queues) queue.settle(from, until, atMs);
}

/** Runs one part; what it throws is a defect of ours and becomes a fact, so that the verdict says unknown and why. */
async function guarded(
  work: () => Promise<void>,
  part: string,
  crashed: (part: string, message: string) => void,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    crashed(part, error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
}
