import type { Fact } from "../model/fact.ts";
import type { LatencyHistogram } from "../model/latency-histogram.ts";
import { accountOf } from "../model/settings/account.ts";
import { placeOf } from "../model/settings/place.ts";
import { sampleLatency } from "../reconcile/latency.ts";
import { buildLoadLedgers } from "../reconcile/load/build-load-ledger.ts";
import { measureLoad } from "../reconcile/load/measure-load.ts";
import { buildTimelines, runEnding } from "../reconcile/timeline.ts";

/** Every latency of a run in milliseconds, with how often it was measured, by what it is of; a load's are those of its buckets. */
export function latencySamples(
  facts: readonly Fact[],
): ReadonlyMap<string, readonly { readonly value: number; readonly count: number }[]> {
  const started = facts.find((fact) => fact.fact === "run-started");
  if (started === undefined) return new Map();
  if (started.kind === "load")
    return new Map(
      buildLoadLedgers(started, facts).flatMap((ledger) => {
        const { entry, sink } = measureLoad(ledger);
        return [
          [`${ledger.scenario.name} at its entry`, bucketsOf(entry)],
          [`${ledger.scenario.name} to its sink`, bucketsOf(sink)],
        ] as const;
      }),
    );
  const account = accountOf(facts, placeOf(started.target));
  return new Map(
    buildTimelines(started, facts, runEnding(facts), account).map((timeline) => [
      `${timeline.scenario.name} to its sink`,
      sampleLatency(timeline).latenciesMs.map((value) => ({ value, count: 1 })),
    ]),
  );
}

function bucketsOf(histogram: LatencyHistogram): { readonly value: number; readonly count: number }[] {
  const buckets: { readonly value: number; readonly count: number }[] = [];
  histogram.forEachBucket((_, count, highestMs) => buckets.push({ value: highestMs, count }));
  return buckets;
}
