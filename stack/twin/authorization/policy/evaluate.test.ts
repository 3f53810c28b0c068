import { describe, expect, it } from "vitest";
import type { Principal } from "../../model/ports.ts";
import { allow, deny, policy, type StatementJson } from "../testing/policy-text.ts";
import { type Caller, callerOf } from "./caller.ts";
import { type CompiledPolicy, compilePolicyText, type PolicyKind } from "./compiled-policy.ts";
import { evaluate, reasonOf } from "./evaluate.ts";
import { RequestContext } from "./request-context.ts";

const home = "111122223333";
const other = "444455556666";
const roleName = "app";
const role: Principal = { kind: "role", roleArn: `arn:aws:iam::${home}:role/team/${roleName}`, sessionName: "s1" };
const roleAs = (arn: string): StatementJson => ({ Principal: { AWS: arn } });
const session = `arn:aws:sts::${home}:assumed-role/${roleName}/s1`;
const user: Principal = { kind: "user", arn: `arn:aws:iam::${home}:user/ann` };
const service: Principal = { kind: "service", service: "s3.amazonaws.com", sourceArn: "", sourceAccount: home };

interface Situation {
  readonly caller?: Principal | "anonymous";
  readonly identity?: readonly StatementJson[];
  readonly boundary?: readonly StatementJson[];
  readonly resource?: readonly StatementJson[];
  readonly resourceAccountId?: string;
  readonly mustAllow?: boolean;
}

function compiled(statements: readonly StatementJson[], kind: PolicyKind): CompiledPolicy[] {
  const outcome = compilePolicyText(policy(...statements), kind);
  if (outcome.kind === "malformed") throw new Error(outcome.reason);
  return [outcome.policy];
}

function decided(situation: Situation): string {
  const { caller = role, identity = [], boundary, resource = [] } = situation;
  const who: Caller = caller === "anonymous" ? { kind: "anonymous" } : callerOf(caller, () => "AROAAPP");
  const request = { caller: who, action: "x:Get", resourceArn: "arn:aws:x:::thing", context: new RequestContext({}) };
  const verdict = evaluate(request, {
    identity: compiled(identity, "identity"),
    boundary: boundary === undefined ? undefined : compiled(boundary, "identity"),
    resource: compiled(resource, "resource"),
    resourceAccountId: situation.resourceAccountId ?? home,
    resourcePolicy: situation.mustAllow === true ? "must-allow" : "may-allow",
    grants: [],
  });
  return verdict.kind === "allowed" ? "allowed" : reasonOf(verdict, request.action);
}

const get = allow("x:Get", "*");
const named = (principal: unknown) => [allow("x:Get", "*", { Principal: principal })];
const byIdentity = "because no identity-based policy allows the x:Get action";
const byResource = "because no resource-based policy allows the x:Get action";
const byBoundary = "because no permissions boundary allows the x:Get action";

