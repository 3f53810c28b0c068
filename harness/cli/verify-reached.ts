import { join } from "node:path";
import { RULES } from "../checks/rules/index.ts";
import { type Clients, createClients } from "../deployment/clients.ts";
import { checkIdentity } from "../deployment/identity.ts";
import { openJournal } from "../journal/writer.ts";
import { CannotRun, type ExitCode } from "../model/errors.ts";
import { createRunId } from "../model/event.ts";
import type { ReadError } from "../model/read-error.ts";
import type { Report } from "../model/report.ts";
import { type Selection, selectOnly } from "../policy/only.ts";
import { judge } from "../run/judge.ts";
import { placeOf } from "../run/place.ts";
import { readChecks, type TerraformSide } from "../run/read-checks.ts";
import { runScenarios } from "../run/run-scenarios.ts";
import { systemClock } from "../run/system-clock.ts";
import { exitCodeOf } from "./exit-code.ts";
import { type Interrupt, onInterrupt } from "./interrupt.ts";
import { loadScenarios } from "./load-scenarios.ts";
import { showProgress } from "./progress.ts";
import { pointLatestAt, publish } from "./publish.ts";
import type { Reached } from "./target.ts";
import { terraformSide } from "./terraform-side.ts";
import type { VerifyOptions } from "./verify.ts";

/** Proves the scenarios on a target that is reached, writes the reports, and says how it went. */
export async function verifyReached(reached: Reached, options: VerifyOptions): Promise<ExitCode> {
  const longestWaitMs = options.wait === undefined ? reached.longestWaitMs : options.wait * 1000;
  const { scenarios, neededOutputs } = await loadScenarios(reached.deployment, options.pipelines, longestWaitMs);
  const selection = selectOnly(
    scenarios,
    options.only,
    RULES.map(({ code }) => code),
  );
  const { region } = reached.deployment;
  const clients = createClients({ region, ...reached.endpoint, caFile: process.env["AWS_CA_BUNDLE"] });
  const interrupt = onInterrupt();
  try {
    const identityError = await checkCaller(clients, reached);
    const { report, folder } = await runAndJudge(
      reached,
      selection,
      terraformSide(reached, neededOutputs, process.env, interrupt.signal),
      clients,
      interrupt,
      { out: options.out, identityError, longestWaitMs },
    );
    pointLatestAt(folder);
    publish(report, folder, options.json === true);
    return exitCodeOf(report);
  } finally {
    interrupt.stop();
    clients.close();
  }
}

interface RunOptions {
  /** Folder for the run's own. */
  readonly out: string;
  /** Why the endpoint could not say who asks, if it could not. */
  readonly identityError: ReadError | undefined;
  readonly longestWaitMs: number | null;
}

/** Journals a run from its first fact to its last, and judges it by nothing but that journal. */
async function runAndJudge(
  reached: Reached,
  selection: Selection,
  terraform: TerraformSide,
  clients: Clients,
  interrupt: Interrupt,
  { out, identityError, longestWaitMs }: RunOptions,
): Promise<{ report: Report; folder: string }> {
  const { scenarios, onlyFindings } = selection;
  const clock = systemClock;
  const runId = createRunId(clock.nowMs(), Math.random);
  const folder = join(out, runId);
  const journal = openJournal(join(folder, "journal.ndjson"));
  const { target } = reached;
  const start = { journalVersion: 1, runId, kind: "verify", target, scenarios, onlyFindings, identityError } as const;
  journal.append({ fact: "run-started", atMs: clock.nowMs(), ...start });
  const progress = showProgress(scenarios, journal, process.stderr, clock);
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
  journal.append({ fact: "run-ended", atMs: clock.nowMs() });
  journal.close();
  return { report: judge(journal.facts), folder };
}

/**
 * Makes sure that the credentials are there and are for the deployment's account: a stack of another account would be seen as one
 * that lost everything. An endpoint that cannot say so is no reason not to run: what it then does not show is unknown.
 */
async function checkCaller(clients: Clients, reached: Reached): Promise<ReadError | undefined> {
  try {
    checkAccount(await checkIdentity(clients), reached);
    return undefined;
  } catch (error) {
    if (!(error instanceof CannotRun) || error.problem.code !== "endpoint.not-reachable") throw error;
    return { code: error.problem.code, message: error.problem.message, operation: "sts:GetCallerIdentity" };
  }
}

function checkAccount(identity: { readonly accountId: string }, reached: Reached): void {
  const { accountId } = reached.deployment;
  if (accountId === "unknown" || accountId === identity.accountId) return;
  throw new CannotRun({
    code: "deployment.other-account",
    message: `The deployment is in account ${accountId}, and the credentials are for account ${identity.accountId}`,
    place: `${reached.deployment.source}, output account_id or the ARNs in it`,
    remedy: "Use credentials of that account (AWS_PROFILE), or name the right deployment with --deployment PATH.",
  });
}
