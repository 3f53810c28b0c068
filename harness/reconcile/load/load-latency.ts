import { LatencyHistogram } from "../../model/latency-histogram.ts";
import type { Latency } from "../../model/report.ts";
import { sinkOf } from "../../model/scenario.ts";
import type { LoadLedger } from "./load-ledger.ts";
import type { LoadMeasures } from "./measure-load.ts";

/** From intended time to the sink, over all given scenarios: their histograms are added before a percentile is taken. */
export function loadLatency(
  scenarios: readonly { readonly ledger: LoadLedger; readonly measures: LoadMeasures }[],
): Latency {
  const latencies = new LatencyHistogram();
  const sendDelays = new LatencyHistogram();
  for (const { ledger, measures } of scenarios) {
    latencies.add(sinkOf(ledger.scenario)?.kind === "entry" ? measures.entry : measures.sink);
    sendDelays.add(measures.sendDelay);
  }
  const maxMs = latencies.percentileMs(100);
  if (maxMs === null) return { kind: "none" };
  return {
    kind: "measured",
    count: latencies.count,
    p50Ms: latencies.percentileMs(50) ?? maxMs,
    p90Ms: latencies.percentileMs(90) ?? maxMs,
    p99Ms: latencies.percentileMs(99) ?? maxMs,
    maxMs,
    maxSendDelayMs: sendDelays.percentileMs(100) ?? 0,
  };
}
