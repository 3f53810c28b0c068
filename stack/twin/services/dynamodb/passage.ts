import type { FaultAction } from "../../model/ports.ts";
import { type ErrorAnswer, failed } from "../answer.ts";
import type { DynamoDbParts } from "./dynamodb-parts.ts";
import { tableNameOf } from "./table-names.ts";

/** What becomes of one read or write of one item, once the planted fault and the table's capacity are asked. */
export type Passage =
  /** After `fault` has held it back; a duplicate is done twice. */
  | { readonly kind: "passes"; readonly fault: FaultAction }
  | { readonly kind: "lost" }
  | { readonly kind: "throttled" }
  | { readonly kind: "refused"; readonly error: ErrorAnswer };

/** `key` tells items apart: the hash key's value. */
export function passageOf(
  parts: DynamoDbParts,
  use: { readonly kind: "table-read" | "table-write"; readonly tableArn: string; readonly units: number },
  key: string,
): Passage {
  const hop = use.kind === "table-read" ? "table-read" : "table";
  const fault: FaultAction = parts.faults.actionAt(`${hop}:${tableNameOf(use.tableArn)}`, key);
  switch (fault.kind) {
    case "drop":
      return { kind: "lost" };
    case "throttle":
      return { kind: "throttled" };
    case "error":
      return { kind: "refused", error: failed(fault.code, "A planted fault refused this request.", 500) };
    case "none":
    case "duplicate":
    case "delay":
    case "reorder":
      if (!parts.limits.admit(use)) return { kind: "throttled" };
      return { kind: "passes", fault };
    default:
      return fault satisfies never;
  }
}

export const throughputExceeded: ErrorAnswer = failed(
  "ProvisionedThroughputExceededException",
  "The level of configured provisioned throughput for the table was exceeded. Consider increasing your provisioning " +
    "level with the UpdateTable API.",
);
