import { z } from "zod";
import type { StateChange, StateResource } from "./state.ts";

const statement = z.looseObject({
  Sid: z.string().optional(),
  Effect: z.enum(["Allow", "Deny"]),
  Principal: z.unknown().optional(),
  Action: z.union([z.string(), z.array(z.string())]).optional(),
  Resource: z.union([z.string(), z.array(z.string())]).optional(),
  Condition: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
});
const document = z.looseObject({ Statement: z.array(statement) });
const inlinePolicies = z.array(z.looseObject({ name: z.string(), policy: z.string() }));

/** A statement of a policy as it stands in the state. */
export type Statement = z.infer<typeof statement>;
export type PolicyEdit = (statements: readonly Statement[]) => readonly Statement[];

/** The key's own policy. */
export function keyPolicy(edit: PolicyEdit): StateChange {
  return ofType("aws_kms_key", () => true, inAttribute("policy", edit));
}

/** The policy of the bucket whose name holds this; also where the provider read it back. */
export function bucketPolicy(bucket: string, edit: PolicyEdit): StateChange {
  const change = inAttribute("policy", edit);
  const isOfBucket = ({ values }: StateResource) => String(values["bucket"]).includes(bucket);
  return (each) =>
    ofType("aws_s3_bucket", isOfBucket, change)(ofType("aws_s3_bucket_policy", isOfBucket, change)(each) ?? each);
}

/** The inline policies of the role whose name ends so; also where the provider read them back. */
export function rolePolicy(role: string, edit: PolicyEdit): StateChange {
  return (each) => {
    if (each.type === "aws_iam_role_policy" && String(each.values["role"]).endsWith(role))
      return inAttribute("policy", edit)(each);
    if (each.type === "aws_iam_role" && String(each.values["name"]).endsWith(role)) {
      const policies = inlinePolicies
        .parse(each.values["inline_policy"])
        .map((one) => ({ ...one, policy: edited(one.policy, edit) }));
      return { ...each, values: { ...each.values, inline_policy: policies } };
    }
    return each;
  };
}

/** Takes all policies off the role whose name ends so. */
export function withoutPolicies(role: string): StateChange {
  return (each) => {
    if (/^aws_iam_role_policy(_attachment)?$/.test(each.type) && String(each.values["role"]).endsWith(role))
      return undefined;
    if (each.type !== "aws_iam_role" || !String(each.values["name"]).endsWith(role)) return each;
    return { ...each, values: { ...each.values, inline_policy: [], managed_policy_arns: [] } };
  };
}

/** Who may take on the role whose name ends so: its statements with these values. */
export function trust(role: string, change: Partial<Statement>): StateChange {
  const isRole = ({ values }: StateResource) => String(values["name"]).endsWith(role);
  const edit: PolicyEdit = (statements) => statements.map((each) => ({ ...each, ...change }));
  return ofType("aws_iam_role", isRole, inAttribute("assume_role_policy", edit));
}

/** Changes the statements of these Sids. */
export function editing(sids: string | readonly string[], change: (statement: Statement) => Statement): PolicyEdit {
  const wanted = typeof sids === "string" ? [sids] : sids;
  return (statements) => statements.map((each) => (wanted.includes(each.Sid ?? "") ? change(each) : each));
}

export function setting(sids: string | readonly string[], values: Partial<Statement>): PolicyEdit {
  return editing(sids, (each) => ({ ...each, ...values }));
}

export function without(...sids: readonly string[]): PolicyEdit {
  return (statements) => statements.filter(({ Sid = "" }) => !sids.includes(Sid));
}

export function adding(...more: readonly Statement[]): PolicyEdit {
  return (statements) => [...statements, ...more];
}

/** One edit after the other. */
export function both(...edits: readonly PolicyEdit[]): PolicyEdit {
  return (statements) => edits.reduce((edited, edit) => edit(edited), statements);
}

function ofType(type: string, where: (resource: StateResource) => boolean, change: StateChange): StateChange {
  return (each) => (each.type === type && where(each) ? change(each) : each);
}

function inAttribute(attribute: string, edit: PolicyEdit): StateChange {
  return (each) => {
    const text = each.values[attribute];
    if (typeof text !== "string") return each;
    return { ...each, values: { ...each.values, [attribute]: edited(text, edit) } };
  };
}

function edited(text: string, edit: PolicyEdit): string {
  const policy = document.parse(JSON.parse(text));
  return JSON.stringify({ ...policy, Statement: edit(policy.Statement) });
}
