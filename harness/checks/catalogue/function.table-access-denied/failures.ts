import { breaking, type Failures } from "../../../failures/variant.ts";
import { ACCOUNT_ID, REGION, ROLE } from "../../../testing/names.ts";
import { adding, rolePolicy, setting, without } from "../../../testing/policies.ts";
import { output } from "../../../testing/state.ts";

const API_STOPS = ["entry.failing at api-to-table / entry"];
const BOTH_STOP = [...API_STOPS, "event.lost at upload-to-table / item"];
const EVENTS_STOP = ["event.lost at alb-to-table / processor log"];

const content = breaking({
  only: "api-*",
  stops: API_STOPS,
});
const processor = breaking({
  only: "alb-*",
  stops: EVENTS_STOP,
  // The processor names the records that it could not write, one by one.
  mayStop: ["event.lost at alb-to-table / item"],
});

export const failures: Failures = {
  variants: [
    {
      way: "the role may not use the table at all",
      changes: [rolePolicy(ROLE.content, without("UseTable"))],
      cause: "dynamodb:UpdateItem",
      stops: BOTH_STOP,
    },
    content(
      "the role may put items, and the code updates them",
      "dynamodb:UpdateItem",
      rolePolicy(ROLE.content, setting("UseTable", { Action: "dynamodb:PutItem" })),
    ),
    content(
      "the role may only read the table",
      "dynamodb:UpdateItem",
      rolePolicy(
        ROLE.content,
        setting("UseTable", { Action: ["dynamodb:GetItem", "dynamodb:Query", "dynamodb:Scan"] }),
      ),
    ),
    content(
      "the role may use another table alone",
      "dynamodb:UpdateItem",
      rolePolicy(
        ROLE.content,
        setting("UseTable", {
          Resource: `arn:aws:dynamodb:${REGION}:${ACCOUNT_ID}:table/${output("content_table_name")}-2`,
        }),
      ),
    ),
    content(
      "the role is denied to write to any table",
      "NoWrites",
      rolePolicy(
        ROLE.content,
        adding({
          Sid: "NoWrites",
          Effect: "Deny",
          Action: ["dynamodb:*Item"],
          Resource: "*",
        }),
      ),
    ),
    processor(
      "the role may put single items, and the code writes batches",
      "dynamodb:BatchWriteItem",
      rolePolicy(ROLE.processor, setting("WriteEvents", { Action: "dynamodb:PutItem" })),
    ),
    processor(
      "the consumer's role may not use the table at all",
      "dynamodb:BatchWriteItem",
      rolePolicy(ROLE.processor, without("WriteEvents")),
    ),
  ],
};
