import type { Remedy } from "../model/finding.ts";

/** What rules write Terraform with: HCL as `terraform fmt` writes it. */

type Value = string | number | boolean | Expression | readonly Value[] | Attributes;
interface Attributes {
  readonly [name: string]: Value;
}

class Expression {
  readonly code: string;

  constructor(code: string) {
    this.code = code;
  }
}

/** Code that is written into HCL as it is: `filebase64sha256("ingest.zip")`. */
export function expression(code: string): Expression {
  return new Expression(code);
}

/** A remedy with its Terraform: one or more snippets. */
export function terraform(text: string, ...snippets: readonly string[]): Remedy {
  return { text, terraform: { hcl: snippets.join("\n\n") } };
}

/** Several remedies as one. */
export function together(remedies: readonly Remedy[]): Remedy {
  const snippets = remedies.flatMap((remedy) => remedy.terraform?.hcl ?? []);
  const text = remedies.map((remedy) => remedy.text).join(" ");
  return snippets.length === 0 ? { text } : terraform(text, ...snippets);
}

/** `resource "aws_route" "internet" { … }`; `blocks` are nested ones, as `block` writes them. */
export function resource(type: string, name: string, attributes: Attributes, ...blocks: readonly string[]): string {
  return block(`resource "${type}" "${name}"`, attributes, ...blocks);
}

/** A part of something that is there; `place` says of what: `aws_lb named web`. */
export function within(place: string, hcl: string): string {
  return `# ${place}\n${hcl}`;
}

/** `versioning_configuration { … }`; without a header it is an object, such as a statement of a policy. */
export function block(header: string, attributes: Attributes, ...blocks: readonly string[]): string {
  const parts = [...(Object.keys(attributes).length === 0 ? [] : [lines(attributes)]), ...blocks];
  const body = parts.join("\n\n").replaceAll(/^(?=.)/gm, "  ");
  return `${header === "" ? "" : `${header} `}{\n${body}\n}`;
}

/** `name = value`, one on a line, with the signs of equality below each other. */
export function lines(attributes: Attributes): string {
  const entries = Object.entries(attributes);
  const width = Math.max(...entries.map(([name]) => keyOf(name).length));
  return entries.map(([name, value]) => `${keyOf(name).padEnd(width)} = ${encode(value)}`).join("\n");
}

function encode(value: Value): string {
  if (typeof value === "string") return JSON.stringify(value).replaceAll(/[$%](?=\{)/g, "$&$&");
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (value instanceof Expression) return value.code;
  if (isList(value)) return `[${value.map(encode).join(", ")}]`;
  return `{ ${Object.entries(value)
    .map(([name, one]) => `${keyOf(name)} = ${encode(one)}`)
    .join(", ")} }`;
}

function isList(value: Attributes | readonly Value[]): value is readonly Value[] {
  return Array.isArray(value);
}

function keyOf(name: string): string {
  return /^[A-Za-z_][\w-]*$/.test(name) ? name : JSON.stringify(name);
}

/** One action as itself, several as a list. */
function oneOrList(actions: readonly string[]): string | readonly string[] {
  const [first, ...others] = actions;
  return first !== undefined && others.length === 0 ? first : actions;
}

/** Lets a role do something, by its own policy. */
export function allowRole(role: string, actions: readonly string[], onResource: string): Remedy {
  const place = `aws_iam_role_policy of ${role}`;
  const statement = block("", { Effect: "Allow", Action: oneOrList(actions), Resource: onResource });
  return terraform(`Allow ${actions.join(", ")} on ${onResource} in the ${place}.`, within(place, statement));
}

/** Lets a service or role use a key, by the key's policy. */
export function allowByKey(
  principal: { readonly AWS: string } | { readonly Service: string },
  actions: readonly string[],
  condition?: Attributes,
  keyArn = "",
): Remedy {
  const who = "AWS" in principal ? principal.AWS : principal.Service;
  const statement = block("", {
    Effect: "Allow",
    Principal: principal,
    Action: oneOrList(actions),
    Resource: "*",
    ...(condition === undefined ? {} : { Condition: condition }),
  });
  const text = `Allow ${actions.join(", ")} to ${who} in the policy of the aws_kms_key${keyArn === "" ? "" : ` ${keyArn}`}.`;
  return terraform(text, within("policy of the aws_kms_key", statement));
}

/** Lets a service take on a role. */
export function letAssume(role: string, service: string): Remedy {
  const place = `assume_role_policy of ${role}`;
  const statement = block("", { Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" });
  return terraform(
    `Let ${service} take on ${role}: allow sts:AssumeRole in its assume_role_policy.`,
    within(place, statement),
  );
}

/** Lets a service invoke a function. @param more Further attributes, such as `source_account`. */
export function letInvoke(
  name: string,
  { functionName, principal, sourceArn }: { functionName: string; principal: string; sourceArn: string },
  more: Attributes = {},
): Remedy {
  const permission = { action: "lambda:InvokeFunction", function_name: functionName, principal, source_arn: sourceArn };
  const hcl = resource("aws_lambda_permission", name, { ...permission, ...more });
  return terraform(`Add an aws_lambda_permission that lets ${principal} invoke ${functionName} for ${sourceArn}.`, hcl);
}

export function blockPublicAccess(bucket: string): Remedy {
  const hcl = resource("aws_s3_bucket_public_access_block", "this", {
    bucket,
    block_public_acls: true,
    block_public_policy: true,
    ignore_public_acls: true,
    restrict_public_buckets: true,
  });
  return terraform(`Add an aws_s3_bucket_public_access_block for ${bucket} that blocks everything.`, hcl);
}

export function enableKey(text: string): Remedy {
  return terraform(text, within("aws_kms_key", lines({ is_enabled: true })));
}

export function encryptByDefault(bucket: string, how: Attributes): Remedy {
  const rule = block("rule", {}, block("apply_server_side_encryption_by_default", how));
  const type = "aws_s3_bucket_server_side_encryption_configuration";
  return terraform(`Add an ${type} for ${bucket}.`, resource(type, "this", { bucket }, rule));
}
