import type { TerraformResource } from "../../model/terraform-resource.ts";
import { blocks, field, type StackView, text } from "./stack-view.ts";

const WRITES = new Set(
  ["PutItem", "BatchWriteItem", "UpdateItem", "TransactWriteItems"].map((name) => `dynamodb:${name}`),
);

/** The writing actions on DynamoDB that the policies of a function's role spell out; none where they use wildcards. */
export function writeActions(view: StackView, aFunction: TerraformResource): readonly string[] {
  const roleName = text(aFunction, "role").split("/").at(-1) ?? "";
  const role = view.find("aws_iam_role", ["name"], roleName);
  const documents = [
    ...view
      .ofType("aws_iam_role_policy")
      .filter((policy) => text(policy, "role") === roleName)
      .map((policy) => text(policy, "policy")),
    ...blocks(role, "inline_policy").map((block) => field(block, "policy")),
    ...attachedDocuments(view, roleName),
  ];
  const actions = documents.flatMap(actionsOf).filter((action) => WRITES.has(action));
  return [...new Set(actions)].sort();
}

function attachedDocuments(view: StackView, roleName: string): readonly string[] {
  return view
    .ofType("aws_iam_role_policy_attachment")
    .filter((attachment) => text(attachment, "role") === roleName)
    .map((attachment) => text(view.find("aws_iam_policy", ["arn"], text(attachment, "policy_arn")), "policy"));
}

/** Every text that a document allows as an action. A document that cannot be read names none. */
function actionsOf(document: string): readonly string[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(document);
  } catch {
    return [];
  }
  const statements = listOf(fieldOf(parsed, "Statement"));
  return statements
    .filter((statement) => fieldOf(statement, "Effect") === "Allow")
    .flatMap((statement) => listOf(fieldOf(statement, "Action")))
    .filter((action) => typeof action === "string");
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && name in value
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}
