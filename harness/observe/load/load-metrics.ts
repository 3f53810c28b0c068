import { type CloudWatchClient, GetMetricDataCommand, type MetricDataResult } from "@aws-sdk/client-cloudwatch";
import type { Hop } from "../../model/hop.ts";
import type { LoadMetric } from "../../model/load-fact.ts";
import type { Roles } from "../../model/role.ts";
import { backoffMs } from "../backoff.ts";
import { call } from "../call.ts";
import { inChunks } from "../chunks.ts";
import { LAST_LOOK_MS } from "../watch.ts";
import { type LimitMetric, limitMetricsOf } from "./limit-metrics.ts";
import type { LoadObserveTask, LoadObserveTools } from "./load-task.ts";
import { type LoadWatch, watchLoad } from "./watch-load.ts";

export interface LoadMetricsTask extends Omit<LoadObserveTask<Hop>, "hop" | "plan" | "runId"> {
  readonly roles: Roles;
  /** The API's name, where the scenario has one: metrics bear it. */
  readonly apiName?: string | undefined;
  /** While the load runs: how often the iterator's age is read. */
  readonly liveMs?: number | undefined;
  /** Datapoints that have not changed for so long are taken for whole. */
  readonly settleMs?: number | undefined;
}

/** The name under which `wait-ended` speaks of these metrics: they are no hop of the scenario. */
export const LIMIT_METRICS = "limit metrics";

const OPERATION = "cloudwatch:GetMetricData";
/** docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html */
const QUERIES_PER_CALL = 500;
const MINUTE_MS = 60_000;
const LIVE_MS = 10_000;
const SETTLE_MS = 3_000;
/** A minute that has only just begun when sending ends may hold nothing. */
const EDGE_MS = 2_000;
const BACKOFF = { firstMs: 500, factor: 1, longestMs: 500 };
/** After the end: from one read to the next, ever longer, because CloudWatch takes money for each metric that is asked for. */
const SPACING = { firstMs: 1_000, factor: 1.4, longestMs: 10_000 };

/**
 * Reads the metrics that show a stack's limits: those of the iterator's age while the load runs, and all of them at the end, until
 * those that flow with the events have a datapoint of the last minute and none changes any more, or the deadline. Metrics come 1 to
 * 3 minutes late, and a minute may show before it is whole. Journals each metric whenever it has news (`load-metric`); what never
 * came is not journalled, and `wait-ended` of `limit metrics` says how it ended.
 */
export async function observeLoadMetrics(task: LoadMetricsTask, tools: LoadObserveTools): Promise<void> {
  const watch = watchMetrics(task, tools, await tools.clients.cloudwatch());
  await watchLoad({ ...task, hop: { name: LIMIT_METRICS } }, tools, watch);
}

