import type { Authorizer, Clock, FaultPlan, MetricSink, ServiceLimits } from "../../model/ports.ts";
import type { Home } from "../../state/home.ts";
import type { Resource } from "../../state/index.ts";
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
