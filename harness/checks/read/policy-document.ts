import { z } from "zod";
import type { PolicyDocument, PolicyStatement } from "../../model/settings/identity-setting.ts";
import { Unread } from "./unread.ts";

/** Grammar: docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html */
const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const list = z.union([z.array(scalar), scalar.transform((value) => [value])]);
const principals = z.union([z.literal("*").transform(() => ({ "*": ["*"] })), z.record(z.string(), list)]);

const statement = z.object({
  Sid: z.string().default(""),
  Effect: z.enum(["Allow", "Deny"]),
  Principal: principals.default({}),
  NotPrincipal: principals.default({}),
  Action: list.default([]),
  NotAction: list.default([]),
  Resource: list.default([]),
  NotResource: list.default([]),
  Condition: z.record(z.string(), z.record(z.string(), list)).default({}),
});

const document = z.object({
  /** IAM's default. */
  Version: z.string().default("2008-10-17"),
  Statement: z.union([z.array(statement), statement.transform((only) => [only])]),
});

/**
 * Parses a policy document as an API returns it: plain JSON or, from IAM, URL-encoded.
 *
 * @param operation The IAM action of the call that gave it.
 * @throws Unread if the text is not a policy document.
 */
export function parsePolicyDocument(text: string, operation: string): PolicyDocument {
  const parsed = document.safeParse(parseJson(text, operation));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw malformed(`${issue?.path.join(".") ?? ""}: ${issue?.message ?? "invalid"}`, operation);
  }
  return { version: parsed.data.Version, statements: parsed.data.Statement.map(toStatement) };
}

function toStatement(raw: z.output<typeof statement>): PolicyStatement {
  return {
    sid: raw.Sid,
    effect: raw.Effect,
    principals: raw.Principal,
    notPrincipals: raw.NotPrincipal,
    actions: raw.Action,
    notActions: raw.NotAction,
    resources: raw.Resource,
    notResources: raw.NotResource,
    conditions: raw.Condition,
  };
}

function parseJson(text: string, operation: string): unknown {
  try {
    return JSON.parse(/^\s*\{/.test(text) ? text : decodeURIComponent(text));
  } catch (error) {
    throw malformed(error instanceof Error ? error.message : String(error), operation);
  }
}

function malformed(reason: string, operation: string): Unread {
  return new Unread([
    { code: "MalformedPolicyDocument", message: `the answer holds no policy document: ${reason}`, operation },
  ]);
}
