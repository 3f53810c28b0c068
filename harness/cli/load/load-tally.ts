import type { Fact } from "../../model/fact.ts";
import { LatencyHistogram } from "../../model/latency-histogram.ts";
import type { LoadPhase } from "../../model/load.ts";
import type { LoadSecond } from "../../model/load-fact.ts";
import { decodeSet, SequenceSet } from "../../model/sequence-set.ts";

/** What a watcher of a load sees: the newest whole second, and sums so far. Judges nothing. */
export interface LoadTally {
  readonly phase: LoadPhase | undefined;
  /** Events per second that were acked in the newest second, all threads together. */
  readonly ackedPerSecond: number;
  readonly inFlight: number;
  /** Null where nothing was answered. */
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
  /** Events so far. */
  readonly acked: number;
  readonly errors: number;
  readonly unsent: number;
  readonly arrived: number;
  readonly iteratorAgeMs: number | undefined;
}

/** Counts the facts of one scenario as they are journalled. `sink` is the name of its last hop. */
export class LoadTallies {
  readonly #sink: string;
  readonly #arrived = new SequenceSet();
  readonly #seconds = new Map<number, LoadSecond>();
  #newest = 0;
  #phase: LoadPhase | undefined;
  #acked = 0;
  #errors = 0;
  #unsent = 0;
  #iteratorAge: { readonly startMs: number; readonly value: number } | undefined;

  constructor(sink: string) {
    this.#sink = sink;
  }

  count(fact: Fact): void {
    switch (fact.fact) {
      case "load-phase":
        this.#phase = fact.plan;
        break;
      case "load-second":
        this.#countSecond(fact);
        break;
      case "load-arrived":
        if (fact.hop === this.#sink) this.#arrived.addEncoded(fact.seen);
        break;
      case "load-metric":
        if (fact.metric === "GetRecords.IteratorAgeMilliseconds" || fact.metric === "IteratorAge")
          for (const point of fact.datapoints)
            if (this.#iteratorAge === undefined || point.startMs > this.#iteratorAge.startMs) this.#iteratorAge = point;
        break;
      default:
    }
  }

  tally(): LoadTally {
    const seconds = [...this.#seconds.values()];
    const latencies = new LatencyHistogram();
    for (const { latency } of seconds) latencies.addEncoded(latency);
    const sum = (of: (second: LoadSecond) => number) => seconds.reduce((total, second) => total + of(second), 0);
    return {
      phase: this.#phase,
      ackedPerSecond: sum(({ acked }) => decodeSet(acked).count),
      inFlight: sum(({ inFlight }) => inFlight),
      p50Ms: latencies.percentileMs(50),
      p99Ms: latencies.percentileMs(99),
      acked: this.#acked,
      errors: this.#errors,
      unsent: this.#unsent,
      arrived: this.#arrived.count,
      iteratorAgeMs: this.#iteratorAge?.value,
    };
  }

  #countSecond(fact: LoadSecond): void {
    this.#acked += decodeSet(fact.acked).count;
    this.#errors += decodeSet(fact.rejected).count + decodeSet(fact.unknown).count;
    this.#unsent += decodeSet(fact.unsent).count;
    if (fact.second > this.#newest) {
      this.#newest = fact.second;
      this.#seconds.clear();
    }
    if (fact.second === this.#newest) this.#seconds.set(fact.worker, fact);
  }
}

/** The tally in one line of at most 78 characters, and a second for what is behind the entry. */
export function loadLines(name: string, tally: LoadTally): readonly [string, string] {
  const { phase } = tally;
  const planned = phase === undefined ? "" : ` of ${rateText(phase)}`;
  return [
    `${name}  ${phase?.purpose ?? (tally.acked + tally.errors > 0 ? "closed loop" : "preparing")}  ${count(tally.ackedPerSecond)}/s${planned}  p50 ${ms(tally.p50Ms)}  p99 ${ms(tally.p99Ms)}  in flight ${count(tally.inFlight)}`,
    `  acked ${count(tally.acked)}  errors ${count(tally.errors)}  unsent ${count(tally.unsent)}  arrived ${count(tally.arrived)}  iterator age ${ms(tally.iteratorAgeMs)}`,
  ];
}

function rateText({ fromEventsPerSecond: from, toEventsPerSecond: to }: LoadPhase): string {
  return from === to ? `${rounded(to)}/s` : `${rounded(from)} to ${rounded(to)}/s`;
}

function rounded(rate: number): string {
  return rate < 10 ? rate.toFixed(1) : Math.round(rate).toLocaleString("en-US");
}

function count(value: number): string {
  return value.toLocaleString("en-US");
}

function ms(value: number | null | undefined): string {
  if (value === null || value === undefined) return "–";
  if (value >= 10_000) return `${(value / 1000).toFixed(0)} s`;
  return value < 10 ? `${value.toFixed(1)} ms` : `${Math.round(value)} ms`;
}
