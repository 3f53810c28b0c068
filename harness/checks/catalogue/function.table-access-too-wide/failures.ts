import { ACCOUNT, REGION, ROLE } from "../../../failures/names.ts";
import type { Row } from "../../../failures/variant.ts";
import { rolePolicy, setting } from "../../../testing/policies.ts";

const table = (name: string) => `arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/${name}`;

export const functionTableAccessTooWide: Row = {
  code: "function.table-access-too-wide",
  variants: [
    {
      way: "the role may use every table",
      changes: [rolePolicy(ROLE.content, setting("UseTable", { Resource: "*" }))],
      cause: "wildcard",
      stops: [],
    },
    {
      way: "the role may use every table of the account",
      changes: [rolePolicy(ROLE.content, setting("UseTable", { Resource: table("*") }))],
      only: "api-*",
      cause: "wildcard",
      stops: [],
    },
    {
      way: "the consumer's role may use every table whose name starts like its own",
      changes: [rolePolicy(ROLE.processor, setting("WriteEvents", { Resource: table("stackproof-*") }))],
      only: "alb-*",
      cause: "wildcard",
      stops: [],
    },
  ],
};
