import { describe, expect, it } from "vitest";
import type { Roles } from "../../model/role.ts";
import { RULES } from "../catalogue/index.ts";
import type { Rule, RuleContext, RuleResult } from "../rule.ts";
import type { AccountBuilder } from "./account-builder.ts";
import { contextOf, healthyAccount } from "./healthy-account.ts";

export type PipelineName = "alb" | "api" | "upload";
type Change = (healthy: AccountBuilder) => AccountBuilder;

/** One way in which an account may be, made from the healthy one. */
export interface Way {
  readonly change: Change;
  readonly roles?: Partial<Roles>;
}

export interface HealthyWay extends Way {
  /** Codes of rules that rightly fail: what is no matter to this rule may be one to another. */
  readonly others?: readonly string[];
}

export interface BrokenWay extends Way {
  /** What the cause must say. */
  readonly cause: RegExp;
}

export interface RuleWays {
  readonly pipeline: PipelineName;
  readonly healthy: Readonly<Record<string, HealthyWay>>;
  readonly broken: Readonly<Record<string, BrokenWay>>;
  readonly unknown: Readonly<Record<string, Way & { readonly remedy: RegExp }>>;
}

/**
 * Holds a rule to its table: it passes what works and fails what does not, with the cause, and in each of these ways no other rule fails,
 * on any pipeline.
 */
export function describeRule(rule: Rule, { pipeline, healthy, broken, unknown }: RuleWays): void {
  describe(`${rule.code} passes`, () => {
    it.each(Object.entries(healthy))("%s", (_, way) => {
      const results = judge(rule, pipeline, way);
      expect(results.length).toBeGreaterThan(0);
      expect(results.filter(({ verdict }) => verdict !== "pass")).toEqual([]);
      expect(failingCodes(pipeline, way)).toEqual(way.others ?? []);
    });
  });

  describe(`${rule.code} fails, and it alone,`, () => {
    it.each(Object.entries(broken))("%s", (_, way) => {
      const failing = judge(rule, pipeline, way).filter((result) => result.verdict === "fail");
      expect(failing.map(({ cause }) => cause).join("\n")).toMatch(way.cause);
      for (const { remedy, evidence } of failing) {
        expect(remedy.text).not.toBe("");
        expect(evidence.every((line) => line !== "")).toBe(true);
      }
      expect(failingCodes(pipeline, way)).toEqual([rule.code]);
    });
  });

  describe(`${rule.code} cannot tell`, () => {
    it.each(Object.entries(unknown))("%s", (_, way) => {
      const results = judge(rule, pipeline, way);
      const unknowns = results.filter((result) => result.verdict === "unknown");
      expect(unknowns.map(({ remedy }) => remedy).join("\n")).toMatch(way.remedy);
      expect(results.filter(({ verdict }) => verdict === "fail")).toEqual([]);
    });
  });
}

export function judge(rule: Rule, pipeline: PipelineName, { change, roles = {} }: Way): readonly RuleResult[] {
  return rule.judge(change(healthyAccount()).build(), contextOf(pipeline, roles));
}

/** Codes that fail on any of the three pipelines; `roles` hold on the one that is looked at. */
function failingCodes(lookedAt: PipelineName, { change, roles }: Way): string[] {
  const account = change(healthyAccount()).build();
  const codes = (["alb", "api", "upload"] as const).flatMap((pipeline) => {
    const context = contextOf(pipeline, pipeline === lookedAt ? roles : {});
    return RULES.filter(({ needs }) => needs.every((role) => context.roles[role] !== undefined)).flatMap((rule) =>
      rule.judge(account, context).flatMap(({ verdict }) => (verdict === "fail" ? [rule.code] : [])),
    );
  });
  return [...new Set(codes)];
}

/** What a rule says of an account, worst last in the order of its results: `fail load balancer web`. */
export function verdictsOf(rule: Rule, account: AccountBuilder, context: RuleContext): string[] {
  return rule.judge(account.build(), context).map(({ verdict, subject }) => `${verdict} ${subject}`);
}

/** The only result of a rule; throws where there are none or several. */
export function onlyResult(rule: Rule, account: AccountBuilder, context: RuleContext): RuleResult {
  const [first, ...others] = rule.judge(account.build(), context);
  if (first === undefined || others.length > 0)
    throw new Error(`expected one result, got ${others.length + (first === undefined ? 0 : 1)}`);
  return first;
}
