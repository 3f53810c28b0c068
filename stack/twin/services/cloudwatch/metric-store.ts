import type { Clock, FaultPlan } from "../../model/ports.ts";
import { Aggregate } from "./aggregate.ts";

const MINUTE_MS = 60_000;

/** How long datapoints are kept, per metric. */
const KEPT_MINUTES = 24 * 60;

/** Metrics beyond this are not taken in: a client that makes up dimensions cannot fill the memory. */
const MAXIMUM_METRICS = 20_000;

export interface MetricName {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** Samples of one minute that become visible together. */
interface Pending {
  readonly visibleAtMs: number;
  readonly minute: number;
  readonly aggregate: Aggregate;
}

/** One metric: its datapoints by minute, and what is not visible yet. */
interface Series extends MetricName {
  readonly unit: string;
  readonly minutes: Map<number, Aggregate>;
  pending: Pending[];
}

interface MetricStoreOptions {
  /** Samples become visible together at the end of each such period… */
  readonly periodMs: number;
  /** …and this much later. AWS: 60 s, and 60 to 180 s. */
  readonly delayMs: number;
}

/** Datapoints are kept by the minute they fall in, whatever the period in which they become visible. */
export class MetricStore {
  readonly #clock: Clock;
  readonly #faults: FaultPlan;
  readonly #options: MetricStoreOptions;
  readonly #series = new Map<string, Series>();
  /** The same by the dimensions' own object: who reports a sample for each request does so with the same one. */
  readonly #byDimensions = new WeakMap<MetricName["dimensions"], Map<string, Series>>();
  /** Samples that were not taken in, because there were too many metrics. */
  refusedSamples = 0;

  constructor(clock: Clock, faults: FaultPlan, options: MetricStoreOptions) {
    this.#clock = clock;
    this.#faults = faults;
    this.#options = options;
  }

  /** Takes samples in through `fill`; they show up when the period that `atMs` falls in has ended and the delay is over. */
  add(metric: MetricName, unit: string, atMs: number, fill: (aggregate: Aggregate) => void): void {
    const fault = this.#faults.actionAt(`metrics:${metric.namespace}`, () => metricPassage(metric));
    if (fault.kind === "drop" || fault.kind === "error" || fault.kind === "throttle") return;
    const series = this.#seriesOf(metric, unit);
    if (series === undefined) return;
    const { periodMs, delayMs } = this.#options;
    const late = fault.kind === "delay" ? fault.delayMs : 0;
    const visibleAtMs = Math.ceil(atMs / periodMs) * periodMs + delayMs + late;
    const minute = Math.floor(atMs / MINUTE_MS);
    const pending = this.#pendingOf(series, visibleAtMs, minute);
    fill(pending.aggregate);
    if (fault.kind === "duplicate") fill(pending.aggregate);
  }

  /** The visible datapoints of one metric by the minute since the epoch. */
  minutesOf(metric: MetricName): ReadonlyMap<number, Aggregate> {
    const series = this.#series.get(keyOf(metric));
    if (series === undefined) return new Map();
    this.#reveal(series, this.#clock.nowMs());
    return series.minutes;
  }

  /** Every metric that has a visible datapoint, and its unit. */
  visibleMetrics(): (MetricName & { readonly unit: string })[] {
    const nowMs = this.#clock.nowMs();
    return [...this.#series.values()].filter((series) => {
      this.#reveal(series, nowMs);
      return series.minutes.size > 0;
    });
  }

  unitOf(metric: MetricName): string {
    return this.#series.get(keyOf(metric))?.unit ?? "None";
  }

  #seriesOf(metric: MetricName, unit: string): Series | undefined {
    const known = this.#byDimensions.get(metric.dimensions);
    const met = known?.get(metric.name);
    if (met !== undefined && met.namespace === metric.namespace) return met;
    const series = this.#lookUp(metric, unit);
    if (series === undefined) return undefined;
    if (known !== undefined) known.set(metric.name, series);
    else this.#byDimensions.set(metric.dimensions, new Map([[metric.name, series]]));
    return series;
  }

  #lookUp(metric: MetricName, unit: string): Series | undefined {
    const key = keyOf(metric);
    const existing = this.#series.get(key);
    if (existing !== undefined) return existing;
    if (this.#series.size >= MAXIMUM_METRICS) {
      this.refusedSamples += 1;
      return undefined;
    }
    const { namespace, name, dimensions } = metric;
    const made: Series = { namespace, name, dimensions, unit, minutes: new Map(), pending: [] };
    this.#series.set(key, made);
    return made;
  }

  /** The newest pending aggregate nearly always fits; what is due is revealed before another is begun. */
  #pendingOf(series: Series, visibleAtMs: number, minute: number): Pending {
    for (let index = series.pending.length - 1; index >= 0; index -= 1) {
      const each = series.pending[index];
      if (each?.visibleAtMs === visibleAtMs && each.minute === minute) return each;
    }
    this.#reveal(series, this.#clock.nowMs());
    const begun = { visibleAtMs, minute, aggregate: new Aggregate() };
    series.pending.push(begun);
    return begun;
  }

  #reveal(series: Series, nowMs: number): void {
    if (series.pending.length === 0 || !series.pending.some((each) => each.visibleAtMs <= nowMs)) return;
    for (const { visibleAtMs, minute, aggregate } of series.pending) {
      if (visibleAtMs > nowMs) continue;
      const existing = series.minutes.get(minute);
      if (existing === undefined) series.minutes.set(minute, aggregate);
      else existing.merge(aggregate);
    }
    series.pending = series.pending.filter((each) => each.visibleAtMs > nowMs);
    const oldestKept = Math.floor(nowMs / MINUTE_MS) - KEPT_MINUTES;
    for (const minute of series.minutes.keys()) if (minute < oldestKept) series.minutes.delete(minute);
  }
}

function keyOf({ namespace, name, dimensions }: MetricName): string {
  const names = Object.keys(dimensions);
  if (names.length > 1) names.sort();
  let key = `${namespace}\n${name}`;
  for (const each of names) key += `\n${each}\n${dimensions[each]}`;
  return key;
}

/** The metric's name and dimensions; samples of one metric are told apart by how many came before. */
function metricPassage({ name, dimensions }: MetricName): string {
  return [name, ...Object.entries(dimensions).map(([key, value]) => `${key}=${value}`)].join(" ");
}
