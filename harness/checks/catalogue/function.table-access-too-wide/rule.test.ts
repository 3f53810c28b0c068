import { asItIs, rolePolicy } from "../../testing/change.ts";
import { describeRule } from "../../testing/describe-rule.ts";
import { ARNS } from "../../testing/healthy-account.ts";
import { allow, type StatementJson } from "../../testing/policy-of.ts";
import { functionTableAccessTooWide } from "./rule.ts";

const KEY = allow("kms:*", ARNS.key);
const content = (...statements: readonly StatementJson[]) => ({
  change: rolePolicy(ARNS.contentRole, KEY, ...statements),
});
const ALL = ARNS.contentTable.replace(/table\/.*/, "table/*");

describeRule(functionTableAccessTooWide, {
  pipeline: "upload",
  healthy: {
    "the reference stack": { change: asItIs },
    "every action on the table": content(allow("dynamodb:*", ARNS.contentTable)),
    "the table and its indexes": content(allow("dynamodb:*", [ARNS.contentTable, `${ARNS.contentTable}/index/*`])),
    "a second table by name": content(allow("dynamodb:*", [ARNS.contentTable, ARNS.eventsTable])),
    "listing and describing everywhere": content(
      allow("dynamodb:*", ARNS.contentTable),
      allow(["dynamodb:ListTables", "dynamodb:DescribeTable"], "*"),
    ),
    "a wildcard that a deny narrows": content(allow("dynamodb:*", "*"), {
      Effect: "Deny",
      Action: "dynamodb:*",
      NotResource: ARNS.contentTable,
    }),
  },
  broken: {
    "every table": { ...content(allow("dynamodb:*", "*")), cause: /covers more than .*content: dynamodb:PutItem/ },
    "every table of the account": { ...content(allow("dynamodb:PutItem", ALL)), cause: /A wildcard/ },
    "tables that begin like this one": {
      ...content(allow("dynamodb:*", `${ARNS.contentTable}*`)),
      cause: /of-another-stack/,
    },
    "reading every table": {
      ...content(allow("dynamodb:UpdateItem", ARNS.contentTable), allow("dynamodb:Scan", "*")),
      cause: /dynamodb:Scan/,
    },
    "an administrator": { ...content(allow("*", "*")), cause: /A wildcard/ },
  },
  unknown: {
    "a role that may not be read": {
      change: (a) => a.unread("role", ARNS.contentRole, "iam:GetRolePolicy"),
      remedy: /iam:GetRolePolicy/,
    },
  },
});
