import type { Failures } from "../../../failures/variant.ts";
import { ACCOUNT_ID, REGION, ROLE } from "../../../testing/names.ts";
import { rolePolicy, setting } from "../../../testing/policies.ts";

const table = (name: string) => `arn:aws:dynamodb:${REGION}:${ACCOUNT_ID}:table/${name}`;

export const failures: Failures = {
  sharesRowWith: "function.table-access-denied",
  variants: [
    {
      way: "the role may use every table",
      changes: [rolePolicy(ROLE.content, setting("UseTable", { Resource: "*" }))],
      cause: "wildcard",
    },
    {
      way: "the role may use every table of the account",
      changes: [rolePolicy(ROLE.content, setting("UseTable", { Resource: table("*") }))],
      only: "api-*",
      cause: "wildcard",
    },
    {
      way: "the consumer's role may use every table whose name starts like its own",
      changes: [rolePolicy(ROLE.processor, setting("WriteEvents", { Resource: table("stackproof-*") }))],
      only: "alb-*",
      cause: "wildcard",
    },
  ],
};
