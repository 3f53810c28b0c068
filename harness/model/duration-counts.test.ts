import fc from "fast-check";
import { build, encodeIntoCompressedBase64 } from "hdr-histogram-js";
import { describe, expect, it } from "vitest";
import { DurationCounts } from "./duration-counts.ts";

/** The same durations, recorded by the library one by one. */
function recorded(durationsUs: readonly number[]): string {
  const histogram = build({
    bitBucketSize: 32,
    lowestDiscernibleValue: 1,
    highestTrackableValue: 3_600_000_000,
    numberOfSignificantValueDigits: 3,
  });
  for (const durationUs of durationsUs) histogram.recordValue(durationUs);
  return encodeIntoCompressedBase64(histogram);
}

const anyDurationUs = fc.oneof(
  fc.nat({ max: 5_000 }),
  fc.nat({ max: 3_600_000_000 }),
  fc.constantFrom(0, 2_047, 2_048, 2_049, 4_095, 4_096, 1_000_000, 3_600_000_000),
);

describe("counted durations", () => {
  it("make the very histogram that recording each of them makes", () => {
    const counts = new DurationCounts();
    fc.assert(
      fc.property(fc.array(anyDurationUs, { minLength: 1, maxLength: 60 }), (durationsUs) => {
        for (const durationUs of durationsUs) counts.add(durationUs / 1000);
        expect(counts.takeEncoded()).toBe(recorded(durationsUs));
      }),
    );
  });

  it("end at nothing and at an hour", () => {
    const counts = new DurationCounts();
    counts.add(-3);
    counts.add(3_600_001);
    expect(counts.takeEncoded()).toBe(recorded([0, 3_600_000_000]));
  });

  it("are taken once, and are the empty text where there are none", () => {
    const counts = new DurationCounts();
    counts.add(5, 3);
    expect(counts.takeEncoded()).toBe(recorded([5_000, 5_000, 5_000]));
    expect(counts.takeEncoded()).toBe("");
  });
});
