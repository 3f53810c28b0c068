import { z } from "zod";

/**
 * An IAM policy document: what its JSON says, with AWS' several spellings of one thing made one (a string or a list,
 * one statement or many). https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
 */
export interface PolicyDocument {
  /** Only 2012-10-17 knows policy variables; a document without a version is 2008-10-17. */
  readonly version: "2012-10-17" | "2008-10-17";
  readonly statements: readonly Statement[];
}

export interface Statement {
  readonly effect: "Allow" | "Deny";
  readonly principals: Choice<PrincipalName> | { readonly kind: "not-said" };
  readonly actions: Choice<string>;
  readonly resources: Choice<string> | { readonly kind: "not-said" };
  readonly conditions: readonly Condition[];
}

/** `Action` lists what is meant, `NotAction` what is not; likewise resources and principals. */
export type Choice<T> =
  | { readonly kind: "these"; readonly values: readonly T[] }
  | { readonly kind: "all-but"; readonly values: readonly T[] };

/** Whom a policy names: `*`, an account or an identity under `AWS`, a service, or what no call of the twin ever is. */
export type PrincipalName =
  | { readonly kind: "everyone" }
  | { readonly kind: "aws"; readonly name: string }
  | { readonly kind: "service"; readonly name: string }
  | { readonly kind: "other" };

/** One operator on one key; the values are alternatives. */
export interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

export type ParsedPolicy =
  | { readonly kind: "document"; readonly document: PolicyDocument }
  | { readonly kind: "malformed"; readonly reason: string };

const texts = z.union([z.string().transform((text) => [text]), z.array(z.string())]);
const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const scalars = z.union([scalar.transform((value) => [value]), z.array(scalar)]);

const principal = z.union([
  z.literal("*"),
  z.strictObject({
    AWS: texts.optional(),
    Service: texts.optional(),
    Federated: texts.optional(),
    CanonicalUser: texts.optional(),
  }),
]);

const statement = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(["Allow", "Deny"]),
  Principal: principal.optional(),
  NotPrincipal: principal.optional(),
  Action: texts.optional(),
  NotAction: texts.optional(),
  Resource: texts.optional(),
  NotResource: texts.optional(),
  Condition: z.record(z.string(), z.record(z.string(), scalars)).optional(),
});

const policy = z.strictObject({
  Version: z.enum(["2012-10-17", "2008-10-17"]).default("2008-10-17"),
  Id: z.string().optional(),
  Statement: z.union([statement.transform((only) => [only]), z.array(statement)]),
});

/** Reads a policy's JSON text. What AWS refuses as MalformedPolicyDocument is malformed here, with the place and reason. */
export function parsePolicyDocument(text: string): ParsedPolicy {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    return malformed(`it is not JSON (${cause instanceof Error ? cause.message : String(cause)})`);
  }
  return readPolicyDocument(json);
}

/** As `parsePolicyDocument`, for JSON that is values already. */
export function readPolicyDocument(json: unknown): ParsedPolicy {
  const parsed = policy.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return malformed(`${issue?.path.map(String).join(".") || "the document"}: ${issue?.message ?? "wrong shape"}`);
  }
  const statements: Statement[] = [];
  for (const [index, raw] of parsed.data.Statement.entries()) {
    const read = readStatement(raw);
    if (typeof read === "string") return malformed(`Statement.${index}: ${read}`);
    statements.push(read);
  }
  return { kind: "document", document: { version: parsed.data.Version, statements } };
}

function readStatement(raw: z.infer<typeof statement>): Statement | string {
  const actions = choice(raw.Action, raw.NotAction);
  const resources = choice(raw.Resource, raw.NotResource);
  const principals = choice(principalNames(raw.Principal), principalNames(raw.NotPrincipal));
  if (actions === "both" || actions === "neither") return `needs one of Action and NotAction, has ${actions}`;
  if (resources === "both") return "has both Resource and NotResource";
  if (principals === "both") return "has both Principal and NotPrincipal";
  return {
    effect: raw.Effect,
    principals: principals === "neither" ? { kind: "not-said" } : principals,
    actions,
    resources: resources === "neither" ? { kind: "not-said" } : resources,
    conditions: Object.entries(raw.Condition ?? {}).flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, values]) => ({ operator, key, values })),
    ),
  };
}

function choice<T>(these: readonly T[] | undefined, allBut: readonly T[] | undefined): Choice<T> | "both" | "neither" {
  if (these !== undefined) return allBut === undefined ? { kind: "these", values: these } : "both";
  return allBut === undefined ? "neither" : { kind: "all-but", values: allBut };
}

function principalNames(raw: z.infer<typeof principal> | undefined): PrincipalName[] | undefined {
  if (raw === undefined) return undefined;
  if (raw === "*") return [{ kind: "everyone" }];
  return [
    ...(raw.AWS ?? []).map((name): PrincipalName => (name === "*" ? { kind: "everyone" } : { kind: "aws", name })),
    ...(raw.Service ?? []).map((name): PrincipalName => ({ kind: "service", name })),
    ...[...(raw.Federated ?? []), ...(raw.CanonicalUser ?? [])].map((): PrincipalName => ({ kind: "other" })),
  ];
}

function malformed(reason: string): ParsedPolicy {
  return { kind: "malformed", reason };
}
