import type { LoadMetric } from "../../model/load-fact.ts";
import { canonical, compareText } from "./distinct.ts";
import type { MetricRead } from "./load-ledger.ts";

type Identity = Omit<MetricRead, "datapoints">;

/** Gathers the datapoints of metrics, in any order and with any repetitions: a later read of a sum may show more of it. */
export class MetricLedger {
  readonly #metrics = new Map<string, { readonly identity: Identity; readonly values: Map<number, number> }>();

  add({ namespace, metric, statistic, dimensions, periodMs, datapoints }: LoadMetric): void {
    const identity = { namespace, metric, statistic, dimensions, periodMs };
    const key = canonical(identity);
    const known = this.#metrics.get(key) ?? { identity, values: new Map<number, number>() };
    this.#metrics.set(key, known);
    for (const { startMs, value } of datapoints)
      known.values.set(startMs, Math.max(value, known.values.get(startMs) ?? Number.NEGATIVE_INFINITY));
  }

  result(): MetricRead[] {
    return [...this.#metrics]
      .sort(([left], [right]) => compareText(left, right))
      .map(([, { identity, values }]) => ({
        ...identity,
        datapoints: [...values].sort(([left], [right]) => left - right).map(([startMs, value]) => ({ startMs, value })),
      }));
  }
}
