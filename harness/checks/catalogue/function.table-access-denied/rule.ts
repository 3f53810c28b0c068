import type { Remedy } from "../../../model/finding.ts";
import type { Account } from "../../../model/settings/account.ts";
import type { TableSetting } from "../../../model/settings/data-setting.ts";
import { callOfFunction, throughService } from "../../iam/calls.ts";
import { type FunctionWithRole, keyUse, streamKeyUse } from "../../iam/key-use.ts";
import type { Denied } from "../../iam/request.ts";
import { decideOnTable, judgingWriter, tableArnOf, WRITING } from "../../iam/table-access.ts";
import { becauseOf, evidenceOf, mustBeDecided, passes, settingOf } from "../../judging.ts";
import { allowRole, together } from "../../remedy.ts";
import type { Broken, Judged, Rule, RuleContext } from "../../rule.ts";

/**
 * The function that writes to the table may write there, and use the table's key: DynamoDB decrypts it in the caller's name, for
 * writes too. Which of the writing actions the code calls no setting says: the pipeline may name them (`tableActions`), else a role
 * that may none of them is broken whatever it is.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html
 */
export const functionTableAccessDenied: Rule = {
  code: "function.table-access-denied",
  severity: "flow",
  title: "The function may write to its table",
  breaks: "The function runs, and DynamoDB answers AccessDeniedException: no item is written.",
  reads: ["function", "role", "table", "key"],
  needs: ["table"],
  remedy:
    "In the policy of the function's role, allow dynamodb:GetItem, PutItem, UpdateItem, DeleteItem, Query and Scan (BatchWriteItem where it writes batches) on the table's ARN, and kms:Decrypt on its key.",

  judge(account, context) {
    return judgingWriter(
      account,
      context,
      (writer) => judgeActions(writer, account, context) ?? judgeKey(writer, account, context),
    );
  },
};

/** Null where the role may write. */
function judgeActions(writer: FunctionWithRole, account: Account, context: RuleContext): Judged | null {
  const arn = tableArnOf(account, context);
  const { used, sufficient } = actionsOf(context);
  const decisions = used.map((action) => decideOnTable(writer, action, arn, context));
  const isAllowed = ({ kind }: (typeof decisions)[number]) => kind === "allowed";
  if (sufficient === "all" ? decisions.every(isAllowed) : decisions.some(isAllowed)) return null;
  mustBeDecided(decisions, `Whether ${writer.role.name} may write to ${arn}`);
  const denied = decisions.flatMap((decision) => (decision.kind === "denied" ? [decision] : []));
  return broken(
    writer,
    context,
    `${writer.role.name} may ${sufficient === "all" ? "not do all" : "none"} of ${used.join(", ")} on ${arn}: ${[...new Set(denied.map(becauseOf))].join("; ")}.`,
    denied.flatMap(evidenceOf),
    allowRole(writer.role.name, sufficient === "all" ? used : ["dynamodb:PutItem", "dynamodb:UpdateItem"], arn),
  );
}

/** What the pipeline says that the code calls; where it does not say, any way of writing will do. */
function actionsOf({ roles }: RuleContext): { readonly used: readonly string[]; readonly sufficient: "all" | "any" } {
  const named = roles.tableActions?.split(/[\s,]+/).filter((action) => action !== "") ?? [];
  return named.length > 0 ? { used: named, sufficient: "all" } : { used: WRITING, sufficient: "any" };
}

function judgeKey(writer: FunctionWithRole, account: Account, context: RuleContext): Judged | null {
  const { fn, role } = writer;
  const table = settingOf(account, "table", context.roles.table ?? "");
  const evidence = writableBy(writer, tableArnOf(account, context), context);
  const holds = passes(`The role of ${fn.name} may write to the table.`, evidence);
  if (table === null || table.keyArn === "" || table.keyArn.endsWith("alias/aws/dynamodb")) return holds;
  const key = settingOf(account, "key", table.keyArn);
  // A key that is gone or disabled stops more than this table.
  if (key === null) return null;
  const pairs = { "aws:dynamodb:tableName": table.name, "aws:dynamodb:subscriberId": context.accountId };
  const asked = { action: "kms:Decrypt", resourceArn: key.arn, context: throughService("dynamodb", pairs, context) };
  const use = keyUse(callOfFunction(role, fn, asked, context), role, key, account, context);
  if (use.kind === "allowed") return holds;
  if (use.kind === "principal-unresolved" || streamSaysSo(writer, table, account, context)) return null;
  return keyDenied(writer, table, use.denied, context);
}

/** Where the same role cannot use the same key for its stream either, that is one broken thing: `stream.key-unusable`. */
function streamSaysSo(writer: FunctionWithRole, table: TableSetting, account: Account, context: RuleContext): boolean {
  const { stream: name, consumerFunction } = context.roles;
  if (name === undefined || consumerFunction === undefined) return false;
  const stream = settingOf(account, "stream", name);
  if (stream === null || stream.keyArn !== table.keyArn) return false;
  const key = settingOf(account, "key", stream.keyArn);
  return key !== null && streamKeyUse("read", writer, stream.arn, key, account, context).kind !== "allowed";
}

function writableBy(writer: FunctionWithRole, tableArn: string, context: RuleContext): string[] {
  return WRITING.map((action) => `${action}: ${decideOnTable(writer, action, tableArn, context).kind}`);
}

function keyDenied(
  writer: FunctionWithRole,
  { name, keyArn }: TableSetting,
  denied: Denied,
  context: RuleContext,
): Broken {
  return broken(
    writer,
    context,
    `DynamoDB uses the key of ${name} in the name of ${writer.role.name}, and KMS denies it: ${becauseOf(denied)}.`,
    evidenceOf(denied),
    together([
      allowRole(writer.role.name, ["kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey", "kms:DescribeKey"], keyArn),
      { text: `In the key's policy allow the same to ${writer.role.arn} or the account's root.` },
    ]),
  );
}

function broken(
  { fn }: FunctionWithRole,
  { roles }: RuleContext,
  cause: string,
  evidence: readonly string[],
  remedy: Remedy,
): Broken {
  const statement = `The role of ${fn.name} may not write to the table.`;
  return {
    verdict: "fail",
    statement,
    evidence,
    cause,
    remedy,
    cuts: [roles.stream === undefined ? "function-table" : "consumer-table"],
  };
}
