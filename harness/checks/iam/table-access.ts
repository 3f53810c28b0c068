import { nameIn } from "../../model/resource-name.ts";
import type { Account } from "../../model/settings/account.ts";
import type { TableSetting } from "../../model/settings/data-setting.ts";
import { arnOf } from "../../model/settings/place.ts";
import { subjectOf } from "../../model/settings/subject.ts";
import { judging, settingOf } from "../judging.ts";
import type { Judged, RuleContext, RuleResult } from "../rule.ts";
import { callOfFunction } from "./calls.ts";
import { type FunctionWithRole, functionWithRole } from "./key-use.ts";
import { may } from "./may.ts";
import { policiesOfRole } from "./policies.ts";
import type { Decision } from "./request.ts";

/** What functions do to items. https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html */
export const WRITING = ["dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:BatchWriteItem"] as const;
export const ITEM_ACTIONS = [
  ...WRITING,
  "dynamodb:DeleteItem",
  "dynamodb:GetItem",
  "dynamodb:BatchGetItem",
  "dynamodb:Query",
  "dynamodb:Scan",
] as const;

/**
 * Judges the function that writes to the pipeline's sink: the consumer of its stream, or, where there is no stream, the function at
 * the entry. No result where there is no such function, or it or its role does not exist.
 */
export function judgingWriter(
  account: Account,
  { roles }: RuleContext,
  judge: (writer: FunctionWithRole) => Judged | null,
): readonly RuleResult[] {
  const name = roles.consumerFunction ?? (roles.stream === undefined ? roles.entryFunction : undefined);
  if (name === undefined) return [];
  return judging(`function ${nameIn(name)} on table ${nameIn(roles.table ?? "")}`, () => {
    const writer = functionWithRole(account, name);
    return writer === null ? null : judge(writer);
  });
}

export function decideOnTable(
  { fn, role }: FunctionWithRole,
  action: string,
  tableArn: string,
  context: RuleContext,
): Decision {
  return may(callOfFunction(role, fn, { action, resourceArn: tableArn }, context), policiesOfRole(role));
}

/** The ARN of the pipeline's table, which need not exist for it. */
export function tableArnOf(account: Account, context: RuleContext): string {
  const { table = "" } = context.roles;
  const looked: TableSetting | null = settingOf(account, "table", table);
  return looked?.arn ?? arnOf("dynamodb", `table/${subjectOf("table", table, context)}`, context);
}
