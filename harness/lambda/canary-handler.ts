import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import picocolors from "picocolors";
import type { z } from "zod";
import { CannotRun } from "../model/errors.ts";
import type { Hop } from "../model/hop.ts";
import type { Verdict } from "../model/verdict.ts";
import { type CanaryDefinition, canarySchema } from "../pipelines/canary-definition.ts";
import { type Pipeline, pipelinesSchema } from "../pipelines/pipeline.ts";
import { renderText } from "../report/text.ts";
import { knownSecrets } from "../run/known-secrets.ts";
import { printProblem } from "../run/print-problem.ts";
import { showLines } from "../run/progress-lines.ts";
import type { EndedRun } from "../run/run-and-judge.ts";
import { runCanary } from "../run/run-canary.ts";
import { reachTarget } from "../run/target.ts";
import { canaryMetrics } from "./canary-metrics.ts";
import { type LambdaSettings, readSettings } from "./settings.ts";

/** The part of Lambda's context that is needed. */
interface LambdaContext {
  getRemainingTimeInMillis(): number;
}

/** What an invocation returns. */
export interface CanaryOutcome {
  readonly verdict: Verdict;
  readonly runId: string;
  /** `code subject` of what failed. */
  readonly failing: readonly string[];
}

/** Left of the invocation's time for judging, the report and the log. */
const RESERVE_MS = 10_000;

/**
 * A Lambda handler that runs a canary of the stack that its environment describes (`settings.ts`). People's report goes to standard
 * error, and one line of metrics to standard output. Where nothing could be run at all, the line says unknown and the invocation fails.
 */
export function createCanaryHandler(
  canary: z.input<typeof canarySchema>,
  pipelines: z.input<typeof pipelinesSchema>,
): (event: unknown, context: LambdaContext) => Promise<CanaryOutcome> {
  const definition = canarySchema.parse(canary);
  const parsedPipelines = pipelinesSchema.parse(pipelines);
  return async (_event, context) => {
    const settings = readSettings(process.env);
    const { stack } = settings;
    try {
      const timeBudgetMs = Math.min(
        definition.objectives.timeBudgetMs,
        Math.max(1, context.getRemainingTimeInMillis() - RESERVE_MS),
      );
      const bounded = { ...definition, objectives: { ...definition.objectives, timeBudgetMs } };
      const { report, exitCode } = await runOnce(settings, bounded, parsedPipelines);
      const verdict = verdictOf(exitCode);
      const run = report.canary?.run;
      process.stderr.write(`${renderText(report, picocolors.createColors(false)).trimEnd()}\n`);
      process.stdout.write(`${canaryMetrics({ stack, atMs: Date.now(), verdict, run })}\n`);
      return { verdict, runId: report.run.id, failing: run?.failing ?? [] };
    } catch (error) {
      if (error instanceof CannotRun) printProblem(error.problem, process.stderr);
      process.stdout.write(`${canaryMetrics({ stack, atMs: Date.now(), verdict: "unknown", run: undefined })}\n`);
      // Lambda logs what is thrown and returns it to the caller: secrets are taken out of it, as of everything that is written.
      throw new Error(knownSecrets.text(error instanceof Error ? error.message : String(error)));
    }
  };
}

/** One run, with its files in a folder that is gone when it is over: the next invocation may have the same disk. */
async function runOnce(
  settings: LambdaSettings,
  definition: CanaryDefinition,
  pipelines: readonly Pipeline[],
): Promise<EndedRun> {
  const folder = mkdtempSync(join(tmpdir(), "stackproof-"));
  try {
    const deployment = join(folder, "outputs.json");
    const outputs = Object.entries(settings.outputs).map(([name, value]) => [name, { value }]);
    writeFileSync(deployment, JSON.stringify(Object.fromEntries(outputs)));
    const { connectTo, waitSeconds } = settings;
    const target = await reachTarget({ deployment, connectTo, twinDelays: "aws" }, process.env);
    return await runCanary(target, {
      definition,
      pipelines,
      acknowledgements: [],
      // The alarm counts the runs; Lambda's disk does not last.
      history: [],
      watches: (hop) => isWatched(hop, settings.watch, definition),
      only: undefined,
      waitSeconds,
      out: folder,
      showProgress: (scenarios, journal, clock) => showLines(scenarios, journal, process.stderr, clock),
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Metrics are late by minutes, and an invocation that waits for them pays for each second: they are watched only by request. */
function isWatched({ name, kind }: Hop, watch: readonly string[] | undefined, definition: CanaryDefinition): boolean {
  return watch === undefined ? definition.watch.includes(name) && kind !== "metric" : watch.includes(name);
}

function verdictOf(exitCode: EndedRun["exitCode"]): Verdict {
  switch (exitCode) {
    case 0:
      return "pass";
    case 1:
      return "fail";
    case 2:
    case 3:
    case 130:
      return "unknown";
    default:
      return exitCode satisfies never;
  }
}
