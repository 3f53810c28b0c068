import type { Severity } from "../model/finding.ts";
import type { RoleName, Roles } from "../model/role.ts";
import type { RuleBroken, RuleResult } from "../model/rule-result.ts";
import type { Account } from "../model/settings/account.ts";
import type { AnySettingKind } from "../model/settings/setting.ts";

/**
 * One configuration rule: what must be so that an event can pass, judged from settings that were read before. Pure.
 * It reasons about what an event can do, not about how a policy is spelled.
 */
export interface Rule {
  /** Stable: `alb.not-public`. */
  readonly code: string;
  /** Of a resource for which the rule does not hold; where that cuts a wire, it is `flow` whatever the rule says. */
  readonly severity: Severity;
  readonly title: string;
  /** What breaks where the rule does not hold, for the catalogue. */
  readonly breaks: string;
  readonly reads: readonly AnySettingKind[];
  /** Roles without which there is nothing to judge; a pipeline that lacks one turns the rule off, visibly. */
  readonly needs: readonly RoleName[];
  /** The Terraform that mends it, in general terms, for the catalogue; results give it with the stack's own names. */
  readonly remedy: string;
  /** No result means that the rule has nothing to say of this pipeline. */
  judge(account: Account, context: RuleContext): readonly RuleResult[];
}

export interface RuleContext {
  /** Pipeline name, for subjects. */
  readonly pipeline: string;
  readonly entryKind: "alb" | "api-gateway" | "s3";
  /** The request that carries events in, where the entry is HTTP; without it the rules judge as for any request. */
  readonly entryRequest?: { readonly method: string; readonly url: string } | undefined;
  readonly roles: Roles;
  readonly accountId: string;
  readonly region: string;
  /** Partition of ARNs: `aws`, `aws-cn`, `aws-us-gov`. */
  readonly partition: string;
}

/** A result that does not name its subject: `judging` does. */
export type Judged = Unnamed<RuleResult>;
/** The same where the rule does not hold. */
export type Broken = Unnamed<RuleBroken>;
type Unnamed<Result> = Result extends RuleResult ? Omit<Result, "subject"> : never;

export type { RuleResult, Wire } from "../model/rule-result.ts";
