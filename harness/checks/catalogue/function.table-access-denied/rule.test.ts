import { asItIs, boundary, each, keyWith, rolePolicy } from "../../testing/change.ts";
import { describeRule } from "../../testing/describe-rule.ts";
import { ARNS, NAMES } from "../../testing/healthy-account.ts";
import { allow, keyAllow, type StatementJson } from "../../testing/policy-of.ts";
import { functionTableAccessDenied } from "./rule.ts";

const KEY = allow("kms:*", ARNS.key);
const content = (...statements: readonly StatementJson[]) => ({
  change: rolePolicy(ARNS.contentRole, KEY, ...statements),
});

describeRule(functionTableAccessDenied, {
  pipeline: "api",
  healthy: {
    "the reference stack": { change: asItIs },
    "just what the code calls": {
      ...content(allow("dynamodb:UpdateItem", ARNS.contentTable)),
      roles: { tableActions: "dynamodb:UpdateItem" },
    },
    "UpdateItem alone": content(allow("dynamodb:UpdateItem", ARNS.contentTable)),
    "all of DynamoDB on the table and its indexes": content(
      allow("dynamodb:*", [ARNS.contentTable, `${ARNS.contentTable}/index/*`]),
    ),
    "all but deleting tables": content({
      Effect: "Allow",
      NotAction: "dynamodb:DeleteTable",
      Resource: ARNS.contentTable,
    }),
    "two policies": {
      change: (a) => a.change("role", ARNS.contentRole, ({ policies }) => ({ policies: [...policies, ...policies] })),
    },
    "a table without a key of its own": {
      change: (a) => a.change("table", NAMES.contentTable, () => ({ keyArn: "" })),
    },
    "the table named by its ARN": { change: asItIs, roles: { table: ARNS.contentTable } },
    "the key's policy alone": {
      change: rolePolicy(ARNS.contentRole, allow("dynamodb:UpdateItem", ARNS.contentTable)),
    },
  },
  broken: {
    "PutItem where the code calls UpdateItem": {
      ...content(allow("dynamodb:PutItem", ARNS.contentTable)),
      roles: { tableActions: "dynamodb:UpdateItem" },
      cause: /may not do all of dynamodb:UpdateItem/,
    },
    "one of two actions that the code calls": {
      ...content(allow("dynamodb:UpdateItem", ARNS.contentTable)),
      roles: { tableActions: "dynamodb:UpdateItem dynamodb:Query" },
      cause: /may not do all of dynamodb:UpdateItem, dynamodb:Query/,
    },
    "no action at all": { ...content(), cause: /may none of dynamodb:PutItem/ },
    "reading alone": {
      ...content(allow(["dynamodb:GetItem", "dynamodb:Query"], ARNS.contentTable)),
      cause: /is about other actions/,
    },
    "another table": {
      ...content(allow("dynamodb:UpdateItem", ARNS.eventsTable)),
      cause: /is about .*events and not .*content/,
    },
    "another region's table": {
      ...content(allow("dynamodb:*", ARNS.contentTable.replace("us-east-1", "eu-west-1"))),
      cause: /eu-west-1/,
    },
    "the items and not the table": { ...content(allow("dynamodb:*", `${ARNS.contentTable}/*`)), cause: /may none of/ },
    "a deny": {
      ...content(allow("dynamodb:*", ARNS.contentTable), {
        Sid: "No",
        Effect: "Deny",
        Action: "dynamodb:*",
        Resource: "*",
      }),
      cause: /statement No .*denies it/,
    },
    "a boundary without DynamoDB": {
      change: boundary(ARNS.contentRole, allow(["kms:*", "s3:*", "logs:*"], "*")),
      cause: /permissions boundary/,
    },
    "a key that the role may not use": {
      change: each(
        rolePolicy(ARNS.contentRole, allow("dynamodb:*", ARNS.contentTable)),
        keyWith({ content: keyAllow({ AWS: ARNS.contentRole }, "kms:DescribeKey") }),
      ),
      cause: /DynamoDB uses the key of stackproof-dev-content in the name of .*content, and KMS denies it/,
    },
    "a key that the role may use through S3 alone": {
      change: each(
        rolePolicy(ARNS.contentRole, allow("dynamodb:*", ARNS.contentTable)),
        keyWith({
          content: keyAllow({ AWS: ARNS.contentRole }, "kms:*", {
            StringEquals: { "kms:ViaService": "s3.us-east-1.amazonaws.com" },
          }),
        }),
      ),
      cause: /kms:ViaService = s3/,
    },
  },
  unknown: {
    "a role that may not be read": {
      change: (a) => a.unread("role", ARNS.contentRole, "iam:ListRolePolicies"),
      remedy: /iam:ListRolePolicies/,
    },
    "a condition that no setting shows": {
      ...content({
        ...allow("dynamodb:*", ARNS.contentTable),
        Condition: { StringEquals: { "aws:ResourceTag/team": "a" } },
      }),
      remedy: /./,
    },
  },
});
