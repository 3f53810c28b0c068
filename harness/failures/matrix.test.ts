import { describe, expect, it } from "vitest";
import { HEALTHY } from "./healthy/index.ts";
import { OUTSIDE } from "./outside/index.ts";
import { problemsOfBroken, problemsOfHealthy, problemsOfOutside } from "./problems.ts";
import { ROWS } from "./rows.ts";
import { ABSENT_AFTER_SECONDS, runVariant } from "./run-variant.ts";
import { sideBySide } from "./side-by-side.ts";

const inTurn = sideBySide();
const LONGEST_MS = 180_000;

describe("the rows of FAILURES.md", () => {
  it("are each broken in at least two ways, once with every pipeline at work", () => {
    const codes = ROWS.map(({ code }) => code);
    for (const { code, variants, sharesRowWith } of ROWS) {
      expect(variants.length, code).toBeGreaterThanOrEqual(2);
      expect(variants.filter(({ only }) => only === undefined).length, code).toBeGreaterThanOrEqual(1);
      expect(new Set(variants.map(({ way }) => way)).size, code).toBe(variants.length);
      if (sharesRowWith !== undefined) expect(codes, code).toContain(sharesRowWith);
    }
  });

  for (const { code, variants } of ROWS)
    for (const variant of variants)
      it.concurrent(
        `${code}: ${variant.way}`,
        async () => {
          const run = await inTurn(() => runVariant(variant, ABSENT_AFTER_SECONDS));
          expect(problemsOfBroken(code, variant, run)).toEqual([]);
        },
        LONGEST_MS,
      );
});

describe("a healthy stack passes with", () => {
  for (const variant of HEALTHY)
    it.concurrent(
      variant.way,
      async () => {
        const run = await inTurn(() => runVariant(variant));
        expect(problemsOfHealthy(run)).toEqual([]);
      },
      LONGEST_MS,
    );
});

describe("what no rule knows fails at the right hop", () => {
  for (const variant of OUTSIDE)
    it.concurrent(
      variant.way,
      async () => {
        const run = await inTurn(() => runVariant(variant, ABSENT_AFTER_SECONDS));
        expect(problemsOfOutside(variant, run)).toEqual([]);
      },
      LONGEST_MS,
    );
});
