import { describe, expect, it } from "vitest";
import { policyOf, type StatementJson } from "../testing/policy-of.ts";
import { may } from "./may.ts";
import type { Decision, RequestContext } from "./request.ts";

const ACCOUNT = "111122223333";
const ROLE = `arn:aws:iam::${ACCOUNT}:role/worker`;
const variableNamed = (name: string) => `\${${name}}`;

type Condition = NonNullable<StatementJson["Condition"]>;
type Cases = readonly (readonly [title: string, decision: Decision["kind"], decide: () => Decision])[];

function table(name: string, cases: Cases): void {
  describe(name, () => {
    it.each(cases)("%s: %s", (_, expected, decide) => expect(decide().kind).toBe(expected));
  });
}

/** The decision on a request under a role's only statement, which allows everything under this condition. */
function given(condition: Condition, context: RequestContext): Decision {
  const document = policyOf({ Effect: "Allow", Action: "*", Resource: "*", Condition: condition });
  const principal = { kind: "role", arn: ROLE, session: null } as const;
  return may(
    { principal, action: "s3:GetObject", resourceArn: "arn:aws:s3:::photos/x", context },
    { identity: [{ name: "own", document }], boundary: null, resource: { kind: "none" } },
  );
}

const TAGS = { "aws:TagKeys": ["a", "b"] };
table("a condition", [
  ["StringEquals", "allowed", () => given({ StringEquals: { "s3:prefix": ["x", "y"] } }, { "s3:prefix": "y" })],
  [
    "StringEquals of another value",
    "denied",
    () => given({ StringEquals: { "s3:prefix": "x" } }, { "s3:prefix": "X" }),
  ],
  [
    "StringEquals knows no wildcards",
    "denied",
    () => given({ StringEquals: { "s3:prefix": "x*" } }, { "s3:prefix": "xy" }),
  ],
  [
    "with the key in other letter case",
    "allowed",
    () => given({ StringEquals: { "AWS:SourceAccount": ACCOUNT } }, { "aws:SourceAccount": ACCOUNT }),
  ],
  [
    "StringEqualsIgnoreCase",
    "allowed",
    () => given({ StringEqualsIgnoreCase: { "s3:prefix": "x" } }, { "s3:prefix": "X" }),
  ],
  ["StringLike", "allowed", () => given({ StringLike: { "s3:prefix": "a?c*" } }, { "s3:prefix": "abcd" })],
  ["StringNotEquals", "denied", () => given({ StringNotEquals: { "s3:prefix": ["x", "y"] } }, { "s3:prefix": "y" })],
  [
    "StringNotEquals of a key that is absent",
    "allowed",
    () => given({ StringNotEquals: { "s3:prefix": "x" } }, { "s3:prefix": null }),
  ],
  ["StringNotLike", "allowed", () => given({ StringNotLike: { "s3:prefix": "a*" } }, { "s3:prefix": "b" })],
  [
    "StringEquals of a key that is absent",
    "denied",
    () => given({ StringEquals: { "s3:prefix": "x" } }, { "s3:prefix": null }),
  ],
  [
    "StringEqualsIfExists of a key that is absent",
    "allowed",
    () => given({ StringEqualsIfExists: { "s3:prefix": "x" } }, { "s3:prefix": null }),
  ],
  ["of a key that is not known", "undecidable", () => given({ StringEquals: { "aws:PrincipalOrgID": "o-1" } }, {})],
  [
    "two lines, one of which fails",
    "denied",
    () => given({ StringEquals: { "aws:PrincipalOrgID": "o-1", "s3:prefix": "x" } }, { "s3:prefix": "y" }),
  ],
  [
    "ArnLike by segments",
    "allowed",
    () => given({ ArnLike: { "aws:SourceArn": "arn:aws:s3:*:*:photos" } }, { "aws:SourceArn": "arn:aws:s3:::photos" }),
  ],
  [
    "ArnEquals knows wildcards too",
    "allowed",
    () => given({ ArnEquals: { "aws:SourceArn": "arn:aws:s3:::*" } }, { "aws:SourceArn": "arn:aws:s3:::photos" }),
  ],
  [
    "ArnNotEquals",
    "denied",
    () =>
      given({ ArnNotEquals: { "aws:SourceArn": "arn:aws:s3:::photos" } }, { "aws:SourceArn": "arn:aws:s3:::photos" }),
  ],
  ["Bool", "allowed", () => given({ Bool: { "aws:SecureTransport": true } }, { "aws:SecureTransport": "true" })],
  [
    "Bool of the other value",
    "denied",
    () => given({ Bool: { "aws:SecureTransport": "false" } }, { "aws:SecureTransport": "true" }),
  ],
  ["Null of a key that is there", "denied", () => given({ Null: { "s3:prefix": "true" } }, { "s3:prefix": "x" })],
  ["Null of a key that is absent", "allowed", () => given({ Null: { "s3:prefix": true } }, { "s3:prefix": null })],
  ["NumericLessThan", "denied", () => given({ NumericLessThan: { "s3:max-keys": 10 } }, { "s3:max-keys": "10" })],
  [
    "NumericLessThanEquals",
    "allowed",
    () => given({ NumericLessThanEquals: { "s3:max-keys": 10 } }, { "s3:max-keys": "10" }),
  ],
  [
    "NumericGreaterThan of no number",
    "denied",
    () => given({ NumericGreaterThan: { "s3:max-keys": 1 } }, { "s3:max-keys": "many" }),
  ],
  ["NumericNotEquals", "allowed", () => given({ NumericNotEquals: { "s3:max-keys": 1 } }, { "s3:max-keys": "2" })],
  [
    "DateLessThan",
    "allowed",
    () =>
      given(
        { DateLessThan: { "aws:CurrentTime": "2026-06-01T00:00:00Z" } },
        { "aws:CurrentTime": "2026-05-31T23:59:59Z" },
      ),
  ],
  [
    "DateGreaterThan in seconds",
    "denied",
    () =>
      given({ DateGreaterThan: { "aws:CurrentTime": "1780272000" } }, { "aws:CurrentTime": "2026-05-31T23:59:59Z" }),
  ],
  [
    "IpAddress in a range",
    "allowed",
    () => given({ IpAddress: { "aws:SourceIp": ["10.0.0.0/8", "203.0.113.0/24"] } }, { "aws:SourceIp": "203.0.113.9" }),
  ],
  [
    "IpAddress out of the range",
    "denied",
    () => given({ IpAddress: { "aws:SourceIp": "203.0.113.0/25" } }, { "aws:SourceIp": "203.0.113.129" }),
  ],
  [
    "IpAddress of version 6",
    "allowed",
    () => given({ IpAddress: { "aws:SourceIp": "2001:db8::/32" } }, { "aws:SourceIp": "2001:db8:1::7" }),
  ],
  [
    "NotIpAddress",
    "denied",
    () => given({ NotIpAddress: { "aws:SourceIp": "203.0.113.9" } }, { "aws:SourceIp": "203.0.113.9" }),
  ],
  ["ForAnyValue", "allowed", () => given({ "ForAnyValue:StringEquals": { "aws:TagKeys": ["b", "c"] } }, TAGS)],
  ["ForAllValues", "denied", () => given({ "ForAllValues:StringEquals": { "aws:TagKeys": ["b", "c"] } }, TAGS)],
  [
    "ForAllValues of a key that is absent",
    "allowed",
    () => given({ "ForAllValues:StringEquals": { "aws:TagKeys": "a" } }, { "aws:TagKeys": null }),
  ],
  [
    "ForAnyValue of a key that is absent",
    "denied",
    () => given({ "ForAnyValue:StringNotEquals": { "aws:TagKeys": "a" } }, { "aws:TagKeys": null }),
  ],
  ["ForAnyValue, negated", "allowed", () => given({ "ForAnyValue:StringNotEquals": { "aws:TagKeys": "a" } }, TAGS)],
  [
    "with a variable",
    "allowed",
    () =>
      given(
        { StringEquals: { "s3:prefix": `${variableNamed("aws:PrincipalAccount")}` } },
        { "s3:prefix": ACCOUNT, "aws:PrincipalAccount": ACCOUNT },
      ),
  ],
  [
    "with an operator that is not known here",
    "undecidable",
    () => given({ SoundsLike: { "s3:prefix": "x" } }, { "s3:prefix": "x" }),
  ],
]);
