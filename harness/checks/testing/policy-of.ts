import type { PolicyDocument, PolicyStatement, RoleSetting } from "../../model/settings/identity-setting.ts";
import { parsePolicyDocument } from "../read/policy-document.ts";

/** A statement as people write it in JSON. */
export interface StatementJson {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal?: "*" | Readonly<Record<string, string | readonly string[]>>;
  readonly NotPrincipal?: "*" | Readonly<Record<string, string | readonly string[]>>;
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, Scalar | readonly Scalar[]>>>>;
}

type Scalar = string | number | boolean;

/** A policy document out of statements as they are written in JSON, or as they were read. */
export function policyOf(...statements: readonly (StatementJson | PolicyStatement)[]): PolicyDocument {
  return {
    version: "2012-10-17",
    statements: statements.flatMap((each) =>
      "Effect" in each ? parsePolicyDocument(JSON.stringify({ Statement: each }), "test").statements : [each],
    ),
  };
}

/** A statement that allows, for a role's policy. */
export function allow(actions: string | readonly string[], resources: string | readonly string[]): StatementJson {
  return { Effect: "Allow", Action: actions, Resource: resources };
}

/** A statement of a key policy that allows. */
export function keyAllow(
  principal: NonNullable<StatementJson["Principal"]>,
  actions: string | readonly string[],
  condition?: NonNullable<StatementJson["Condition"]>,
): StatementJson {
  const statement = { Effect: "Allow", Principal: principal, Action: actions, Resource: "*" } as const;
  return condition === undefined ? statement : { ...statement, Condition: condition };
}

/** Denies what does not come over TLS. */
export function tlsOnly(bucketArn: string): StatementJson {
  return {
    Sid: "TlsOnly",
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: [bucketArn, `${bucketArn}/*`],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
}

/** A role that one service may take on, with one policy. */
export function role(arn: string, service: string, ...statements: readonly StatementJson[]): RoleSetting {
  return {
    kind: "role",
    name: arn.slice(arn.lastIndexOf("/") + 1),
    arn,
    trust: policyOf({ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }),
    policies: [{ name: "own", document: policyOf(...statements) }],
    permissionsBoundary: null,
  };
}
