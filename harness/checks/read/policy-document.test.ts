import { describe, expect, it } from "vitest";
import { parsePolicyDocument } from "./policy-document.ts";
import { Unread } from "./unread.ts";

const parse = (document: unknown) => parsePolicyDocument(JSON.stringify(document), "s3:GetBucketPolicy");
const only = (statement: object) => parse({ Statement: [statement] }).statements[0];

describe("a policy document", () => {
  it("is read in full", () => {
    expect(
      parse({
        Version: "2012-10-17",
        Id: "ignored",
        Statement: [
          {
            Sid: "one",
            Effect: "Deny",
            NotPrincipal: { AWS: ["arn:aws:iam::123456789012:root"], Service: "s3.amazonaws.com" },
            NotAction: ["s3:GetObject"],
            NotResource: ["arn:aws:s3:::a/*"],
            Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
          },
        ],
      }),
    ).toEqual({
      version: "2012-10-17",
      statements: [
        {
          sid: "one",
          effect: "Deny",
          principals: {},
          notPrincipals: { AWS: ["arn:aws:iam::123456789012:root"], Service: ["s3.amazonaws.com"] },
          actions: [],
          notActions: ["s3:GetObject"],
          resources: [],
          notResources: ["arn:aws:s3:::a/*"],
          conditions: { StringEquals: { "aws:SourceAccount": ["123456789012"] } },
        },
      ],
    });
  });

  it("may be URL-encoded, as IAM's are, and hold a percent sign all the same", () => {
    const text = JSON.stringify({ Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "arn:aws:s3:::a/100%" }] });
    const plain = parsePolicyDocument(text, "iam:GetRolePolicy");
    expect(plain.statements[0]?.resources).toEqual(["arn:aws:s3:::a/100%"]);
    expect(parsePolicyDocument(encodeURIComponent(text), "iam:GetRolePolicy")).toEqual(plain);
  });

  it("has the older version where it names none", () => {
    expect(parse({ Statement: [] }).version).toBe("2008-10-17");
  });

  it("may hold a single statement without a list", () => {
    expect(parse({ Statement: { Effect: "Allow", Action: "a:b", Resource: "*" } }).statements).toHaveLength(1);
  });

  it("means anyone by a bare star", () => {
    expect(only({ Effect: "Allow", Principal: "*", Action: "a:b" })?.principals).toEqual({ "*": ["*"] });
  });

  it("gives values that are no strings as text", () => {
    const Condition = { Bool: { "aws:SecureTransport": false }, NumericLessThan: { "s3:max-keys": [10, "20"] } };
    expect(only({ Effect: "Deny", Action: "*", Condition })?.conditions).toEqual({
      Bool: { "aws:SecureTransport": ["false"] },
      NumericLessThan: { "s3:max-keys": ["10", "20"] },
    });
  });

  it.each([
    ["no JSON", "<html>"],
    ["a broken encoding", "%7B%"],
    ["no object", "[]"],
    ["no statements", '{"Version":"2012-10-17"}'],
    ["an effect that there is not", '{"Statement":[{"Effect":"Maybe"}]}'],
  ])("is unread where the text is %s", (_, text) => {
    expect(() => parsePolicyDocument(text, "s3:GetBucketPolicy")).toThrow(Unread);
    expect(() => parsePolicyDocument(text, "s3:GetBucketPolicy")).toThrow(/^s3:GetBucketPolicy: MalformedPolicy/);
  });
});
