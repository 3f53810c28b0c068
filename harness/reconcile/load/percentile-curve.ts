import type { LatencyHistogram } from "../../model/latency-histogram.ts";
import type { PercentileCurve } from "../../model/load-report.ts";

const PERCENTILES = [0, 10, 25, 50, 75, 90, 95, 99, 99.5, 99.9, 99.95, 99.99, 99.999, 100];

/** The curve at fixed percentiles, as far as there are enough values to tell them apart; empty where there is none. */
export function percentileCurve(latencies: LatencyHistogram): PercentileCurve {
  return PERCENTILES.filter((percentile) => percentile === 100 || latencies.count * (100 - percentile) >= 100).flatMap(
    (percentile) => {
      const ms = latencies.percentileMs(percentile);
      return ms === null ? [] : [{ percentile, ms }];
    },
  );
}
