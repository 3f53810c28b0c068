import type { Account } from "../../model/settings/account.ts";
import type { TableSetting } from "../../model/settings/data-setting.ts";
import { arnOf } from "../../model/settings/place.ts";
import { subjectOf } from "../../model/settings/subject.ts";
import { settingOf } from "../judging.ts";
import type { RuleContext } from "../rule.ts";
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

/** The function that writes to the pipeline's sink: the consumer of its stream, or, where there is no stream, the function at the entry. */
export function writerName({ roles }: RuleContext): string | undefined {
  return roles.stream === undefined ? (roles.consumerFunction ?? roles.entryFunction) : roles.consumerFunction;
}

/** Null where the function or its role does not exist. @throws CannotTell */
export function tableWriter(account: Account, context: RuleContext): FunctionWithRole | null {
  const name = writerName(context);
  return name === undefined ? null : functionWithRole(account, name);
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
