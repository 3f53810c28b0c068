import type { Rule, RuleContext, RuleResult } from "../rule.ts";
import type { AccountBuilder } from "./account-builder.ts";

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
