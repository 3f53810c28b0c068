import { join } from "node:path";
import type { Clients } from "../deployment/clients.ts";
import { openJournal } from "../journal/writer.ts";
import type { CanaryContext } from "../model/canary.ts";
import { createRunId } from "../model/event.ts";
import type { RunKind } from "../model/fact.ts";
import type { ReadError } from "../model/read-error.ts";
import type { Report } from "../model/report.ts";
import type { Selection } from "../policy/only.ts";
import type { Interrupt } from "./interrupt.ts";
import { judge } from "./judge.ts";
import { knownSecrets, learnSecrets, secretsOfEntries } from "./known-secrets.ts";
import { placeOf } from "./place.ts";
import type { ShowProgress } from "./progress-lines.ts";
import { readChecks, type TerraformSide } from "./read-checks.ts";
import { runScenarios } from "./run-scenarios.ts";
import { systemClock } from "./system-clock.ts";
import type { Reached } from "./target.ts";

export interface RunAndJudge {
  readonly kind: Exclude<RunKind, "load">;
  readonly selection: Selection;
  readonly terraform: TerraformSide;
  readonly clients: Clients;
  readonly interrupt: Interrupt;
  /** Folder for the run's own. */
  readonly out: string;
  /** Why the endpoint could not say who asks, if it could not. */
  readonly identityError: ReadError | undefined;
  readonly longestWaitMs: number | null;
  readonly showProgress: ShowProgress;
  readonly canary?: CanaryContext;
  /** The calls made so far, asked for once everything is read. */
  readonly callsMade?: () => Readonly<Record<string, number>>;
}

/** Journals a run of scenarios from its first fact to its last, and judges it by nothing but that journal. */
export async function runAndJudge(
  reached: Reached,
  {
    kind,
    selection,
    terraform,
    clients,
    interrupt,
    out,
    identityError,
    longestWaitMs,
    showProgress,
    canary,
    callsMade,
  }: RunAndJudge,
): Promise<{ report: Report; folder: string }> {
  const { scenarios, onlyFindings } = selection;
  const clock = systemClock;
  const runId = createRunId(clock.nowMs(), Math.random);
  const folder = join(out, runId);
  learnSecrets(secretsOfEntries(scenarios, reached.connectTo));
  const journal = openJournal(join(folder, "journal.ndjson"), knownSecrets);
  const { target } = reached;
  const start = { journalVersion: 1, runId, kind, target, scenarios, onlyFindings, identityError, canary } as const;
  journal.append({ fact: "run-started", atMs: clock.nowMs(), ...start });
  const progress = showProgress(scenarios, journal, clock);
  interrupt.listen((signal) => journal.append({ fact: "interrupted", atMs: clock.nowMs(), signal }));
  const tools = {
    clients,
    clock,
    random: Math.random,
    signal: interrupt.signal,
    graceMs: reached.graceMs,
    longestWaitMs,
  };
  const { connectTo } = reached;
  const onScenarioEnd = progress.scenarioEnded;
  let onReady = () => {};
  const ready = new Promise<void>((resolve) => {
    onReady = resolve;
  });
  await Promise.all([
    runScenarios({ ...tools, runId, scenarios, connectTo, journal: progress.journal, onReady, onScenarioEnd }),
    ready.then(() => readChecks({ ...tools, scenarios, terraform, place: placeOf(target), journal: progress.journal })),
  ]);
  await progress.done();
  if (callsMade !== undefined) journal.append({ fact: "calls-made", atMs: clock.nowMs(), calls: callsMade() });
  journal.append({ fact: "run-ended", atMs: clock.nowMs() });
  journal.close();
  return { report: judge(journal.facts), folder };
}
