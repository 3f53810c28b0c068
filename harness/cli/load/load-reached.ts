import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Clients, createClients } from "../../deployment/clients.ts";
import { packageRoot } from "../../deployment/package-root.ts";
import { redactFiles } from "../../journal/redact-files.ts";
import { type JournalWriter, openJournal } from "../../journal/writer.ts";
import type { ExitCode } from "../../model/errors.ts";
import { createRunId } from "../../model/event.ts";
import type { Fact, RunStarted } from "../../model/fact.ts";
import type { ReadError } from "../../model/read-error.ts";
import type { ResolvedLoad } from "../../pipelines/resolve-loads.ts";
import { checkCaller } from "../../run/check-caller.ts";
import { exitCodeOf } from "../../run/exit-code.ts";
import { type Interrupt, onInterrupt } from "../../run/interrupt.ts";
import { judge } from "../../run/judge.ts";
import { knownSecrets, learnSecrets, secretsOfEntries } from "../../run/known-secrets.ts";
import { dryRun } from "../../run/load/dry-run.ts";
import { checkCeilings, DEFAULT_CEILINGS, extentOf, mostEventsOf } from "../../run/load/guards.ts";
import type { LoadRunTools } from "../../run/load/load-run.ts";
import { recommendedValues } from "../../run/load/recommended-values.ts";
import { runLoad } from "../../run/load/run-load.ts";
import { runSaturation, saturationOf } from "../../run/load/run-saturation.ts";
import { placeOf } from "../../run/place.ts";
import { readChecks } from "../../run/read-checks.ts";
import { systemClock } from "../../run/system-clock.ts";
import type { Reached } from "../../run/target.ts";
import { assumedSize } from "../../sizing/assumed-size.ts";
import { fargateCostUsd } from "../../sizing/fargate-cost.ts";
import { runCostUsd } from "../../sizing/run-cost.ts";
import { pointLatestAt, publish } from "../publish.ts";
import { terraformSide } from "../terraform-side.ts";
import { saturationProfile } from "./engine-options.ts";
import { loadLoads } from "./load-loads.ts";
import type { LoadOptions } from "./load-options.ts";
import { showLoad } from "./load-view.ts";
import { MOST_PROVABLE_EVENTS_PER_SECOND, proveOnTwin } from "./prove-on-twin.ts";

/** Runs the loads one after the other on a target that is reached, writes the reports, and says how it went. */
export async function loadReached(reached: Reached, options: LoadOptions): Promise<ExitCode> {
  const { loads: chosen, neededOutputs } = await loadLoads(reached, options);
  const { region } = reached.deployment;
  const loop = saturationProfile(options);
  const loads = chosen.flatMap((load) => (loop === undefined ? [load] : [saturationOf(load, loop), load]));
  checkCeilings(
    loads.map((load) => ({
      name: load.spec.scenario,
      profile: load.spec.profile,
      estimatedUsd: estimateUsd(load, region),
    })),
    {
      eventsPerSecond: options.maxRate ?? DEFAULT_CEILINGS.eventsPerSecond,
      durationMs: options.maxDuration ?? DEFAULT_CEILINGS.durationMs,
      costUsd: options.maxCost ?? DEFAULT_CEILINGS.costUsd,
    },
  );
  const runId = createRunId(systemClock.nowMs(), Math.random);
  const folder = join(options.out, runId);
  if (options.dryRun === true) return printDryRun(chosen, startOf(reached, runId, chosen, undefined), folder, reached);
  const clients = createClients({
    region,
    ...reached.endpoint,
    caFile: process.env["AWS_CA_BUNDLE"],
  });
  const interrupt = onInterrupt();
  try {
    const identityError = await checkCaller(clients, reached);
    learnSecrets(
      secretsOfEntries(
        loads.map(({ scenario }) => scenario),
        reached.connectTo,
      ),
    );
    const journal = openJournal(join(folder, "journal.ndjson"), knownSecrets);
    const started = startOf(reached, runId, loads, identityError);
    journal.append(started);
    try {
      await runAll({ reached, loads, started, journal, clients, interrupt, neededOutputs, options, folder });
    } finally {
      redactFiles(engineTools(folder).engineFolder, knownSecrets);
    }
    journal.append({ fact: "run-ended", atMs: systemClock.nowMs() });
    journal.close();
    const report = judge(journal.facts);
    pointLatestAt(folder);
    await publish(report, folder, options.json === true);
    return exitCodeOf(report);
  } finally {
    interrupt.stop();
    clients.close();
  }
}

/** Before anything is read, the stack's parts are taken for such as are paid by request. */
function estimateUsd({ scenario, spec }: ResolvedLoad, region: string): number {
  const { profile, eventsPerRequest, bodyBytes } = spec;
  const events = mostEventsOf(profile, eventsPerRequest);
  const { durationMs } = extentOf(profile);
  const stackUsd = runCostUsd(assumedSize(scenario.roles, region), {
    events,
    durationMs,
    eventsPerRequest,
    eventBytes: bodyBytes ?? 512,
  });
  return stackUsd + (spec.engine?.runsOn === "fargate" ? fargateCostUsd(spec.workers, durationMs) : 0);
}

