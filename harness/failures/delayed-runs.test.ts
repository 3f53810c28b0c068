import { describe, expect, it } from "vitest";
import { delayedRun, verdictProblem } from "./delayed-runs.ts";

describe("consistency.asserted-too-soon: a stack that is only slow", () => {
  it("is planted the same for the same seed, and otherwise for another", () => {
    expect(delayedRun(7)).toEqual(delayedRun(7));
    expect(delayedRun(7)).not.toEqual(delayedRun(8));
  });

  it.each([1, 2, 3, 4, 5, 6])("never fails: seed %i (npm run bench -- delays runs 200)", async (seed) => {
    expect(await verdictProblem(delayedRun(seed))).toBeUndefined();
  });
});
