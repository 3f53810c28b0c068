import { describe, expect, it } from "vitest";
import { describeOff, judgeRules } from "./judge-rules.ts";
import type { Rule, RuleContext, RuleResult } from "./rule.ts";
import { contextOf, healthyAccount } from "./testing/healthy-account.ts";

const ACCOUNT = healthyAccount().build();
const API = contextOf("api");
const UPLOAD = contextOf("upload");

function rule(change: Partial<Rule> & Pick<Rule, "judge">): Rule {
  const about = { severity: "flow", title: "", breaks: "", reads: [], needs: [], remedy: "" } as const;
  return { code: "table.wrong", ...about, ...change };
}

function passes(subject: string): RuleResult {
  return { verdict: "pass", subject, statement: "", evidence: [] };
}

const ofTable = rule({ needs: ["table"], judge: (_, { roles }) => [passes(`table ${roles.table}`)] });

describe("judgeRules", () => {
  it("judges every pipeline by every rule, in the order of the rules", () => {
    const other = rule({ code: "other", judge: (_, { pipeline }) => [passes(pipeline)] });
    const { results } = judgeRules(ACCOUNT, [contextOf("alb"), API], [other, ofTable]);
    expect(results.map(({ code, result }) => `${code} ${result.subject}`)).toEqual([
      "other alb",
      "other api",
      "table.wrong table stackproof-dev-events",
      "table.wrong table stackproof-dev-content",
    ]);
  });

  it("gives one result for a resource that pipelines share, with all their names", () => {
    const { results } = judgeRules(ACCOUNT, [API, UPLOAD], [ofTable]);
    expect(results).toMatchObject([
      { pipelines: ["api", "upload"], result: { subject: "table stackproof-dev-content" } },
    ]);
  });

  it("keeps results apart that say different things of one resource", () => {
    const differs = rule({ judge: (_, { pipeline }) => [{ ...passes("table"), statement: pipeline }] });
    expect(judgeRules(ACCOUNT, [API, UPLOAD], [differs]).results).toHaveLength(2);
  });

  it("fails nothing of a stack whose account is not known: the ARNs that a rule writes then fit no policy", () => {
    const fails: RuleResult = {
      ...passes("route"),
      verdict: "fail",
      statement: "It may not be invoked.",
      cause: "no statement is about it",
      remedy: { text: "Allow it." },
      cuts: [],
    };
    const failing = rule({ judge: () => [fails, passes("table")] });
    const { results } = judgeRules(ACCOUNT, [{ ...API, accountId: "unknown" }], [failing]);
    expect(results.map(({ result }) => result)).toEqual([
      expect.objectContaining({
        verdict: "unknown",
        evidence: ["no statement is about it"],
        remedy: expect.stringContaining("account_id"),
      }),
      passes("table"),
    ]);
    expect(judgeRules(ACCOUNT, [API], [failing]).results[0]?.result.verdict).toBe("fail");
  });

  it("turns a rule off, visibly, where a role is absent or empty", () => {
    const bare: RuleContext = { ...API, roles: { table: "" } };
    const judgement = judgeRules(ACCOUNT, [bare, UPLOAD], [rule({ ...ofTable, needs: ["table", "bucket"] })]);
    expect(judgement.off).toEqual([{ code: "table.wrong", pipeline: "api", missingRoles: ["table", "bucket"] }]);
    expect(judgement.off.map(describeOff)).toEqual([
      "table.wrong: off for pipeline api, which names no table, no bucket",
    ]);
    expect(judgement.results).toMatchObject([{ pipelines: ["upload"] }]);
  });

  it("lists a rule that had nothing to judge", () => {
    const { results, off } = judgeRules(ACCOUNT, [API], [rule({ judge: () => [] })]);
    expect(results).toEqual([]);
    expect(off.map(describeOff)).toEqual(["table.wrong: nothing to judge in pipeline api"]);
  });

  it("makes unknown of a rule that throws, and judges the others", () => {
    const broken = rule({
      code: "broken",
      judge: () => {
        throw new Error("no such field");
      },
    });
    const { results } = judgeRules(ACCOUNT, [API], [broken, ofTable]);
    expect(results).toMatchObject([
      { code: "broken", result: { verdict: "unknown", evidence: [expect.stringContaining("no such field")] } },
      { code: "table.wrong", result: { verdict: "pass" } },
    ]);
  });
});
