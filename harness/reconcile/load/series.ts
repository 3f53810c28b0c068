import type { MetricSeries, SecondSeries } from "../../model/load-report.ts";
import { requestsDueBy } from "../../model/request-times.ts";
import type { LoadLedger } from "./load-ledger.ts";
import type { LoadMeasures } from "./measure-load.ts";

/** One number for each second from the first planned or reported one to the last; events, but for those in flight (requests). */
export function secondSeries(ledger: LoadLedger, { seconds }: LoadMeasures): SecondSeries {
  const { eventsPerRequest } = ledger.spec;
  const starts = [...ledger.phases.map(({ startMs }) => startMs), ...seconds.map(({ second }) => second * 1000)];
  const ends = [
    ...ledger.phases.map(({ startMs, durationMs }) => startMs + durationMs),
    ...seconds.map(({ second }) => second * 1000 + 1000),
  ];
  const first = Math.floor(least(starts) / 1000);
  const count = starts.length === 0 ? 0 : Math.ceil(-least(ends.map((end) => -end)) / 1000) - first;
  const told = new Map(seconds.map((one) => [one.second, one]));
  const at = Array.from({ length: count }, (_, index) => told.get(first + index));
  return {
    startMs: starts.length === 0 ? 0 : first * 1000,
    planned: at.map((_, index) => eventsPerRequest * plannedIn(ledger, first + index)),
    sent: at.map((one) => (one?.sentRequests ?? 0) * eventsPerRequest),
    acked: at.map((one) => one?.ackedEvents ?? 0),
    errors: at.map((one) => one?.errorEvents ?? 0),
    inFlight: at.map((one) => one?.inFlight ?? 0),
    p50Ms: at.map((one) => one?.p50Ms ?? null),
    p99Ms: at.map((one) => one?.p99Ms ?? null),
  };
}

function least(values: readonly number[]): number {
  return values.reduce((lowest, value) => Math.min(lowest, value), Number.POSITIVE_INFINITY);
}

/** Requests due in a second: from its start up to, not including, its end. */
function plannedIn({ phases, spec }: LoadLedger, second: number): number {
  let requests = 0;
  for (const phase of phases) {
    const fromMs = second * 1000 - phase.startMs;
    if (fromMs >= phase.durationMs || fromMs + 1000 <= 0) continue;
    requests +=
      dueBefore(phase, spec.eventsPerRequest, fromMs + 1000) - dueBefore(phase, spec.eventsPerRequest, fromMs);
  }
  return requests;
}

function dueBefore(phase: LoadLedger["phases"][number], eventsPerRequest: number, offsetMs: number): number {
  return requestsDueBy(phase, eventsPerRequest, offsetMs - 1e-6);
}

/** As CloudWatch says them; every other of the metrics that a load reads is a count, or of bytes. */
const UNITS: Readonly<Record<string, string>> = {
  IteratorAge: "Milliseconds",
  "GetRecords.IteratorAgeMilliseconds": "Milliseconds",
  Duration: "Milliseconds",
  Latency: "Milliseconds",
  IntegrationLatency: "Milliseconds",
  SuccessfulRequestLatency: "Milliseconds",
  TargetResponseTime: "Seconds",
};

/** The metrics as they were read, labelled as a console would. */
export function metricSeries({ metrics }: LoadLedger): MetricSeries[] {
  return metrics.map(({ namespace, metric, statistic, dimensions, datapoints }) => ({
    label: `${namespace} ${metric} (${statistic})${describe(dimensions)}`,
    unit: UNITS[metric] ?? (metric.endsWith("Bytes") ? "Bytes" : "Count"),
    points: datapoints.map(({ startMs, value }) => ({ atMs: startMs, value })),
  }));
}

function describe(dimensions: Readonly<Record<string, string>>): string {
  const values = Object.entries(dimensions).sort(([left], [right]) => (left < right ? -1 : 1));
  return values.length === 0 ? "" : ` of ${values.map(([, value]) => value).join(", ")}`;
}
