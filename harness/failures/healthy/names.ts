import { output } from "../../testing/state.ts";
import type { Variant } from "../variant.ts";

const ELSEWHERE = "eu-central-1";

/** The same stack under other names and in other places. */
export const OTHER_NAMES: readonly Variant[] = [
  {
    way: "another name",
    changes: [{ kind: "replace-text", pairs: [["stackproof-dev", "orders-prod"]] }],
  },
  {
    way: "another account",
    changes: [{ kind: "replace-text", pairs: [[output("account_id"), "210987654321"]] }],
  },
  {
    way: "another region",
    changes: [{ kind: "replace-text", pairs: [[output("region"), ELSEWHERE]] }],
  },
  {
    way: "another name, account and region",
    changes: [
      {
        kind: "replace-text",
        pairs: [
          ["stackproof-dev", "a7-telemetry"],
          [output("account_id"), "998877665544"],
          [output("region"), "ap-southeast-2"],
        ],
      },
    ],
  },
  {
    way: "functions of other names than their logs and zips",
    changes: [
      {
        kind: "replace-text",
        pairs: [
          [`function:${output("ingest_function_name")}`, "function:front-door"],
          [`"${output("ingest_function_name")}"`, '"front-door"'],
          [`/aws/lambda/${output("ingest_function_name")}`, "/aws/lambda/front-door"],
        ],
      },
    ],
  },
];
