import { describe, expect, it } from "vitest";
import { splitEvidence } from "./evidence.ts";

describe("the evidence of a finding", () => {
  it("is taken apart into what shows the cause and what followed from it", () => {
    const lines = [
      "mapping m: Disabled",
      "so event.lost at a / item: 5 of 5 were lost: all",
      "lost: sp-1",
      "so metric.short at a / m: it did not rise",
    ];
    expect(splitEvidence(lines)).toEqual({
      own: ["mapping m: Disabled"],
      consequences: [
        { code: "event.lost", subject: "a / item", statement: "5 of 5 were lost: all", evidence: ["lost: sp-1"] },
        { code: "metric.short", subject: "a / m", statement: "it did not rise", evidence: [] },
      ],
    });
  });

  it("stays whole where nothing followed, whatever a line begins with", () => {
    const lines = ["so it said: nothing", "so a.b is not at c"];
    expect(splitEvidence(lines)).toEqual({ own: lines, consequences: [] });
  });
});
