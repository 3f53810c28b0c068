import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Decision } from "../request.ts";
import { askHarness, askTwin, type Question } from "./testing/ask-both.ts";
import { randomConditionQuestion, randomQuestion } from "./testing/random-question.ts";

const RUNS = 6000;

interface Answers {
  readonly counts: Readonly<Record<Decision["kind"], number>>;
  /** How many a statement gave, rather than the want of one. */
  readonly byStatement: number;
}

/** Asks both; fast-check prints the seed and the smallest question where they differ. */
function holdAgainstEachOther(questions: fc.Arbitrary<Question>): Answers {
  const counts = { allowed: 0, denied: 0, undecidable: 0 };
  let byStatement = 0;
  fc.assert(
    fc.property(questions, (question) => {
      const decision = askHarness(question);
      counts[decision.kind] += 1;
      if (decision.kind === "allowed" || (decision.kind === "denied" && decision.explicit)) byStatement += 1;
      if (decision.kind !== "undecidable") expect(askTwin(question)).toBe(decision.kind);
    }),
    { numRuns: RUNS },
  );
  return { counts, byStatement };
}

describe("the harness' evaluator and the twin's answer alike, where the harness answers at all,", () => {
  it("any policies of all kinds together", () => {
    const { counts, byStatement } = holdAgainstEachOther(randomQuestion);
    expect(counts.allowed).toBeGreaterThan(RUNS * 0.15);
    expect(counts.denied).toBeGreaterThan(RUNS * 0.2);
    expect(counts.undecidable).toBeLessThan(RUNS * 0.2);
    expect(byStatement).toBeGreaterThan(RUNS * 0.35);
  });

  it("any conditions", () => {
    const { counts } = holdAgainstEachOther(randomConditionQuestion);
    expect(counts.allowed).toBeGreaterThan(RUNS * 0.2);
    expect(counts.denied).toBeGreaterThan(RUNS * 0.2);
    expect(counts.undecidable).toBeLessThan(RUNS * 0.3);
  });
});
