import { join } from "node:path";
import type { CallMeter } from "../deployment/call-meter.ts";
import { type Clients, createClients } from "../deployment/clients.ts";
import { type JournalWriter, openJournal } from "../journal/writer.ts";
import type { ExitCode } from "../model/errors.ts";
import { createRunId } from "../model/event.ts";
import type { RunStarted } from "../model/fact.ts";
import type { RunTools } from "../model/ports.ts";
import type { Report } from "../model/report.ts";
import { type Caller, checkCaller } from "./check-caller.ts";
import { exitCodeOf } from "./exit-code.ts";
import { onInterrupt } from "./interrupt.ts";
import { judge } from "./judge.ts";
import { knownSecrets, learnSecrets, secretsOfEntries } from "./known-secrets.ts";
import { systemClock } from "./system-clock.ts";
import type { RunTarget } from "./target.ts";

/** What runs differ in, apart from what they do. */
export interface RunDefinition {
  /** The part of the first fact that depends on the kind of run. */
  readonly start: Pick<RunStarted, "kind" | "scenarios" | "onlyFindings" | "loads" | "canary">;
  /** Folder that gets a folder for this run. */
  readonly out: string;
  readonly meter?: CallMeter;
  /** After this time the run stops as on Ctrl-C and reports what it has seen; without it, only its own deadlines hold. */
  readonly timeBudgetMs?: number;
  readonly publish?: Publish;
}

/** Writes and prints the reports of a run. Ctrl-C does not cut it off: a second one does. */
export type Publish = (ended: EndedRun) => Promise<void>;

/** A run between its first fact and its last. */
export interface ActiveRun {
  readonly started: RunStarted;
  readonly journal: JournalWriter;
  /** The run's folder, with its journal. */
  readonly folder: string;
  readonly tools: RunTools & { readonly clients: Clients };
}

export interface EndedRun {
  readonly report: Report;
  /** The run's folder, with its journal. */
  readonly folder: string;
  readonly exitCode: ExitCode;
}

/**
 * Journals a run from its first fact to its last and judges it by that journal alone. Writes nothing but the run's folder, and what
 * `publish` writes.
 *
 * @param perform what the run does; it adds to the journal.
 * @throws CannotRun where the credentials are missing, rejected, or of another account.
 */
export async function runAndJudge(
  target: RunTarget,
  { start, out, meter, timeBudgetMs, publish }: RunDefinition,
  perform: (run: ActiveRun) => Promise<void>,
): Promise<EndedRun> {
  const clock = systemClock;
  const { region } = target.deployment;
  const clients = createClients({ region, ...target.endpoint, caFile: process.env["AWS_CA_BUNDLE"], meter });
  const interrupt = onInterrupt();
  const { signal } = interrupt;
  let isOutOfTime = false;
  const endInTime = () => {
    isOutOfTime = !signal.aborted;
    interrupt.end("The time budget is used up");
  };
  const timer = timeBudgetMs === undefined ? undefined : setTimeout(endInTime, timeBudgetMs);
  try {
    const caller = await checkCaller(clients, target);
    learnSecrets(secretsOfEntries(start.scenarios, target.connectTo));
    const started = firstFact(target, start, caller);
    const folder = join(out, started.runId);
    const journal = openJournal(join(folder, "journal.ndjson"), knownSecrets);
    journal.append(started);
    interrupt.listen((name) => journal.append({ fact: "interrupted", atMs: clock.nowMs(), signal: name }));
    const tools = { clients, journal, clock, random: Math.random, signal, graceMs: target.graceMs };
    await perform({ started, journal, folder, tools });
    journal.append({ fact: "run-ended", atMs: clock.nowMs() });
    journal.close();
    clearTimeout(timer);
    const report = judge(journal.facts);
    const ended = { report, folder, exitCode: exitCodeOf(report, isOutOfTime) };
    await publish?.(ended);
    return ended;
  } finally {
    clearTimeout(timer);
    interrupt.stop();
    clients.close();
  }
}

/** The fact that a run begins with, under a new run id. */
export function firstFact(
  { target }: RunTarget,
  start: RunDefinition["start"],
  { accountId, identityError }: Caller,
): RunStarted {
  const atMs = systemClock.nowMs();
  const runId = createRunId(atMs, Math.random);
  return {
    fact: "run-started",
    atMs,
    journalVersion: 1,
    runId,
    target: { ...target, accountId },
    identityError,
    ...start,
  };
}