function watchMetrics(task: LoadMetricsTask, tools: LoadObserveTools, client: CloudWatchClient): LoadWatch {
  const { clock, journal } = tools;
  const { liveMs = LIVE_MS, settleMs = SETTLE_MS } = task;
  const metrics = limitMetricsOf(task.roles, task.apiName);
  const known = new Map<LimitMetric, LoadMetric["datapoints"]>();
  let nextMs = clock.nowMs() + liveMs;
  let readsAfter = 0;
  let readMs = clock.nowMs();
  let sentUntilMs: number | undefined;
  let changedMs = clock.nowMs();

  function note(metric: LimitMetric, datapoints: LoadMetric["datapoints"]): void {
    const before = known.get(metric) ?? [];
    if (datapoints.length === 0 || isSame(before, datapoints)) return;
    known.set(metric, datapoints);
    changedMs = clock.nowMs();
    const { namespace, metric: name, statistic, dimensions } = metric;
    const about = { atMs: changedMs, scenario: task.scenario.name, namespace, metric: name, statistic, dimensions };
    journal.append({ fact: "load-metric", ...about, periodMs: MINUTE_MS, datapoints });
  }

  return {
    operation: OPERATION,
    backoff: BACKOFF,
    lastLookMs: LAST_LOOK_MS,
    async look(signal, isLast) {
      if (clock.nowMs() < nextMs && !isLast) return;
      const isSending = sentUntilMs === undefined;
      if (!isSending) readsAfter += 1;
      nextMs = clock.nowMs() + (isSending ? liveMs : backoffMs(SPACING, readsAfter, tools.random));
      const wanted = isSending ? metrics.filter(({ live }) => live) : metrics;
      const window = { startMs: task.startMs, endMs: clock.nowMs() };
      for (const some of inChunks(wanted, QUERIES_PER_CALL)) {
        const read = await readMetrics(some, window, client, signal);
        for (const [metric, datapoints] of read) note(metric, datapoints);
      }
      readMs = clock.nowMs();
    },
    sendingEnded(atMs) {
      sentUntilMs = atMs;
      changedMs = atMs;
      nextMs = atMs;
    },
    isDone() {
      const lastMinuteMs = minuteOf((sentUntilMs ?? clock.nowMs()) - EDGE_MS);
      const isThere = (metric: LimitMetric) => (known.get(metric)?.at(-1)?.startMs ?? 0) >= lastMinuteMs;
      return readMs - changedMs >= settleMs && metrics.every((metric) => !metric.flows || isThere(metric));
    },
    end() {},
  };
}

/** The datapoints of all these metrics over the whole minutes of a window, oldest first. */
async function readMetrics(
  metrics: readonly LimitMetric[],
  { startMs, endMs }: { readonly startMs: number; readonly endMs: number },
  client: CloudWatchClient,
  signal: AbortSignal,
): Promise<Map<LimitMetric, LoadMetric["datapoints"]>> {
  const found = new Map(metrics.map((metric) => [metric, new Map<number, number>()]));
  let token: string | undefined;
  do {
    const command = new GetMetricDataCommand({
      MetricDataQueries: metrics.map((metric, index) => ({ Id: `m${index}`, MetricStat: statOf(metric) })),
      StartTime: new Date(minuteOf(startMs)),
      // A minute ahead, for services whose clock is ahead of ours.
      EndTime: new Date(minuteOf(endMs) + 2 * MINUTE_MS),
      ScanBy: "TimestampAscending",
      ...(token === undefined ? {} : { NextToken: token }),
    });
    const output = await call(OPERATION, signal, () => client.send(command, { abortSignal: signal }));
    for (const result of output.MetricDataResults ?? []) {
      const metric = metrics[Number(result.Id?.slice(1))];
      if (metric !== undefined) addPoints(result, found.get(metric));
    }
    token = output.NextToken;
  } while (token !== undefined);
  return new Map([...found].map(([metric, points]) => [metric, inOrder(points)]));
}

function statOf({ namespace, metric, statistic, dimensions }: LimitMetric) {
  const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
  const Metric = { Namespace: namespace, MetricName: metric, Dimensions };
  return { Metric, Period: MINUTE_MS / 1000, Stat: statistic };
}

function addPoints({ Timestamps = [], Values = [] }: MetricDataResult, to: Map<number, number> | undefined): void {
  for (const [index, timestamp] of Timestamps.entries()) {
    const value = Values[index];
    if (value !== undefined) to?.set(timestamp.getTime(), value);
  }
}

function inOrder(points: ReadonlyMap<number, number>): LoadMetric["datapoints"] {
  return [...points].map(([startMs, value]) => ({ startMs, value })).sort((a, b) => a.startMs - b.startMs);
}

function isSame(a: LoadMetric["datapoints"], b: LoadMetric["datapoints"]): boolean {
  const isEqual = (index: number) => a[index]?.startMs === b[index]?.startMs && a[index]?.value === b[index]?.value;
  return a.length === b.length && a.every((_, index) => isEqual(index));
}

function minuteOf(ms: number): number {
  return Math.floor(ms / MINUTE_MS) * MINUTE_MS;
}