describe("a request within one account", () => {
  it.each<[string, Situation, string]>([
    ["nothing allows it", {}, byIdentity],
    ["the role's policy allows it", { identity: [get] }, "allowed"],
    ["an action in another case", { identity: [allow("X:gEt", "*")] }, "allowed"],
    ["a wildcard action", { identity: [allow("x:G?*", "*")] }, "allowed"],
    ["all actions", { identity: [allow("*", "*")] }, "allowed"],
    ["another service's wildcard", { identity: [allow("y:*", "*")] }, byIdentity],
    ["NotAction that leaves it in", { identity: [{ Effect: "Allow", NotAction: "x:Put", Resource: "*" }] }, "allowed"],
    ["NotAction that leaves it out", { identity: [{ Effect: "Allow", NotAction: "x:*", Resource: "*" }] }, byIdentity],
    [
      "NotResource that leaves it in",
      { identity: [{ Effect: "Allow", Action: "*", NotResource: "arn:aws:y:::*" }] },
      "allowed",
    ],
    [
      "NotResource that leaves it out",
      { identity: [{ Effect: "Allow", Action: "*", NotResource: "arn:aws:x:::*" }] },
      byIdentity,
    ],
    ["an unresolved variable", { identity: [allow("*", `arn:aws:x:::\${aws:username}`)] }, byIdentity],
    [
      "a deny beside the allow",
      { identity: [get, deny("x:*", "*")] },
      "with an explicit deny in an identity-based policy",
    ],
    [
      "a deny in the resource's policy",
      { identity: [get], resource: [deny("*", "*", { Principal: "*" })] },
      "with an explicit deny in a resource-based policy",
    ],
    [
      "a deny in the boundary",
      { identity: [get], boundary: [deny("*", "*")] },
      "with an explicit deny in a permissions boundary",
    ],
    ["a boundary that lacks it", { identity: [get], boundary: [allow("y:*", "*")] }, byBoundary],
    ["a boundary that has it and grants nothing", { boundary: [get] }, byIdentity],
    ["the resource names the role", { resource: named({ AWS: `arn:aws:iam::${home}:role/team/app` }) }, "allowed"],
    [
      "the resource names the role without its path",
      { resource: named({ AWS: `arn:aws:iam::${home}:role/app` }) },
      byIdentity,
    ],
    ["the resource names the role's unique id", { resource: named({ AWS: "AROAAPP" }) }, "allowed"],
    ["the resource names the session", { resource: named({ AWS: session }) }, "allowed"],
    ["the resource names another session", { resource: named({ AWS: session.replace("s1", "s2") }) }, byIdentity],
    ["the resource names everyone", { resource: named("*") }, "allowed"],
    ["the resource names everyone under AWS", { resource: named({ AWS: ["*"] }) }, "allowed"],
    ["the resource names the account", { resource: named({ AWS: home }) }, byIdentity],
    [
      "the resource names the account and the role allows",
      { resource: named({ AWS: home }), identity: [get] },
      "allowed",
    ],
    [
      "the resource names a federation",
      { resource: named({ Federated: "cognito-identity.amazonaws.com" }) },
      byIdentity,
    ],
    [
      "a boundary and a resource that names the role",
      { boundary: [allow("y:*", "*")], resource: named({ AWS: `arn:aws:iam::${home}:role/team/app` }) },
      byBoundary,
    ],
    [
      "a boundary and a resource that names the session",
      { boundary: [allow("y:*", "*")], resource: named({ AWS: session }) },
      "allowed",
    ],
    ["the user is named", { caller: user, resource: named({ AWS: `arn:aws:iam::${home}:user/ann` }) }, "allowed"],
    ["the role's policy where the resource has to allow", { identity: [get], mustAllow: true }, byResource],
    [
      "the account where the resource has to allow",
      { identity: [get], mustAllow: true, resource: named({ AWS: `arn:aws:iam::${home}:root` }) },
      "allowed",
    ],
    [
      "the account where the resource has to allow and the role lacks it",
      { mustAllow: true, resource: named({ AWS: `arn:aws:iam::${home}:root` }) },
      byIdentity,
    ],
    [
      "Allow with NotPrincipal of another",
      { resource: [{ Effect: "Allow", NotPrincipal: { AWS: other }, Action: "*", Resource: "*" }] },
      "allowed",
    ],
    [
      "Allow with NotPrincipal of the role",
      {
        resource: [
          {
            Effect: "Allow",
            NotPrincipal: roleAs(`arn:aws:iam::${home}:role/team/app`)["Principal"],
            Action: "*",
            Resource: "*",
          },
        ],
      },
      byIdentity,
    ],
  ])("%s", (_title, situation, expected) => {
    expect(decided(situation)).toBe(expected);
  });
});

describe("a request from another account", () => {
  const away = { resourceAccountId: other };
  it.each<[string, Situation, string]>([
    ["the role's policy alone", { ...away, identity: [get] }, byResource],
    [
      "the resource's policy alone",
      { ...away, resource: named({ AWS: `arn:aws:iam::${home}:role/team/app` }) },
      byIdentity,
    ],
    ["both", { ...away, identity: [get], resource: named({ AWS: `arn:aws:iam::${home}:role/team/app` }) }, "allowed"],
    ["the role and its whole account", { ...away, identity: [get], resource: named({ AWS: home }) }, "allowed"],
    [
      "the role and the resource's own account",
      { ...away, identity: [get], resource: named({ AWS: other }) },
      byResource,
    ],
    ["everyone, without the role", { ...away, resource: named("*") }, byIdentity],
    [
      "both, beyond the boundary",
      { ...away, identity: [get], boundary: [allow("y:*", "*")], resource: named("*") },
      byBoundary,
    ],
  ])("%s", (_title, situation, expected) => {
    expect(decided(situation)).toBe(expected);
  });
});

describe("a request of a service, or unsigned", () => {
  it.each<[string, Situation, string]>([
    ["a service nobody names", { caller: service }, byResource],
    ["the service named", { caller: service, resource: named({ Service: "s3.amazonaws.com" }) }, "allowed"],
    [
      "one of several named",
      { caller: service, resource: named({ Service: ["a.amazonaws.com", "s3.amazonaws.com"] }) },
      "allowed",
    ],
    ["the service under AWS", { caller: service, resource: named({ AWS: "s3.amazonaws.com" }) }, byResource],
    ["the account", { caller: service, resource: named({ AWS: home }) }, byResource],
    ["everyone", { caller: service, resource: named("*") }, "allowed"],
    [
      "a deny for everyone",
      { caller: service, resource: [...named({ Service: "s3.amazonaws.com" }), deny("*", "*", { Principal: "*" })] },
      "with an explicit deny in a resource-based policy",
    ],
    ["unsigned, to everyone", { caller: "anonymous", resource: named("*") }, "allowed"],
    ["unsigned, to the account", { caller: "anonymous", resource: named({ AWS: home }) }, byResource],
  ])("%s", (_title, situation, expected) => {
    expect(decided(situation)).toBe(expected);
  });
});
