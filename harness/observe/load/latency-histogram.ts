import { build, encodeIntoCompressedBase64 } from "hdr-histogram-js";

/** Microseconds, up to an hour, to three digits: what model/load-fact.ts says of every histogram in a journal. */
const LARGEST_US = 3_600_000_000;

/** Times in milliseconds, kept as an HdrHistogram of microseconds. */
export interface LatencyHistogram {
  /** Below zero (a clock that runs ahead of another) counts as zero, above an hour as an hour. */
  record(latencyMs: number): void;
  /** V2 compressed base64 of what was recorded since the last time, or an empty text where nothing was. */
  flush(): string;
}

export function createLatencyHistogram(): LatencyHistogram {
  const histogram = build({
    lowestDiscernibleValue: 1,
    highestTrackableValue: LARGEST_US,
    numberOfSignificantValueDigits: 3,
  });
  return {
    record(latencyMs) {
      histogram.recordValue(Math.min(LARGEST_US, Math.max(0, Math.round(latencyMs * 1000))));
    },
    flush() {
      if (histogram.totalCount === 0) return "";
      const encoded = encodeIntoCompressedBase64(histogram);
      histogram.reset();
      return encoded;
    },
  };
}