/** The command line's own output: the commands, and nothing is run. */
function printDryRun(
  loads: readonly ResolvedLoad[],
  started: RunStarted,
  folder: string,
  { connectTo }: Reached,
): ExitCode {
  const { signal } = new AbortController();
  const tools = { ...engineTools(folder), connectTo, ca: undefined, signal };
  process.stdout.write(dryRun(loads, started, tools, systemClock.nowMs()));
  return 0;
}

function engineTools(folder: string) {
  return {
    engineFolder: resolve(folder, "artillery"),
    processorFile: join(packageRoot(), "harness", "inject", "artillery", "processor.cjs"),
  };
}

function startOf(
  { target }: Reached,
  runId: string,
  loads: readonly ResolvedLoad[],
  identityError: ReadError | undefined,
): RunStarted {
  return {
    fact: "run-started",
    atMs: systemClock.nowMs(),
    journalVersion: 1,
    runId,
    kind: "load",
    target,
    scenarios: loads.map(({ scenario }) => scenario),
    loads: loads.map(({ spec }) => spec),
    onlyFindings: null,
    identityError,
  };
}

interface AllLoads {
  readonly reached: Reached;
  readonly loads: readonly ResolvedLoad[];
  readonly started: RunStarted;
  readonly journal: JournalWriter;
  readonly clients: Clients;
  readonly interrupt: Interrupt;
  readonly neededOutputs: Parameters<typeof terraformSide>[1];
  readonly options: LoadOptions;
  /** Of the run. */
  readonly folder: string;
}

async function runAll(all: AllLoads) {
  const { reached, loads, started, journal, clients, interrupt, neededOutputs, options, folder } = all;
  const clock = systemClock;
  const { signal } = interrupt;
  const { scenarios, target } = started;
  interrupt.listen((name) => journal.append({ fact: "interrupted", atMs: clock.nowMs(), signal: name }));
  const view = showLoad(scenarios, journal, process.stderr, clock);
  const { connectTo, graceMs, longestWaitMs } = reached;
  const waits = { clients, clock, random: Math.random, signal, graceMs, journal: view.journal };
  view.note("Reading the settings behind the loads.");
  const terraform = {
    ...terraformSide(reached, neededOutputs, process.env, signal),
    build: undefined,
    plan: undefined,
  };
  await readChecks({ ...waits, scenarios, place: placeOf(target), terraform, longestWaitMs });
  const caFile = process.env["NODE_EXTRA_CA_CERTS"];
  const tools: LoadRunTools = {
    ...waits,
    connectTo,
    ca: caFile === undefined ? undefined : readFileSync(caFile, "utf8"),
    workerFile: join(packageRoot(), "harness", "dist", "load-worker.mjs"),
    ...engineTools(folder),
    note: view.note,
  };
  const { facts } = journal;
  for (const { scenario, spec } of loads) {
    if (signal.aborted) break;
    const run = { started, facts, scenario, spec, first: { firstPhase: 0, firstRequest: 0 } };
    if (spec.profile.kind === "closed-loop")
      await runSaturation({ ...run, purpose: "saturation" }, spec.profile, tools);
    else await runLoad({ ...run, purpose: "profile" }, tools);
  }
  // The proof is sent by our own threads, and would stand in the ledger beside what another engine counted.
  if (options.proof && options.engine === undefined && target.kind === "twin")
    await proveAll({ started, facts, loads, reached, options, tools });
  view.done();
}

interface AllProofs {
  readonly started: RunStarted;
  readonly facts: readonly Fact[];
  readonly loads: readonly ResolvedLoad[];
  readonly reached: Reached;
  readonly options: LoadOptions;
  readonly tools: LoadRunTools;
}

/** Tries every recommendation on a twin of its own. */
async function proveAll({ started, facts, loads, reached, options, tools }: AllProofs): Promise<void> {
  for (const recommended of recommendedValues(started, facts)) {
    const { scenario, targetEventsPerSecond } = recommended;
    const spec = loads.find((load) => load.scenario.name === scenario.name)?.spec;
    if (tools.signal.aborted || spec === undefined) return;
    if (targetEventsPerSecond > MOST_PROVABLE_EVENTS_PER_SECOND) {
      tools.note(`${scenario.name}: ${targetEventsPerSecond} events/s are more than a twin on this machine can prove.`);
      continue;
    }
    tools.note(`${scenario.name}: trying ${targetEventsPerSecond} events/s on a twin with the recommended values.`);
    await proveOnTwin({ started, facts, spec, recommended }, reached, options, tools);
  }
}
