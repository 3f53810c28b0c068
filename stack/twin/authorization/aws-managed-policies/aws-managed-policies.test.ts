import { describe, expect, it } from "vitest";
import { compileParsed } from "../policy/compiled-policy.ts";
import { readPolicyDocument } from "../policy/policy-document.ts";
import { AWS_MANAGED_POLICIES, awsManagedPolicy } from "./index.ts";

describe("AWS' managed policies", () => {
  it.each(AWS_MANAGED_POLICIES.map((policy) => [policy.name, policy] as const))("%s is a policy", (_name, policy) => {
    expect(compileParsed(readPolicyDocument(policy.document), "identity").kind).toBe("compiled");
    expect(policy.updated).toMatch(/^20\d\d-\d\d-\d\d$/);
  });

  it("are found by ARN in every partition, and others are not", () => {
    const name = "service-role/AWSLambdaBasicExecutionRole";
    expect(awsManagedPolicy(`arn:aws-cn:iam::aws:policy/${name}`)?.name).toBe(name);
    expect(awsManagedPolicy("arn:aws:iam::aws:policy/AWSLambdaBasicExecutionRole")).toBeUndefined();
    expect(awsManagedPolicy(`arn:aws:iam::111122223333:policy/${name}`)).toBeUndefined();
  });
});
