import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Verdict, worstVerdict } from "./verdict.ts";

const verdicts = fc.array(fc.constantFrom<Verdict>("pass", "unknown", "fail"), { minLength: 1 });

describe("the worst of several verdicts", () => {
  it("is fail if any failed, else unknown if any is unknown, else pass", () => {
    fc.assert(
      fc.property(verdicts, (all) => {
        const expected = all.includes("fail") ? "fail" : all.includes("unknown") ? "unknown" : "pass";
        expect(worstVerdict(all)).toBe(expected);
      }),
    );
  });

  it("of none is unknown: nothing judged is nothing known", () => {
    expect(worstVerdict([])).toBe("unknown");
  });
});
