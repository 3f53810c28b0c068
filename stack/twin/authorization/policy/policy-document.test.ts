import { describe, expect, it } from "vitest";
import { type CompileOutcome, compilePolicyText, type PolicyKind } from "./compiled-policy.ts";
import { parsePolicyDocument } from "./policy-document.ts";

function outcome(json: unknown, kind: PolicyKind): CompileOutcome["kind"] | string {
  const compiled = compilePolicyText(typeof json === "string" ? json : JSON.stringify(json), kind);
  return compiled.kind === "malformed" ? compiled.reason : compiled.kind;
}

const statement = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };
const version = "2012-10-17";

describe("a policy document", () => {
  it("is the same in AWS' several spellings", () => {
    const listed = { Version: version, Statement: [{ ...statement, Action: ["s3:GetObject"], Resource: ["*"] }] };
    const short = { Version: version, Statement: statement };
    expect(parsePolicyDocument(JSON.stringify(short))).toEqual(parsePolicyDocument(JSON.stringify(listed)));
  });

  it("reads numbers and booleans of conditions as text", () => {
    const conditions = { Bool: { "aws:SecureTransport": false }, NumericLessThan: { "s3:TlsVersion": [1.2] } };
    const parsed = parsePolicyDocument(JSON.stringify({ Statement: { ...statement, Condition: conditions } }));
    expect(parsed).toMatchObject({
      document: { version: "2008-10-17", statements: [{ conditions: [{ values: ["false"] }, { values: ["1.2"] }] }] },
    });
  });

  it.each<[string, unknown, PolicyKind, RegExp]>([
    ["text that is not JSON", "{", "identity", /^it is not JSON/],
    ["an unknown version", { Version: "2012-10-18", Statement: statement }, "identity", /^Version: /],
    ["no statement", { Version: version }, "identity", /^Statement: /],
    ["an unknown element", { Statement: [{ ...statement, Actions: "x" }] }, "identity", /^Statement/],
    ["an effect in another case", { Statement: [{ ...statement, Effect: "allow" }] }, "identity", /^Statement/],
    [
      "Action and NotAction",
      { Statement: { ...statement, NotAction: "x" } },
      "identity",
      /Action and NotAction, has both$/,
    ],
    ["neither Action nor NotAction", { Statement: { Effect: "Allow", Resource: "*" } }, "identity", /has neither$/],
    ["Resource and NotResource", { Statement: { ...statement, NotResource: "x" } }, "identity", /both Resource/],
    [
      "an identity's policy with a principal",
      { Statement: { ...statement, Principal: "*" } },
      "identity",
      /no Principal$/,
    ],
    [
      "an identity's policy without a resource",
      { Statement: { Effect: "Allow", Action: "x" } },
      "identity",
      /no Resource$/,
    ],
    ["a resource's policy without a principal", { Statement: statement }, "resource", /has no Principal$/],
    ["a trust policy with a resource", { Statement: { ...statement, Principal: "*" } }, "trust", /names no Resource$/],
    [
      "an operator that is none",
      { Statement: { ...statement, Condition: { StringIs: { a: "b" } } } },
      "identity",
      /StringIs/,
    ],
  ])("is malformed with %s", (_title, json, kind, reason) => {
    expect(outcome(json, kind)).toMatch(reason);
  });
});
