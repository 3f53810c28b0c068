import { GetMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import { FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { findTags } from "../model/event.ts";
import type { Clue } from "../model/fact.ts";
import { call } from "./call.ts";
import type { ObserveTools } from "./observer.ts";
import { ReadFailed } from "./read-error.ts";

/** Where to look for what a person would look for next: one function of the pipeline. */
export interface ClueTask {
  readonly runId: string;
  readonly scenario: { readonly name: string; readonly producer: string };
  /** A function's name. */
  readonly functionName: string;
  readonly startMs: number;
}

/** Reading clues holds up a run that has failed already for no longer than this. */
const CLUES_MS = 10_000;
const CLOCK_SKEW_MS = 15_000;
const MINUTE_MS = 60_000;
const MOST_LINES = 5;
const MOST_CHARACTERS = 600;

/**
 * What a failing function leaves behind: Lambda's own words for a time-out or an error, and error lines of the handler's.
 * docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html: `?` makes terms alternatives.
 */
const ERROR_PATTERN = '?ERROR ?Error ?error ?Exception ?"Task timed out" ?"Process exited" ?"Runtime exited"';

/** Metrics that rise where a function is not let run, fails, or falls behind. */
const METRICS = [
  { name: "Errors", statistic: "Sum" },
  { name: "Throttles", statistic: "Sum" },
  { name: "Invocations", statistic: "Sum" },
  { name: "IteratorAge", statistic: "Maximum" },
] as const;

/**
 * Journals what one function says of itself after events were found missing: its last error lines since the run began, and its
 * metrics over the run's minutes. What cannot be read is left out: the finding stands without it.
 */
export async function gatherClues(task: ClueTask, tools: ObserveTools): Promise<void> {
  const signal = AbortSignal.any([tools.signal, AbortSignal.timeout(CLUES_MS)]);
  await Promise.all([leaveOut(errorLines(task, tools, signal)), leaveOut(metrics(task, tools, signal))]);
}

async function leaveOut(reading: Promise<void>): Promise<void> {
  try {
    await reading;
  } catch (error) {
    if (!(error instanceof ReadFailed)) throw error;
  }
}

async function errorLines(task: ClueTask, tools: ObserveTools, signal: AbortSignal): Promise<void> {
  const logGroup = `/aws/lambda/${task.functionName}`;
  const client = await tools.clients.cloudwatchLogs();
  await tools.logCalls.take(signal);
  const output = await call("logs:FilterLogEvents", signal, () =>
    client.send(
      new FilterLogEventsCommand({
        logGroupName: logGroup,
        startTime: task.startMs - CLOCK_SKEW_MS,
        filterPattern: ERROR_PATTERN,
      }),
      { abortSignal: signal },
    ),
  );
  const lines = (output.events ?? []).flatMap(({ message }) => (message === undefined ? [] : [message.trim()]));
  for (const text of mostTelling(lines, task).slice(-MOST_LINES)) {
    append(task, tools, { kind: "error-line", logGroup, text: text.slice(0, MOST_CHARACTERS) });
  }
}

/** Lines that name an event of this run, where there are any: others may be another client's trouble. Each text once. */
function mostTelling(lines: readonly string[], { runId, scenario }: ClueTask): string[] {
  const ours = lines.filter((line) => findTags(line, runId, scenario.producer).length > 0);
  return [...new Set(ours.length > 0 ? ours : lines)];
}

async function metrics(task: ClueTask, tools: ObserveTools, signal: AbortSignal): Promise<void> {
  const client = await tools.clients.cloudwatch();
  const nowMs = tools.clock.nowMs();
  const output = await call("cloudwatch:GetMetricData", signal, () =>
    client.send(
      new GetMetricDataCommand({
        StartTime: new Date(Math.floor(task.startMs / MINUTE_MS) * MINUTE_MS),
        EndTime: new Date(Math.ceil(nowMs / MINUTE_MS) * MINUTE_MS + MINUTE_MS),
        MetricDataQueries: METRICS.map(({ name, statistic }) => ({
          Id: name.toLowerCase(),
          Label: name,
          MetricStat: {
            Metric: {
              Namespace: "AWS/Lambda",
              MetricName: name,
              Dimensions: [{ Name: "FunctionName", Value: task.functionName }],
            },
            Period: MINUTE_MS / 1000,
            Stat: statistic,
          },
        })),
      }),
      { abortSignal: signal },
    ),
  );
  for (const { Label: metric = "", Values: values = [] } of output.MetricDataResults ?? []) {
    if (values.length === 0) continue;
    const value = metric === "IteratorAge" ? Math.max(...values) : values.reduce((sum, one) => sum + one, 0);
    append(task, tools, { kind: "metric", namespace: "AWS/Lambda", metric, value });
  }
}

function append(task: ClueTask, { journal, clock }: ObserveTools, seen: Clue["seen"]): void {
  const { scenario, functionName } = task;
  journal.append({ fact: "clue", atMs: clock.nowMs(), scenario: scenario.name, functionName, seen });
}
