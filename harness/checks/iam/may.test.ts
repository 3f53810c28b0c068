import { describe, expect, it } from "vitest";
import type { PolicyDocument } from "../../model/settings/identity-setting.ts";
import { policyOf, type StatementJson } from "../testing/policy-of.ts";
import { may } from "./may.ts";
import type { AccessRequest, Decision, NamedPolicy, PoliciesInForce, Principal, ResourcePolicy } from "./request.ts";

const ACCOUNT = "111122223333";
const ROOT = `arn:aws:iam::${ACCOUNT}:root`;
const ROLE = `arn:aws:iam::${ACCOUNT}:role/app/worker`;
const SESSION = `arn:aws:sts::${ACCOUNT}:assumed-role/worker/fn`;
const OBJECT = "arn:aws:s3:::photos/2026/cat.jpg";
const worker: Principal = { kind: "role", arn: ROLE, session: "fn" };
const s3: Principal = { kind: "service", name: "s3.amazonaws.com" };

const variableNamed = (name: string) => `\${${name}}`;

type Cases = readonly (readonly [title: string, decision: Decision["kind"], decide: () => Decision])[];

function table(name: string, cases: Cases): void {
  describe(name, () => {
    it.each(cases)("%s: %s", (_, expected, decide) => expect(decide().kind).toBe(expected));
  });
}

const named = (document: PolicyDocument, name = "the policy"): NamedPolicy => ({ name, document });
const request = (over: Partial<AccessRequest> = {}): AccessRequest => ({
  principal: worker,
  action: "s3:GetObject",
  resourceArn: OBJECT,
  context: {},
  ...over,
});
const inForce = (over: Partial<PoliciesInForce> = {}): PoliciesInForce => ({
  identity: [],
  boundary: null,
  resource: { kind: "none" },
  ...over,
});
const allow = (over: Partial<StatementJson> = {}): StatementJson => ({
  Effect: "Allow",
  Action: "*",
  Resource: "*",
  ...over,
});
const deny = (over: Partial<StatementJson> = {}): StatementJson => ({ ...allow(over), Effect: "Deny" });
const byOwn = (over: Partial<AccessRequest>, ...statements: readonly StatementJson[]) =>
  may(request(over), inForce({ identity: [named(policyOf(...statements))] }));
const resource = (...statements: readonly StatementJson[]): ResourcePolicy => ({
  kind: "policy",
  policy: named(policyOf(...statements)),
});
const byResource = (over: Partial<AccessRequest>, ...statements: readonly StatementJson[]) =>
  may(request(over), inForce({ resource: resource(...statements) }));
const action = (name: string, ...statements: readonly StatementJson[]) => byOwn({ action: name }, ...statements);
const on = (resourceArn: string, ...statements: readonly StatementJson[]) => byOwn({ resourceArn }, ...statements);
const only = (Action: string | readonly string[]): StatementJson => ({ Effect: "Allow", Action, Resource: "*" });
const onlyOn = (Resource: string | readonly string[]): StatementJson => ({ Effect: "Allow", Action: "*", Resource });

table("an action", [
  ["of the very name", "allowed", () => action("s3:GetObject", only("s3:GetObject"))],
  ["in other letter case", "allowed", () => action("s3:GetObject", only("S3:getobject"))],
  ["under a wildcard", "allowed", () => action("s3:GetObject", only("s3:Get*"))],
  ["under one character", "allowed", () => action("s3:GetObject", only("s3:GetObjec?"))],
  ["of another name", "denied", () => action("s3:PutObject", only("s3:Get*"))],
  ["of which the name is a beginning", "denied", () => action("s3:GetObject", only("s3:GetObjectVersion"))],
  ["of another service", "denied", () => action("kms:Decrypt", only("s3:*"))],
  ["in a list", "allowed", () => action("s3:GetObject", only(["s3:List*", "s3:GetObject"]))],
  [
    "left out by NotAction",
    "denied",
    () => action("s3:GetObject", { Effect: "Allow", NotAction: "s3:*", Resource: "*" }),
  ],
  [
    "not left out by NotAction",
    "allowed",
    () => action("s3:GetObject", { Effect: "Allow", NotAction: "iam:*", Resource: "*" }),
  ],
]);

