import { type CloudWatchClient, GetMetricStatisticsCommand } from "@aws-sdk/client-cloudwatch";
import type { Measured } from "../model/fact.ts";
import type { MetricHop } from "../model/hop.ts";
import { call } from "./call.ts";
import type { Observer, ObserveTask, ObserveTools } from "./observer.ts";
import { type PollResult, pollUntil } from "./poll-until.ts";
import { journalEnding, pollOptions, watch } from "./watch.ts";

const OPERATION = "cloudwatch:GetMetricStatistics";
const BACKOFF = { firstMs: 250, factor: 1.3, longestMs: 5_000 };
const MINUTE_MS = 60_000;
/** How long the run may be held up by a metric that cannot be read before it. */
const BASELINE_MS = 10_000;

type Datapoints = Measured["datapoints"];

/** What the metric's window held before the first send, or how the attempt to read it ended. */
type Baseline =
  | { readonly kind: "read"; readonly sum: number }
  | {
      readonly kind: "unread";
      readonly result: Exclude<PollResult<Measured>, { kind: "satisfied" }>;
      readonly startedAtMs: number;
    };

/** Reads what the metric holds before the first send, and returns what watches it from then on. */
export async function prepareMetric(task: ObserveTask<MetricHop>, tools: ObserveTools): Promise<Observer<MetricHop>> {
  const baseline = await readBaseline(task, tools);
  return (watched) => observeMetric(watched, tools, baseline);
}

/**
 * Reads what the metric's window holds before anything was sent, so that others' traffic is not taken for ours. To be awaited
 * before the first send. Minutes without a datapoint count as zero here and only here. Datapoints of earlier minutes that come
 * late still count as ours afterwards: the sum is compared as "at least".
 */
async function readBaseline(task: ObserveTask<MetricHop>, tools: ObserveTools): Promise<Baseline> {
  const client = await tools.clients.cloudwatch();
  const startedAtMs = tools.clock.nowMs();
  const deadlineMs = Math.min(task.deadlineMs, startedAtMs + BASELINE_MS);
  const result = await pollUntil(
    async (signal) => ({ done: true, observation: await readMetric("before", task, client, tools, signal) }),
    pollOptions(deadlineMs, tools, { operation: OPERATION, backoff: BACKOFF }),
  );
  if (result.kind !== "satisfied") return { kind: "unread", result, startedAtMs };
  tools.journal.append(result.last);
  return { kind: "read", sum: sumOf(result.last.datapoints) };
}

/**
 * Watches a metric until its sum over the run's minutes has risen by what the entry acked, and journals each reading that differs
 * from the one before. AWS/Kinesis and its like are pushed once a minute, 1 to 3 minutes late, rarely 15; no datapoint is not
 * zero. A metric names no event and a low sum may still rise, so it never covers anything.
 */
async function observeMetric(task: ObserveTask<MetricHop>, tools: ObserveTools, baseline: Baseline): Promise<void> {
  if (baseline.kind === "unread") return journalEnding(task, tools, baseline.startedAtMs, baseline.result);
  const client = await tools.clients.cloudwatch();
  let latest: Datapoints | undefined;
  await watch(task, tools, {
    operation: OPERATION,
    backoff: BACKOFF,
    canSeeDuplicates: false,
    isComplete: () =>
      latest !== undefined &&
      task.awaited.isSettled() &&
      sumOf(latest) - baseline.sum >= task.awaited.ackedSum(task.hop.counts),
    async look(signal) {
      const measured = await readMetric("after", task, client, tools, signal);
      const isNews = latest === undefined || !sameDatapoints(latest, measured.datapoints);
      latest = measured.datapoints;
      if (isNews) tools.journal.append(measured);
    },
  });
}

/** Reads the whole minutes from the run's start to now. The window's end lies a minute ahead, for services whose clock is ahead of ours. */
async function readMetric(
  when: "before" | "after",
  { scenario, hop, startMs }: ObserveTask<MetricHop>,
  client: CloudWatchClient,
  { clock }: ObserveTools,
  signal: AbortSignal,
): Promise<Measured> {
  const windowStartMs = Math.floor(startMs / MINUTE_MS) * MINUTE_MS;
  const windowEndMs = Math.floor(clock.nowMs() / MINUTE_MS) * MINUTE_MS + 2 * MINUTE_MS;
  const output = await call(OPERATION, signal, () =>
    client.send(
      new GetMetricStatisticsCommand({
        Namespace: hop.namespace,
        MetricName: hop.metric,
        Dimensions: Object.entries(hop.dimensions).map(([Name, Value]) => ({ Name, Value })),
        StartTime: new Date(windowStartMs),
        EndTime: new Date(windowEndMs),
        Period: MINUTE_MS / 1000,
        Statistics: ["Sum"],
      }),
      { abortSignal: signal },
    ),
  );
  const datapoints = (output.Datapoints ?? [])
    .flatMap(({ Timestamp, Sum }) =>
      Timestamp === undefined || Sum === undefined ? [] : [{ startMs: Timestamp.getTime(), sum: Sum }],
    )
    .sort((a, b) => a.startMs - b.startMs);
  const about = { scenario: scenario.name, hop: hop.name, when, windowStartMs, windowEndMs, datapoints };
  return { fact: "measured", atMs: clock.nowMs(), ...about };
}

function sumOf(datapoints: Datapoints): number {
  return datapoints.reduce((total, { sum }) => total + sum, 0);
}

function sameDatapoints(a: Datapoints, b: Datapoints): boolean {
  return (
    a.length === b.length &&
    a.every(({ startMs, sum }, index) => b[index]?.startMs === startMs && b[index]?.sum === sum)
  );
}
