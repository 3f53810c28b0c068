import { describe, expect, it } from "vitest";
import type { PolicyDocument } from "../../model/settings/identity-setting.ts";
import { policyOf, type StatementJson } from "../testing/policy-of.ts";
import { may } from "./may.ts";
import type { AccessRequest, PoliciesInForce, ResourcePolicy } from "./request.ts";

const ACCOUNT = "111122223333";
const ROOT = `arn:aws:iam::${ACCOUNT}:root`;
const ROLE = `arn:aws:iam::${ACCOUNT}:role/app/worker`;
const variableNamed = (name: string) => `\${${name}}`;

const named = (document: PolicyDocument) => ({ name: "the policy", document });
const request = (over: Partial<AccessRequest> = {}): AccessRequest => ({
  principal: { kind: "role", arn: ROLE, session: "fn" },
  action: "s3:GetObject",
  resourceArn: "arn:aws:s3:::photos/2026/cat.jpg",
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
const resource = (...statements: readonly StatementJson[]): ResourcePolicy => ({
  kind: "policy",
  policy: named(policyOf(...statements)),
});

const KEY = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/1`;

describe("a decision says", () => {
  it("which statement denies", () => {
    const decision = may(
      request(),
      inForce({
        identity: [named(policyOf(allow()))],
        resource: resource({ ...allow({ Sid: "TlsOnly", Principal: "*" }), Effect: "Deny" }),
      }),
    );
    expect(decision).toMatchObject({
      kind: "denied",
      explicit: true,
      reason: "statement TlsOnly of the policy denies it",
    });
  });

  it("what all but allows, and which element does not fit", () => {
    const decision = may(
      request({
        principal: { kind: "service", name: "s3.amazonaws.com" },
        action: "lambda:InvokeFunction",
        context: { "aws:SourceArn": "arn:aws:s3:::films" },
      }),
      inForce({
        resource: resource({
          ...allow({ Sid: "FromBucket", Principal: { Service: "s3.amazonaws.com" } }),
          Condition: { ArnLike: { "AWS:SourceArn": "arn:aws:s3:::photos" } },
        }),
      }),
    );
    expect(decision).toMatchObject({
      nearMisses: [
        "statement FromBucket of the policy asks for ArnLike AWS:SourceArn = arn:aws:s3:::photos, which is arn:aws:s3:::films in this call",
      ],
    });
  });

  it("which grants it could not see", () => {
    const unread = {
      kind: "unread",
      error: { code: "AccessDenied", message: "no", operation: "kms:ListGrants" },
    } as const;
    const decision = may(
      request({ action: "kms:Decrypt", resourceArn: KEY }),
      inForce({
        resource: { kind: "key", policy: named(policyOf(allow({ Principal: { AWS: ROOT } }))), grants: unread },
      }),
    );
    expect(decision).toMatchObject({ kind: "undecidable", because: expect.stringContaining("kms:ListGrants") });
  });

  it("nothing of variables in a policy of 2008, which has none", () => {
    const document = {
      ...policyOf(allow({ Resource: `arn:aws:s3:::photos/${variableNamed("aws:username")}/*` })),
      version: "2008-10-17",
    };
    expect(may(request(), inForce({ identity: [named(document)] })).kind).toBe("denied");
  });
});
