import type { Hop, MetricHop } from "../../model/hop.ts";
import type { HopResult } from "../../model/report.ts";
import { sinkOf } from "../../model/scenario.ts";
import { SequenceSet } from "../../model/sequence-set.ts";
import { type Judged, provenIf } from "../hop-results.ts";
import { wasSampled } from "./hop-reading.ts";
import type { EventSets } from "./load-counts.ts";
import type { LoadLedger, MetricRead } from "./load-ledger.ts";

/**
 * What each hop saw, in order; hops that are not watched under load (logs) are left out. Of a stream that was only sampled, what the
 * sample held is what could be seen.
 */
export function loadHopResults(ledger: LoadLedger, sets: EventSets): HopResult[] {
  return ledger.scenario.hops.flatMap((hop) => {
    const judged = judge(ledger, sets, hop);
    return judged === undefined ? [] : [{ name: hop.name, kind: hop.kind, ...judged }];
  });
}

function judge(ledger: LoadLedger, sets: EventSets, hop: Hop): Judged | undefined {
  const taken = ledger.outcomes.acked.or(sets.recovered);
  if (hop.kind === "entry") return judgeEntry(ledger, sets, taken);
  if (hop.kind === "metric") return judgeMetric(ledger, hop, taken.count);
  const isSink = hop.name === sinkOf(ledger.scenario)?.name;
  const seenHere = ledger.hops.get(hop.name);
  if (seenHere === undefined && !isSink) return undefined;
  const seen = taken.and(seenHere?.seen ?? new SequenceSet()).count;
  const expected = wasSampled(ledger, hop.name) ? seen : taken.count;
  const isCut = isSink && sets.fates.lost.count > 0;
  return { expected, seen, verdict: isCut ? "fail" : provenIf(expected > 0 && seen === expected) };
}

function judgeEntry({ outcomes }: LoadLedger, { sent }: EventSets, taken: SequenceSet): Judged {
  const isTaking = sent.count > 0 && sent.minus(taken).count === 0;
  return {
    expected: sent.count,
    seen: outcomes.acked.count,
    verdict: outcomes.rejected.count > 0 ? "fail" : provenIf(isTaking),
  };
}

function judgeMetric(ledger: LoadLedger, hop: MetricHop, taken: number): Judged | undefined {
  const read = ledger.metrics.find((metric) => isOf(metric, hop));
  if (read === undefined) return undefined;
  const expected = hop.counts === "events" ? taken : taken * (ledger.spec.bodyBytes ?? 1);
  const seen = read.datapoints.reduce((sum, { value }) => sum + value, 0);
  return { expected, seen, verdict: provenIf(expected > 0 && seen >= expected) };
}

function isOf({ namespace, metric, statistic, dimensions }: MetricRead, hop: MetricHop): boolean {
  const names = Object.keys(hop.dimensions);
  return (
    statistic === "Sum" &&
    namespace === hop.namespace &&
    metric === hop.metric &&
    names.length === Object.keys(dimensions).length &&
    names.every((name) => dimensions[name] === hop.dimensions[name])
  );
}
