import type { FaultAction } from "../../model/ports.ts";
import { type ErrorAnswer, failed } from "../answer.ts";
import type { DynamoDbParts } from "./dynamodb-parts.ts";

/** What becomes of one read or write of one item, once the planted fault and the table's capacity are asked. */
export type Passage =
  /** After `fault` has held it back; a duplicate is done twice. */
  | { readonly kind: "passes"; readonly fault: FaultAction }
  | { readonly kind: "lost" }
  | { readonly kind: "throttled" }
  | { readonly kind: "refused"; readonly error: ErrorAnswer };

/** What one use of a table takes of its capacity, as far as the request tells; the answer tells the rest. */
interface TableUse {
  readonly kind: "read" | "write";
  readonly tableName: string;
  readonly units: number;
}

/** Asks the planted fault, then the table's capacity. `key` tells items apart: the hash key's value. */
export function passageOf(parts: DynamoDbParts, { kind, tableName, units }: TableUse, key: string): Passage {
  const passage = plantedPassage(parts, kind, tableName, key);
  if (passage.kind !== "passes" || parts.limits.ofTable(tableName)[kind].admit(units)) return passage;
  return { kind: "throttled" };
}

/** Asks the planted fault alone. */
export function plantedPassage(
  parts: DynamoDbParts,
  kind: "read" | "write",
  tableName: string,
  passage: string,
): Passage {
  const hop = kind === "read" ? "table-read" : "table";
  const fault: FaultAction = parts.faults.actionAt(`${hop}:${tableName}`, passage);
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
      return { kind: "passes", fault };
    default:
      return fault satisfies never;
  }
}

const PROVISIONED_THROUGHPUT_EXCEEDED: ErrorAnswer = failed(
  "ProvisionedThroughputExceededException",
  "The level of configured provisioned throughput for the table was exceeded. Consider increasing your provisioning " +
    "level with the UpdateTable API.",
);

const ON_DEMAND_THROUGHPUT_EXCEEDED: ErrorAnswer = failed(
  "ThrottlingException",
  "Throughput exceeds the current capacity of your table or index. DynamoDB is automatically scaling your table or " +
    "index so please try again shortly. If exceptions persist, check if you have a hot key: " +
    "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html",
);

/** How a table refuses what is beyond its capacity: the two billing modes have errors of their own. */
export function throughputExceeded({ limits }: DynamoDbParts, tableName: string): ErrorAnswer {
  return limits.ofTable(tableName).mode === "on-demand"
    ? ON_DEMAND_THROUGHPUT_EXCEEDED
    : PROVISIONED_THROUGHPUT_EXCEEDED;
}

export function isThrottling({ code }: ErrorAnswer): boolean {
  return code === PROVISIONED_THROUGHPUT_EXCEEDED.code || code === ON_DEMAND_THROUGHPUT_EXCEEDED.code;
}
