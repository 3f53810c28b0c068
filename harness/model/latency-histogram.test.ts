import fc from "fast-check";
import * as hdr from "hdr-histogram-js";
import { describe, expect, it } from "vitest";
import { LatencyHistogram } from "./latency-histogram.ts";

function hdrOf(values: readonly number[]): hdr.Histogram {
  const histogram = hdr.build({
    lowestDiscernibleValue: 1,
    highestTrackableValue: 3_600_000_000,
    numberOfSignificantValueDigits: 3,
  });
  for (const value of values) histogram.recordValue(value);
  return histogram;
}

function encode(values: readonly number[]): string {
  return hdr.encodeIntoCompressedBase64(hdrOf(values));
}

function read(...texts: string[]): LatencyHistogram {
  const histogram = new LatencyHistogram();
  for (const text of texts) histogram.addEncoded(text);
  return histogram;
}

const micros = fc.oneof(fc.nat(3_000), fc.nat(200_000), fc.nat(3_600_000_000));
const someMicros = fc.array(micros, { minLength: 1, maxLength: 200 });

describe("the histograms of a journal", () => {
  it("give HdrHistogram's own percentiles", () => {
    fc.assert(
      fc.property(someMicros, fc.constantFrom(1, 25, 50, 75, 90, 99, 99.9, 100), (values, percentile) => {
        const sorted = values.toSorted((left, right) => left - right);
        const exact = sorted[Math.ceil((percentile * sorted.length) / 100 - 1e-9) - 1] ?? 0;
        const highest = hdrOf([exact]).getValueAtPercentile(100);
        expect(read(encode(values)).percentileMs(percentile)).toBe(highest / 1000);
      }),
    );
  });

  it("add up as the values would", () => {
    fc.assert(
      fc.property(someMicros, someMicros, (left, right) => {
        const together = read(encode([...left, ...right]));
        const added = read(encode(left));
        added.add(read(encode(right)));
        const buckets = (histogram: LatencyHistogram) => {
          const list: number[][] = [];
          histogram.forEachBucket((...bucket) => {
            list.push(bucket);
          });
          return list;
        };
        expect(buckets(added)).toEqual(buckets(together));
        expect(added.count).toBe(left.length + right.length);
        expect(added.meanMs()).toBeCloseTo(hdrOf([...left, ...right]).mean / 1000, 0);
      }),
    );
  });

  it("hold more of one value than fits a byte", () => {
    const many = hdrOf([]);
    many.recordValueWithCount(5_000, 1_234_567);
    const histogram = read(hdr.encodeIntoCompressedBase64(many));
    expect(histogram.count).toBe(1_234_567);
    expect(histogram.percentileMs(50)).toBe(many.getValueAtPercentile(50) / 1000);
  });

  it("know nothing where nothing was counted", () => {
    expect(read("").percentileMs(99)).toBeNull();
    expect(read(encode([])).meanMs()).toBeNull();
    const cleared = read(encode([5, 6]));
    cleared.clear();
    expect(cleared.count).toBe(0);
  });

  it.each([
    ["no base64 at all", "~~~"],
    ["something else in base64", Buffer.from("something else").toString("base64")],
    [
      "other digits",
      hdr.encodeIntoCompressedBase64(
        hdr.build({ lowestDiscernibleValue: 1, highestTrackableValue: 1_000_000, numberOfSignificantValueDigits: 2 }),
      ),
    ],
  ])("say that %s is none of them", (_, text) => {
    const histogram = read(text, encode([5]));
    expect(histogram.unreadable).toBe(1);
    expect(histogram.count).toBe(1);
  });
});
