import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { splitBatches } from "./split-batches.ts";

const size = (entry: number) => entry;

describe("splitting entries into batches", () => {
  test("fills a batch up to exactly its limits", () => {
    expect(splitBatches([1, 1, 1], size, { maxEntries: 2, maxSizeBytes: 100 })).toEqual([[1, 1], [1]]);
    expect(splitBatches([60, 40, 1], size, { maxEntries: 500, maxSizeBytes: 100 })).toEqual([[60, 40], [1]]);
    expect(splitBatches([], size, { maxEntries: 2, maxSizeBytes: 100 })).toEqual([]);
  });

  test("keeps every entry once and in order, within the limits, and closes no batch that has room", () => {
    const limits = fc.record({
      maxEntries: fc.integer({ min: 1, max: 8 }),
      maxSizeBytes: fc.integer({ min: 50, max: 200 }),
    });
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 60 }), limits, (entries, within) => {
        const batches = splitBatches(entries, size, within);
        expect(batches.flat()).toEqual(entries);
        batches.forEach((batch, index) => {
          const sizeBytes = batch.reduce((sum, entry) => sum + entry, 0);
          expect(batch.length).toBeGreaterThan(0);
          expect(batch.length).toBeLessThanOrEqual(within.maxEntries);
          expect(sizeBytes).toBeLessThanOrEqual(within.maxSizeBytes);
          const next = batches[index + 1]?.[0];
          if (next !== undefined) {
            expect(batch.length === within.maxEntries || sizeBytes + next > within.maxSizeBytes).toBe(true);
          }
        });
      }),
    );
  });
});
