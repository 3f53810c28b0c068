import type { PhaseResult } from "../../../model/load-report.ts";
import type { StackSize } from "../../../model/stack-size.ts";
import type { LoadEvidence } from "../load-evidence.ts";
import { type MetricRead, metricTableOf } from "../metric-table.ts";

export const SIZE: StackSize = {
  region: "us-east-1",
  stream: { name: "events", openShards: 2, isOnDemand: false },
  table: {
    name: "sink",
    isOnDemand: false,
    writeCapacity: 100,
    readCapacity: 5,
    writeScaling: { min: 100, max: 400 },
    readScaling: null,
  },
  entryFunction: { name: "ingest", memoryMb: 512, reservedConcurrency: 10 },
  consumerFunction: { name: "processor", memoryMb: 512, reservedConcurrency: null },
  mapping: { batchSize: 100, parallelization: 1 },
  api: null,
  loadBalancer: "arn:alb",
  unread: [],
};

/** A direct stack: API, function, table on demand. */
export const API_SIZE: StackSize = {
  ...SIZE,
  stream: null,
  table: { name: "sink", isOnDemand: true, writeCapacity: 0, readCapacity: 0, writeScaling: null, readScaling: null },
  consumerFunction: null,
  mapping: null,
  api: { name: "api", requestsPerSecond: 100, burst: 50 },
  loadBalancer: null,
};

/** A step of 10 s that begins at `second`. */
export function phase(second: number, eventsPerSecond: number, changes: Partial<PhaseResult> = {}): PhaseResult {
  return {
    plan: {
      phase: second,
      purpose: "search",
      startMs: second * 1000,
      durationMs: 10_000,
      fromEventsPerSecond: eventsPerSecond,
      toEventsPerSecond: eventsPerSecond,
      firstRequest: 0,
      requestCount: eventsPerSecond * 10,
    },
    sentEventsPerSecond: eventsPerSecond,
    ackedEventsPerSecond: eventsPerSecond,
    unsentEvents: 0,
    errorRatio: 0,
    entryP50Ms: 10,
    entryP99Ms: 20,
    sinkP99Ms: 500,
    backlogGrowthPerSecond: 0,
    sendDelayP99Ms: 2,
    holds: "pass",
    why: "",
    ...changes,
  };
}

/** One value for each second from `fromSecond` on. */
export function metric(
  name: string,
  subject: string,
  fromSecond: number,
  values: readonly number[],
  changes: Partial<MetricRead> = {},
): MetricRead {
  const [namespace = "", metricName = ""] = name.split(" ");
  const dimension = { "AWS/Kinesis": "StreamName", "AWS/DynamoDB": "TableName", "AWS/Lambda": "FunctionName" }[
    namespace
  ];
  return {
    namespace,
    metric: metricName,
    statistic: "Sum",
    dimensions: { [dimension ?? "Name"]: subject },
    periodMs: 1000,
    datapoints: values.map((value, index) => ({ startMs: (fromSecond + index) * 1000, value })),
    ...changes,
  };
}

/** Everything that flows in a healthy minute: without it nothing may be said. */
export function flowing(from: number, seconds: number, perSecond = 50): MetricRead[] {
  const each = (value: number): number[] => Array.from({ length: seconds }, () => value);
  return [
    metric("AWS/Kinesis IncomingRecords", "events", from, each(perSecond)),
    metric("AWS/Kinesis IncomingBytes", "events", from, each(perSecond * 200)),
    metric("AWS/Kinesis GetRecords.Records", "events", from, each(perSecond)),
    metric("AWS/DynamoDB ConsumedWriteCapacityUnits", "sink", from, each(perSecond)),
    metric("AWS/Lambda Invocations", "ingest", from, each(perSecond)),
    metric("AWS/Lambda Duration", "ingest", from, each(20), { statistic: "Average" }),
    metric("AWS/Lambda Invocations", "processor", from, each(5)),
    metric("AWS/Lambda Duration", "processor", from, each(100), { statistic: "Average" }),
  ];
}

export function evidence(
  phases: readonly PhaseResult[],
  metrics: readonly MetricRead[],
  changes: Partial<LoadEvidence> = {},
): LoadEvidence {
  return {
    scenario: {
      name: "load",
      sentence: "",
      pipeline: "alb",
      producer: "alb",
      entry: { kind: "http", via: "alb", method: "POST", url: "http://alb/events", body: "{}", batchBody: null },
      hops: [{ kind: "entry", name: "entry" }],
      load: { requests: [], intervalMs: 1 },
      deadlines: { requestMs: 1, eventsMs: 1, logsMs: 1, metricsMs: 1 },
      policy: { duplicated: "pass", unexpected: "fail" },
      roles: {},
    },
    size: SIZE,
    eventsPerRequest: 1,
    policy: { latencyP99Ms: 1_000, errorRatio: 0.001, sinkP99Ms: 10_000, iteratorAgeMs: 10_000 },
    phases,
    metrics: metricTableOf(metrics),
    answers: [],
    ...changes,
  };
}
