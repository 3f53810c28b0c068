import type { PolicyDocument } from "../../model/settings/identity-setting.ts";
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

/** A policy document out of statements as they are written in JSON. */
export function policyOf(...statements: readonly StatementJson[]): PolicyDocument {
  return parsePolicyDocument(JSON.stringify({ Version: "2012-10-17", Statement: statements }), "test");
}