table("a resource", [
  ["of the very ARN", "allowed", () => on(OBJECT, onlyOn(OBJECT))],
  ["in other letter case", "denied", () => on(OBJECT, onlyOn("arn:aws:s3:::Photos/*"))],
  ["under a wildcard over slashes", "allowed", () => on(OBJECT, onlyOn("arn:aws:s3:::photos/*"))],
  [
    "of another account",
    "denied",
    () => on(`arn:aws:kms:eu-west-1:${ACCOUNT}:key/1`, onlyOn("arn:aws:kms:*:999988887777:key/*")),
  ],
  ["with the bucket alone", "denied", () => on(OBJECT, onlyOn("arn:aws:s3:::photos"))],
  ["of an ARN that ends early", "allowed", () => on(OBJECT, onlyOn("arn:aws:s3:*"))],
  [
    "under a wildcard that ends its part and runs over a colon",
    "allowed",
    () => on(`arn:aws:logs:eu-west-1:${ACCOUNT}:log-group:/x`, onlyOn("arn:aws:logs:*:log-group:/x")),
  ],
  [
    "with colons in its last part",
    "allowed",
    () =>
      on(
        `arn:aws:logs:eu-west-1:${ACCOUNT}:log-group:/x:log-stream:y`,
        onlyOn(`arn:aws:logs:eu-west-1:${ACCOUNT}:log-group:/x:*`),
      ),
  ],
  [
    "left out by NotResource",
    "denied",
    () => on(OBJECT, { Effect: "Allow", Action: "*", NotResource: "arn:aws:s3:::photos/*" }),
  ],
  [
    "not left out by NotResource",
    "allowed",
    () => on(OBJECT, { Effect: "Allow", Action: "*", NotResource: "arn:aws:s3:::films/*" }),
  ],
]);

const variable = (text: string, context: AccessRequest["context"]) => byOwn({ context }, onlyOn(text));
table("a policy variable", [
  [
    "that is there",
    "allowed",
    () =>
      variable(`arn:aws:s3:::photos/${variableNamed("aws:PrincipalTag/year")}/*`, { "aws:PrincipalTag/year": "2026" }),
  ],
  [
    "of another value",
    "denied",
    () =>
      variable(`arn:aws:s3:::photos/${variableNamed("aws:PrincipalTag/year")}/*`, { "aws:PrincipalTag/year": "2025" }),
  ],
  [
    "that is not there",
    "denied",
    () => variable(`arn:aws:s3:::photos/${variableNamed("aws:username")}/*`, { "aws:username": null }),
  ],
  [
    "with a default",
    "allowed",
    () => variable(`arn:aws:s3:::photos/${variableNamed("aws:username, '2026'")}/*`, { "aws:username": null }),
  ],
  ["that is not known", "undecidable", () => variable(`arn:aws:s3:::photos/${variableNamed("aws:username")}/*`, {})],
  [
    "whose value has a star, which is no wildcard",
    "denied",
    () => variable(`arn:aws:s3:::photos/${variableNamed("aws:username")}`, { "aws:username": "*" }),
  ],
  ["for a star itself", "denied", () => variable(`arn:aws:s3:::photos/${variableNamed("*")}`, {})],
]);

const principal = (Principal: StatementJson["Principal"], who: Principal = worker) =>
  byResource({ principal: who }, { Effect: "Allow", Principal: Principal ?? "*", Action: "*", Resource: "*" });
table("a principal of a resource's policy", [
  ["the role", "allowed", () => principal({ AWS: ROLE })],
  ["the role's session", "allowed", () => principal({ AWS: SESSION })],
  ["another session of the role", "denied", () => principal({ AWS: `${SESSION}-2` })],
  [
    "a session where the own is not known",
    "undecidable",
    () => principal({ AWS: SESSION }, { ...worker, session: null }),
  ],
  ["everyone", "allowed", () => principal("*")],
  ["everyone, as AWS", "allowed", () => principal({ AWS: "*" })],
  ["the account, which leaves it to the role's own policies", "denied", () => principal({ AWS: ROOT })],
  ["another role", "denied", () => principal({ AWS: `${ROLE}-2` })],
  ["a wildcard within an ARN", "denied", () => principal({ AWS: `arn:aws:iam::${ACCOUNT}:role/*` })],
  ["the id of a deleted role", "denied", () => principal({ AWS: "AROAEXAMPLE1234567890" })],
  ["the service", "allowed", () => principal({ Service: "s3.amazonaws.com" }, s3)],
  ["another service", "denied", () => principal({ Service: ["sns.amazonaws.com", "sqs.amazonaws.com"] }, s3)],
  ["the account, for a service", "denied", () => principal({ AWS: ROOT }, s3)],
  ["everyone, for a service", "allowed", () => principal("*", s3)],
  [
    "another account by its number",
    "allowed",
    () => principal({ AWS: "999988887777" }, { kind: "other-account", accountId: "999988887777" }),
  ],
  ["a federated one", "denied", () => principal({ Federated: "accounts.google.com" })],
  ["everyone, for nobody in particular", "allowed", () => principal("*", { kind: "anonymous" })],
  ["a role, for nobody in particular", "denied", () => principal({ AWS: ROLE }, { kind: "anonymous" })],
]);

