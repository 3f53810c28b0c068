import { describe, expect, it } from "vitest";
import { askStack } from "../testing/asked-stack.ts";
import { denied, noIdentityPolicy, nothing, rolePolicy, table } from "../testing/changes.ts";
import {
  accountId,
  arn,
  exampleResources,
  keyArn,
  otherAccountId,
  region,
  tableArn,
  withFunction,
} from "../testing/example-stack.ts";
import { allow, deny } from "../testing/policy-text.ts";

for (const action of ["GetItem", "PutItem", "UpdateItem", "Query"]) {
  table(`B2: the function's dynamodb:${action}`, (stack) => stack.tableTakes(`dynamodb:${action}`), [
    ["is allowed by the table's ARN", nothing, "allowed"],
    [
      "is not by PutObject alone",
      rolePolicy("content", allow("kms:*", "*"), allow("dynamodb:BatchGetItem", tableArn)),
      noIdentityPolicy,
    ],
  ]);
}

table("B2: the function updates the table", (stack) => stack.tableTakes("dynamodb:UpdateItem"), [
  ["with a wildcard over actions", rolePolicy("content", allow(["dynamodb:*Item", "kms:*"], "*")), "allowed"],
  [
    "with a wildcard over tables",
    rolePolicy("content", allow(["dynamodb:*", "kms:Decrypt"], [arn("dynamodb", "table/*"), keyArn])),
    "allowed",
  ],
  [
    "with NotAction that leaves it in",
    rolePolicy("content", { Effect: "Allow", NotAction: ["iam:*", "dynamodb:DeleteTable"], Resource: "*" }),
    "allowed",
  ],
  [
    "not with NotAction that leaves it out",
    rolePolicy("content", { Effect: "Allow", NotAction: "dynamodb:*", Resource: "*" }),
    noIdentityPolicy,
  ],
  [
    "not with PutItem alone",
    rolePolicy("content", allow("dynamodb:PutItem", tableArn), allow("kms:*", "*")),
    noIdentityPolicy,
  ],
  [
    "not on its indexes alone",
    rolePolicy("content", allow("dynamodb:*", `${tableArn}/index/*`), allow("kms:*", "*")),
    noIdentityPolicy,
  ],
  [
    "not in another region",
    rolePolicy("content", allow("dynamodb:*", tableArn.replace(region, "us-east-1")), allow("kms:*", "*")),
    noIdentityPolicy,
  ],
  [
    "not in another account",
    rolePolicy("content", allow("dynamodb:*", tableArn.replace(accountId, otherAccountId)), allow("kms:*", "*")),
    noIdentityPolicy,
  ],
  ["not against a deny of writes", rolePolicy("content", allow("*", "*"), deny("dynamodb:Update*", "*")), denied],
  [
    "not against a deny of all but another table",
    rolePolicy("content", allow("*", "*"), { Effect: "Deny", Action: "dynamodb:*", NotResource: `${tableArn}-other` }),
    denied,
  ],
  [
    "not without kms:Decrypt on the table's key",
    rolePolicy("content", allow("dynamodb:*", tableArn)),
    noIdentityPolicy,
  ],
  [
    "not with a policy that AWS refuses",
    rolePolicy("content", { Effect: "Allow", Actions: "dynamodb:*", Resource: "*" }),
    noIdentityPolicy,
  ],
]);

describe("an unrelated function", () => {
  it("changes nothing for the others", () => {
    const resources = { ...exampleResources(), ...withFunction("unrelated", [deny("*", "*")]) };
    expect(askStack(resources).producerPuts()).toBe("allowed");
  });
});
