import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { policyOf, type StatementJson } from "../testing/policy-of.ts";
import { may } from "./may.ts";
import type { AccessRequest, Decision, PoliciesInForce } from "./request.ts";

const ROLE = "arn:aws:iam::111122223333:role/worker";
const ROOT = "arn:aws:iam::111122223333:root";
const KEY = "arn:aws:kms:eu-west-1:111122223333:key/1";

const action = fc.constantFrom("kms:Decrypt", "kms:*", "*", "kms:Enc*", "s3:GetObject");
const condition = fc.constantFrom<StatementJson["Condition"][]>(
  undefined,
  { StringEquals: { "known:key": "x" } },
  { StringEquals: { "known:key": "other" } },
  { Bool: { "unknown:key": "true" } },
);
const own: fc.Arbitrary<StatementJson> = fc
  .record({
    Effect: fc.constantFrom("Allow", "Deny"),
    Action: action,
    Resource: fc.constantFrom("*", KEY, "arn:aws:s3:::x"),
  })
  .chain((statement) =>
    condition.map((Condition) => (Condition === undefined ? statement : { ...statement, Condition })),
  );
const ofResource: fc.Arbitrary<StatementJson> = fc
  .tuple(own, fc.constantFrom(ROLE, ROOT, "*", `${ROLE}-2`))
  .map(([statement, AWS]) => ({ ...statement, Principal: { AWS } }));

const world = fc.record({
  own: fc.array(own, { maxLength: 4 }),
  ofResource: fc.array(ofResource, { maxLength: 4 }),
  kind: fc.constantFrom("key", "policy"),
});
type World = typeof world extends fc.Arbitrary<infer T> ? T : never;

const REQUEST: AccessRequest = {
  principal: { kind: "role", arn: ROLE, session: "fn" },
  action: "kms:Decrypt",
  resourceArn: KEY,
  context: { "known:key": "x" },
};

function decide(asked: World): Decision {
  const policy = { name: "r", document: policyOf(...asked.ofResource) };
  const resource: PoliciesInForce["resource"] =
    asked.kind === "key" ? { kind: "key", policy, grants: { kind: "read", value: [] } } : { kind: "policy", policy };
  const identity = asked.own.map((statement, index) => ({ name: String(index), document: policyOf(statement) }));
  return may(REQUEST, { identity, boundary: null, resource });
}

describe("laws of the evaluation", () => {
  it("a deny that is met wins, whatever else is said", () => {
    fc.assert(
      fc.property(world, (any) => {
        const denied = { ...any, own: [...any.own, { Effect: "Deny", Action: "*", Resource: "*" } as const] };
        expect(decide(denied)).toMatchObject({ kind: "denied", explicit: true });
      }),
    );
  });

  it("order does not count", () => {
    fc.assert(
      fc.property(world, (any) => {
        const turned = { ...any, own: any.own.toReversed(), ofResource: any.ofResource.toReversed() };
        expect(decide(turned).kind).toBe(decide(any).kind);
      }),
    );
  });

  it("what is said twice says the same", () => {
    fc.assert(
      fc.property(world, (any) => {
        const twice = { ...any, own: [...any.own, ...any.own], ofResource: [...any.ofResource, ...any.ofResource] };
        expect(decide(twice).kind).toBe(decide(any).kind);
      }),
    );
  });

  it("allowing more takes nothing away", () => {
    fc.assert(
      fc.property(world, own, ofResource, (any, more, moreOfResource) => {
        const grown = {
          ...any,
          own: [...any.own, { ...more, Effect: "Allow" as const }],
          ofResource: [...any.ofResource, { ...moreOfResource, Effect: "Allow" as const }],
        };
        if (decide(any).kind === "allowed") expect(decide(grown).kind).toBe("allowed");
      }),
    );
  });

  it("denying more allows nothing new", () => {
    fc.assert(
      fc.property(world, own, (any, more) => {
        const shrunk = { ...any, own: [...any.own, { ...more, Effect: "Deny" as const }] };
        if (decide(any).kind === "denied") expect(decide(shrunk).kind).toBe("denied");
      }),
    );
  });

  it("is undecidable only where the missing key decides: known either way, the answer differs or an end is open", () => {
    fc.assert(
      fc.property(world, (any) => {
        const unclear = decide(any);
        const text = JSON.stringify(any);
        const known = (value: string): World =>
          JSON.parse(text.replaceAll("unknown:key", "known:key").replaceAll('"true"', `"${value}"`));
        const answers = [decide(known("x")).kind, decide(known("y")).kind];
        if (unclear.kind !== "undecidable") expect(answers).toEqual([unclear.kind, unclear.kind]);
      }),
    );
  });
});
