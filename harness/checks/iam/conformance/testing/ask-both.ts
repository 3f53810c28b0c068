import { type Caller, callerOf } from "../../../../../stack/twin/authorization/policy/caller.ts";
import {
  type CompiledPolicy,
  compileParsed,
  type PolicyKind,
} from "../../../../../stack/twin/authorization/policy/compiled-policy.ts";
import { evaluate } from "../../../../../stack/twin/authorization/policy/evaluate.ts";
import type { Grant } from "../../../../../stack/twin/authorization/policy/match-grant.ts";
import { readPolicyDocument } from "../../../../../stack/twin/authorization/policy/policy-document.ts";
import { RequestContext as TwinContext } from "../../../../../stack/twin/authorization/policy/request-context.ts";
import type { KeyGrant } from "../../../../model/settings/identity-setting.ts";
import { policyOf, type StatementJson } from "../../../testing/policy-of.ts";
import { may } from "../../may.ts";
import type { Decision, NamedPolicy, Principal, RequestContext, ResourcePolicy } from "../../request.ts";

export const HOME = "111122223333";

/** A request and the policies that have a say in it, as both evaluators can be asked about it. */
export interface Question {
  readonly principal: Principal;
  readonly action: string;
  readonly resourceArn: string;
  /** As the harness knows it: null is absent, what is not listed it does not know. */
  readonly context?: RequestContext;
  /** What the harness does not know and the request has: condition keys, and the name of a role's session. */
  readonly hidden?: { readonly context?: RequestContext; readonly session?: string };
  readonly identity?: readonly StatementJson[];
  readonly boundary?: readonly StatementJson[] | undefined;
  readonly resource?: ResourceSide | undefined;
  readonly version?: string;
}

export interface ResourceSide {
  readonly kind: "policy" | "key" | "trust";
  readonly statements: readonly StatementJson[];
  readonly grants?: readonly KeyGrant[];
}

export function askHarness(question: Question): Decision {
  const { principal, action, resourceArn, context = {}, boundary } = question;
  const named = (name: string, statements: readonly StatementJson[]): NamedPolicy => {
    const document = policyOf(...statements);
    return { name, document: { ...document, version: question.version ?? document.version } };
  };
  return may(
    { principal, action, resourceArn, context },
    {
      identity: [named("the own policy", question.identity ?? [])],
      boundary: boundary === undefined ? null : named("the boundary", boundary),
      resource: resourcePolicy(question.resource, named),
    },
  );
}

function resourcePolicy(
  side: ResourceSide | undefined,
  named: (name: string, statements: readonly StatementJson[]) => NamedPolicy,
): ResourcePolicy {
  if (side === undefined) return { kind: "none" };
  const policy = named("the resource's policy", side.statements);
  return side.kind === "key"
    ? { kind: "key", policy, grants: { kind: "read", value: side.grants ?? [] } }
    : { kind: side.kind, policy };
}

export function askTwin(question: Question): "allowed" | "denied" {
  const { action, resourceArn, resource, boundary, version } = question;
  const caller = twinCaller(question);
  // "Somebody of another account, who has all that that account can give."
  const everything = [{ Effect: "Allow", Action: "*", Resource: "*" }] as const;
  const identity = question.principal.kind === "other-account" ? everything : (question.identity ?? []);
  const verdict = evaluate(
    { caller, action, resourceArn, context: twinContext(question) },
    {
      identity: caller.kind === "role" || caller.kind === "user" ? compiled(identity, "identity", version) : [],
      boundary: caller.kind !== "role" || boundary === undefined ? undefined : compiled(boundary, "identity", version),
      resource:
        resource === undefined
          ? []
          : compiled(resource.statements, resource.kind === "trust" ? "trust" : "resource", version),
      resourceAccountId: /^\d{12}$/.exec(resourceArn.split(":")[4] ?? "")?.[0] ?? HOME,
      resourcePolicy: resource === undefined || resource.kind === "policy" ? "may-allow" : "must-allow",
      grants: (resource?.grants ?? []).map(twinGrant),
    },
  );
  return verdict.kind === "allowed" ? "allowed" : "denied";
}

function compiled(
  statements: readonly StatementJson[],
  kind: PolicyKind,
  version = "2012-10-17",
): readonly CompiledPolicy[] {
  const outcome = compileParsed(readPolicyDocument({ Version: version, Statement: statements }), kind);
  if (outcome.kind === "malformed") throw new Error(outcome.reason);
  return [outcome.policy];
}

function twinCaller({ principal, hidden }: Question): Caller {
  switch (principal.kind) {
    case "anonymous":
      return { kind: "anonymous" };
    case "service":
      return { kind: "service", service: principal.name, sourceArn: "", sourceAccount: "" };
    case "other-account":
      return callerOf({ kind: "user", arn: `arn:aws:iam::${principal.accountId}:user/somebody` }, () => undefined);
    case "role": {
      const sessionName = principal.session ?? hidden?.session ?? "";
      return callerOf({ kind: "role", roleArn: principal.arn, sessionName }, () => undefined);
    }
    default:
      return principal satisfies never;
  }
}

function twinContext({ context, hidden }: Question): TwinContext {
  const known = Object.entries({ ...hidden?.context, ...context });
  return new TwinContext(
    Object.fromEntries(known.flatMap(([key, value]) => (value === null ? [] : [[key, value] as const]))),
  );
}

function twinGrant({ granteePrincipal, operations, encryptionContext: { match, pairs } }: KeyGrant): Grant {
  return {
    granteePrincipal,
    actions: operations.map((operation) => `kms:${operation}`),
    contextSubset: match === "subset" ? pairs : {},
    contextEquals: match === "equals" ? pairs : undefined,
  };
}
