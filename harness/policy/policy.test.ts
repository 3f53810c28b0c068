import { describe, expect, it } from "vitest";
import { CannotRun } from "../model/errors.ts";
import type { Observation } from "../model/observation.ts";
import { streamScenario } from "../model/testing/history.ts";
import { failing, passing, unknown } from "../model/testing/reports.ts";
import { applyPolicy } from "./apply-policy.ts";
import { keepOnly, selectOnly } from "./only.ts";
import { runVerdict, scenarioVerdict } from "./verdicts.ts";

const RULE_CODES = ["alb.not-public", "table.no-recovery"];

describe("--only", () => {
  const scenarios = [streamScenario(), streamScenario({ name: "s3-to-table" })];

  it("runs the scenarios whose names match", () => {
    const selection = selectOnly(scenarios, "alb-*", RULE_CODES);
    expect(selection.scenarios.map(({ name }) => name)).toEqual(["alb-to-table"]);
    expect(selection.onlyFindings).toBeNull();
  });

  it("keeps findings whose code was renamed, by their former name too", () => {
    const codes = (only: string) => {
      const findings = ["stream.no-consumer", "stream.no-producer"].map((code) => ({ ...failing(), code }));
      return keepOnly(findings, only).map(({ code }) => code);
    };
    expect(codes("stream.no-producer")).toEqual(["stream.no-consumer", "stream.no-producer"]);
    expect(codes("stream.no-consumer")).toEqual(["stream.no-consumer"]);
  });

  it("judges the findings whose codes match", () => {
    expect(selectOnly(scenarios, "event.*", RULE_CODES)).toEqual({ scenarios, onlyFindings: "event.*" });
    expect(selectOnly(scenarios, "table.*", RULE_CODES)).toEqual({ scenarios, onlyFindings: "table.*" });
  });

  it("leaves everything without it", () => {
    expect(selectOnly(scenarios, undefined, RULE_CODES)).toEqual({ scenarios, onlyFindings: null });
  });

  it("cannot run with a glob that matches nothing, and says what there is", () => {
    expect(() => selectOnly(scenarios, "alb-to-tabel", RULE_CODES)).toThrow(CannotRun);
    try {
      selectOnly(scenarios, "alb-to-tabel", RULE_CODES);
    } catch (error) {
      expect(error).toMatchObject({
        problem: { place: "--only", remedy: expect.stringContaining("alb-to-table, s3-to-table") },
      });
    }
  });

  it("keeps the findings whose codes match", () => {
    expect(keepOnly([failing(), passing()], "event.*")).toEqual([failing()]);
    expect(keepOnly([failing(), passing()], null)).toHaveLength(2);
  });
});

describe("the policy of a scenario", () => {
  const about = { hop: "stream", tags: ["sp-r1-alb-1"] };
  const duplicated: Observation = {
    code: "event.duplicated",
    scenario: "alb-to-table",
    subject: "alb-to-table / stream",
    statement: "",
    evidence: [],
    leaning: { verdict: "by-policy", rule: "duplicated", remedy: "make it idempotent", ...about },
  };

  it("decides over duplicates", () => {
    expect(applyPolicy(duplicated, { duplicated: "pass", unexpected: "fail" })).toEqual({ verdict: "pass" });
    expect(applyPolicy(duplicated, { duplicated: "unknown", unexpected: "fail" })).toEqual({
      verdict: "unknown",
      remedy: "make it idempotent",
    });
    expect(applyPolicy(duplicated, { duplicated: "fail", unexpected: "pass" })).toEqual({
      verdict: "fail",
      failure: { observation: duplicated, ...about },
    });
  });

  it("has no say in what is proven", () => {
    const lost: Observation = { ...duplicated, code: "event.lost", leaning: { verdict: "fail", ...about } };
    expect(applyPolicy(lost, { duplicated: "pass", unexpected: "pass" }).verdict).toBe("fail");
  });
});

describe("verdicts", () => {
  it("takes the worst finding of a scenario, and none for unknown", () => {
    expect(scenarioVerdict("alb-to-table", [passing(), unknown()])).toBe("unknown");
    expect(scenarioVerdict("alb-to-table", [passing(), failing({ scenario: "other" })])).toBe("pass");
    expect(scenarioVerdict("alb-to-table", [])).toBe("unknown");
  });

  it("takes the worst of all scenarios, and findings of none of them count too", () => {
    expect(runVerdict(["pass", "pass"], [])).toBe("pass");
    expect(runVerdict(["pass", "fail"], [])).toBe("fail");
    expect(runVerdict(["pass"], [unknown({ scenario: "run" })])).toBe("unknown");
    expect(runVerdict([], [])).toBe("unknown");
  });
});
