import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { StatementJson } from "../testing/policy-text.ts";
import { callerOf } from "./caller.ts";
import { compileParsed } from "./compiled-policy.ts";
import { type ApplicablePolicies, evaluate } from "./evaluate.ts";
import { readPolicyDocument } from "./policy-document.ts";
import { RequestContext } from "./request-context.ts";

const roleArn = "arn:aws:iam::1:role/app";
const words = ["x:Get", "x:Put", "y:Get"];
const things = ["arn:aws:x:::a", "arn:aws:x:::b/c", "arn:aws:y:r:1:d"];

const rarely = fc.constantFrom(false, false, false, true);
const oneOrMore = <T>(of: fc.Arbitrary<T>) => fc.array(of, { minLength: 1, maxLength: 3 });
const actions = oneOrMore(fc.constantFrom(...words, "x:*", "*", "?:Get", "x:g*"));
const resources = oneOrMore(
  fc.constantFrom(...things, "*", "arn:aws:x:::*", `arn:aws:x:::\${team}`, "arn:aws:*:*:*:*"),
);
const principals = oneOrMore(
  fc.constantFrom(roleArn, "arn:aws:iam::1:root", "1", "2", "arn:aws:sts::1:assumed-role/app/s"),
);
const conditions = fc.option(
  fc.record({
    operator: fc.constantFrom(
      "StringEquals",
      "StringNotEquals",
      "StringLike",
      "StringEqualsIfExists",
      "ForAllValues:StringLike",
    ),
    key: fc.constantFrom("team", "absent"),
    values: oneOrMore(fc.constantFrom("a", "b", "a*")),
  }),
  { nil: undefined },
);

const statement = (effect: fc.Arbitrary<string>, withPrincipal: boolean): fc.Arbitrary<StatementJson> =>
  fc
    .tuple(effect, rarely, rarely, actions, resources, principals, conditions)
    .map(([Effect, notAction, notResource, action, resource, AWS, condition]) => ({
      Effect,
      [notAction ? "NotAction" : "Action"]: action,
      [notResource ? "NotResource" : "Resource"]: resource,
      ...(withPrincipal ? { Principal: { AWS } } : {}),
      ...(condition === undefined
        ? {}
        : { Condition: { [condition.operator]: { [condition.key]: condition.values } } }),
    }));
const either = fc.constantFrom("Allow", "Allow", "Allow", "Allow", "Deny");
const statements = (withPrincipal: boolean) => fc.array(statement(either, withPrincipal), { maxLength: 4 });

const request = fc.record({
  action: fc.constantFrom(...words),
  resourceArn: fc.constantFrom(...things),
  team: fc.constantFrom("a", "b"),
  resourceAccountId: fc.constantFrom("1", "2"),
  resourcePolicy: fc.constantFrom<ApplicablePolicies["resourcePolicy"]>("must-allow", "may-allow"),
});
type Request = typeof request extends fc.Arbitrary<infer R> ? R : never;
const situation = fc.record({ identity: statements(false), resource: statements(true), request });

function compiled(list: readonly StatementJson[], kind: "identity" | "resource") {
  const outcome = compileParsed(readPolicyDocument({ Version: "2012-10-17", Statement: list }), kind);
  if (outcome.kind === "malformed") throw new Error(outcome.reason);
  return [outcome.policy];
}

function isAllowed(identity: readonly StatementJson[], resource: readonly StatementJson[], asked: Request): boolean {
  const caller = callerOf({ kind: "role", roleArn, sessionName: "s" }, () => undefined);
  const { action, resourceArn, team, resourceAccountId, resourcePolicy } = asked;
  const context = new RequestContext({ team });
  const policies: ApplicablePolicies = {
    identity: compiled(identity, "identity"),
    resource: compiled(resource, "resource"),
    boundary: undefined,
    resourceAccountId,
    resourcePolicy,
    grants: [],
  };
  return evaluate({ caller, action, resourceArn, context }, policies).kind === "allowed";
}

const law = (property: fc.IRawProperty<unknown>) => fc.assert(property, { numRuns: 500, seed: 7 });

describe("the laws of evaluation", () => {
  it("a deny of everything always wins", () => {
    const everything = { Effect: "Deny", Action: "*", Resource: "*" };
    law(
      fc.property(situation, ({ identity, resource, request: asked }) => {
        expect(isAllowed([...identity, everything], resource, asked)).toBe(false);
        expect(isAllowed(identity, [...resource, { ...everything, Principal: "*" }], asked)).toBe(false);
      }),
    );
  });

  it("one more allow never takes access away", () => {
    const allows = fc.tuple(statement(fc.constant("Allow"), false), statement(fc.constant("Allow"), true));
    law(
      fc.property(situation, allows, ({ identity, resource, request: asked }, [own, ofResource]) => {
        const before = isAllowed(identity, resource, asked);
        expect(!before || isAllowed([...identity, own], resource, asked)).toBe(true);
        expect(!before || isAllowed(identity, [...resource, ofResource], asked)).toBe(true);
      }),
    );
  });

  it("one more deny never gives access", () => {
    const denies = fc.tuple(statement(fc.constant("Deny"), false), statement(fc.constant("Deny"), true));
    law(
      fc.property(situation, denies, ({ identity, resource, request: asked }, [own, ofResource]) => {
        const before = isAllowed(identity, resource, asked);
        expect(before || !isAllowed([...identity, own], resource, asked)).toBe(true);
        expect(before || !isAllowed(identity, [...resource, ofResource], asked)).toBe(true);
      }),
    );
  });

  it("the order of statements means nothing", () => {
    law(
      fc.property(situation, ({ identity, resource, request: asked }) => {
        const turned = isAllowed(identity.toReversed(), resource.toReversed(), asked);
        expect(turned).toBe(isAllowed(identity, resource, asked));
      }),
    );
  });

  it("a list of one and the one itself mean the same, and so do upper and lower case of actions", () => {
    const spelledShort = (each: StatementJson): StatementJson =>
      Object.fromEntries(
        Object.entries(each).map(([name, value]) => {
          const short = Array.isArray(value) && value.length === 1 ? value[0] : value;
          return [name, name.endsWith("Action") ? JSON.parse(JSON.stringify(short).toUpperCase()) : short];
        }),
      );
    law(
      fc.property(situation, ({ identity, resource, request: asked }) => {
        const short = isAllowed(identity.map(spelledShort), resource.map(spelledShort), asked);
        expect(short).toBe(isAllowed(identity, resource, asked));
      }),
    );
  });

  it("both answers come up often enough to mean something", () => {
    const answers = fc
      .sample(situation, { numRuns: 500, seed: 7 })
      .map(({ identity, resource, request: asked }) => isAllowed(identity, resource, asked));
    expect(answers.filter(Boolean).length).toBeGreaterThan(50);
    expect(answers.filter((answer) => !answer).length).toBeGreaterThan(50);
  });
});
