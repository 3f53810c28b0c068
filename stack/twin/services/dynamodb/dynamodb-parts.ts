import type { Authorizer, Clock, FaultPlan, KeyUses, MetricSink, Principal } from "../../model/ports.ts";
import type { ServiceLimits } from "../../model/service-limits.ts";
import type { Home } from "../../state/home.ts";
import type { Resource } from "../../state/twin-state.ts";
import { type ErrorAnswer, failed } from "../answer.ts";
import type { ItemStore } from "./item-store.ts";
import { tableNameOf } from "./table-names.ts";

/** What every operation of DynamoDB works with. */
export interface DynamoDbParts {
  readonly home: Home;
  readonly tables: ReadonlyMap<string, Resource<"tables">>;
  readonly items: ItemStore;
  readonly clock: Clock;
  readonly authorizer: Authorizer;
  readonly keys: KeyUses;
  readonly faults: FaultPlan;
  readonly limits: ServiceLimits;
  readonly metrics: MetricSink;
}

export function findTable(parts: DynamoDbParts, nameOrArn: string): Resource<"tables"> | ErrorAnswer {
  const name = tableNameOf(nameOrArn);
  return (
    parts.tables.get(name) ??
    failed("ResourceNotFoundException", `Requested resource not found: Table: ${name} not found`)
  );
}

/** Why the key of one of these tables does not serve this caller; undefined where all do, or they have none of their own. */
export function keyRefusal(
  parts: DynamoDbParts,
  principal: Principal,
  namesOrArns: readonly string[],
): ErrorAnswer | undefined {
  for (const nameOrArn of namesOrArns) {
    const tableName = tableNameOf(nameOrArn);
    const encryption = parts.tables.get(tableName)?.server_side_encryption;
    const key = encryption?.enabled === true ? encryption.kms_key_arn : undefined;
    const refused = key === undefined ? undefined : parts.keys.ofTable(principal, { key, tableName });
    if (refused !== undefined) return failed(refused.code, refused.message, refused.status);
  }
  return undefined;
}