const spared = (listed: readonly string[], who: Principal = worker) =>
  may(
    request({ principal: who }),
    inForce({
      identity: [named(policyOf(allow()))],
      resource: resource({ Effect: "Deny", NotPrincipal: { AWS: listed }, Action: "*", Resource: "*" }),
    }),
  );
table("NotPrincipal with Deny spares", [
  ["account, role and session", "allowed", () => spared([ROOT, ROLE, SESSION])],
  ["not the role without its session", "denied", () => spared([ROOT, ROLE])],
  ["not the role without its account", "denied", () => spared([ROLE, SESSION])],
  ["nobody who is not listed", "denied", () => spared([ROOT])],
  [
    "perhaps one whose session is not known",
    "undecidable",
    () => spared([ROOT, ROLE, SESSION], { ...worker, session: null }),
  ],
  [
    "no session that is not known where none is listed",
    "denied",
    () => spared([ROOT, ROLE], { ...worker, session: null }),
  ],
]);

const both = (own: readonly StatementJson[], ofResource: readonly StatementJson[], boundary?: PolicyDocument) =>
  may(
    request(),
    inForce({
      identity: [named(policyOf(...own))],
      resource: resource(...ofResource),
      boundary: boundary === undefined ? null : named(boundary, "the boundary"),
    }),
  );
const forRole = { Principal: { AWS: ROLE } };
table("policies together", [
  ["nothing at all", "denied", () => may(request(), inForce())],
  ["the own alone", "allowed", () => both([allow()], [])],
  ["the resource's alone", "allowed", () => both([], [allow(forRole)])],
  ["a deny of the resource's", "denied", () => both([allow()], [deny({ Principal: "*" })])],
  ["a deny of the own", "denied", () => both([allow(), deny()], [allow(forRole)])],
  ["a deny of something else", "allowed", () => both([allow(), deny({ Action: "s3:PutObject" })], [])],
  ["a boundary that allows", "allowed", () => both([allow()], [], policyOf(allow({ Action: "s3:*" })))],
  ["a boundary that does not", "denied", () => both([allow()], [], policyOf(allow({ Action: "kms:*" })))],
  [
    "a boundary, and the resource names the role",
    "denied",
    () => both([], [allow(forRole)], policyOf(allow({ Action: "kms:*" }))),
  ],
  [
    "a boundary, and the resource names the session",
    "allowed",
    () => both([], [allow({ Principal: { AWS: SESSION } })], policyOf(allow({ Action: "kms:*" }))),
  ],
  [
    "a boundary, and the resource lets everyone in",
    "undecidable",
    () => both([], [allow({ Principal: "*" })], policyOf(allow({ Action: "kms:*" }))),
  ],
  [
    "a boundary, which is nothing to a service",
    "allowed",
    () =>
      may(
        request({ principal: s3 }),
        inForce({
          boundary: named(policyOf(deny())),
          resource: resource(allow({ Principal: { Service: "s3.amazonaws.com" } })),
        }),
      ),
  ],
  ["a boundary that denies", "denied", () => both([allow()], [allow({ Principal: "*" })], policyOf(allow(), deny()))],
  [
    "an unclear deny beside an allow",
    "undecidable",
    () => both([allow(), deny({ Condition: { Bool: { "x:y": "true" } } })], []),
  ],
  [
    "an unclear deny where nothing allows",
    "denied",
    () => both([deny({ Condition: { Bool: { "x:y": "true" } } })], []),
  ],
  [
    "an unclear allow beside a clear one",
    "allowed",
    () => both([allow(), allow({ Condition: { Bool: { "x:y": "true" } } })], []),
  ],
]);
