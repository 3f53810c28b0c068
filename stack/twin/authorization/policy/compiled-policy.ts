import type { Caller } from "./caller.ts";
import { type ConditionTest, compileCondition } from "./conditions/condition.ts";
import { compileActions } from "./match-action.ts";
import { compilePrincipals, type Meant } from "./match-principal.ts";
import { compileResources } from "./match-resource.ts";
import { type ParsedPolicy, type PolicyDocument, parsePolicyDocument, type Statement } from "./policy-document.ts";
import type { RequestContext } from "./request-context.ts";

/** One request, ready to be held against policies. */
export interface EvaluatedRequest {
  readonly caller: Caller;
  readonly action: string;
  readonly resourceArn: string;
  readonly context: RequestContext;
}

/** A policy made ready once, to be asked many times. */
export interface CompiledPolicy {
  readonly statements: readonly CompiledStatement[];
  /** Whether an answer may differ from one moment to the next. */
  readonly dependsOnTime: boolean;
}

export interface CompiledStatement {
  readonly effect: "Allow" | "Deny";
  /** How the statement means the request's caller, who may have a permissions boundary; `not` as well where it is about something else. */
  applies(request: EvaluatedRequest, isBounded: boolean): Meant;
}

export type CompileOutcome =
  | { readonly kind: "compiled"; readonly policy: CompiledPolicy }
  | { readonly kind: "malformed"; readonly reason: string };

/**
 * Policies of an identity name resources and no principal; policies of a resource name principals; a trust policy names
 * principals and no resource. https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_identity-vs-resource.html
 */
export type PolicyKind = "identity" | "resource" | "trust";

export function compilePolicyText(text: string, kind: PolicyKind): CompileOutcome {
  return compileParsed(parsePolicyDocument(text), kind);
}

/** Why AWS would not take this text as an identity's policy; undefined where it would. */
export function policyProblem(text: string): string | undefined {
  const outcome = compilePolicyText(text, "identity");
  return outcome.kind === "malformed" ? outcome.reason : undefined;
}

export function compileParsed(parsed: ParsedPolicy, kind: PolicyKind): CompileOutcome {
  if (parsed.kind === "malformed") return parsed;
  const { version, statements } = parsed.document;
  const compiled: CompiledStatement[] = [];
  for (const [index, statement] of statements.entries()) {
    const outcome = compileStatement(statement, version, kind);
    if (typeof outcome === "string") return { kind: "malformed", reason: `Statement.${index}: ${outcome}` };
    compiled.push(outcome);
  }
  return { kind: "compiled", policy: { statements: compiled, dependsOnTime: dependsOnTime(parsed.document) } };
}

function compileStatement(
  statement: Statement,
  version: PolicyDocument["version"],
  kind: PolicyKind,
): CompiledStatement | string {
  if (kind === "identity" && statement.principals.kind !== "not-said") return "an identity's policy names no Principal";
  if (kind !== "identity" && statement.principals.kind === "not-said") return "has no Principal";
  if (kind === "trust" && statement.resources.kind !== "not-said") return "a trust policy names no Resource";
  if (kind !== "trust" && statement.resources.kind === "not-said") return "has no Resource";
  const conditions: ConditionTest[] = [];
  for (const condition of statement.conditions) {
    const test = compileCondition(condition, version);
    if (test === undefined) return `Condition ${condition.operator} is no operator`;
    conditions.push(test);
  }
  const isAboutAction = compileActions(statement.actions);
  const isAboutResource = compileResources(statement.resources, version);
  const meantOf = compilePrincipals(statement.principals, statement.effect);
  return {
    effect: statement.effect,
    applies({ caller, action, resourceArn, context }, isBounded) {
      if (!isAboutAction(action)) return "not";
      const meant = meantOf(caller, isBounded);
      if (meant === "not" || !isAboutResource(resourceArn, context)) return "not";
      return conditions.every((test) => test(context)) ? meant : "not";
    },
  };
}

function dependsOnTime({ statements }: PolicyDocument): boolean {
  return /aws:(currenttime|epochtime)/i.test(JSON.stringify(statements));
}
