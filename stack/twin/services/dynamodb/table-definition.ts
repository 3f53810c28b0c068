import type { Resource } from "../../state/twin-state.ts";

type Table = Resource<"tables">;

/** The CreateTable input for a table of the state. */
export function tableDefinition(table: Table): Record<string, unknown> {
  const provisioned = table.billing_mode !== "PAY_PER_REQUEST";
  return {
    TableName: table.name,
    AttributeDefinitions: table.attribute.map(({ name, type }) => ({ AttributeName: name, AttributeType: type })),
    KeySchema: keySchema(table.hash_key, table.range_key),
    BillingMode: provisioned ? "PROVISIONED" : "PAY_PER_REQUEST",
    ...throughput(provisioned, table),
    ...(table.global_secondary_index.length > 0 && {
      GlobalSecondaryIndexes: table.global_secondary_index.map((index) => ({
        IndexName: index.name,
        KeySchema: keySchema(index.hash_key, index.range_key),
        Projection: projection(index),
        ...throughput(provisioned, index),
      })),
    }),
    ...(table.local_secondary_index.length > 0 && {
      LocalSecondaryIndexes: table.local_secondary_index.map((index) => ({
        IndexName: index.name,
        KeySchema: keySchema(table.hash_key, index.range_key),
        Projection: projection(index),
      })),
    }),
  };
}

function keySchema(hashKey: string, rangeKey: string | undefined) {
  const hash = { AttributeName: hashKey, KeyType: "HASH" };
  return rangeKey === undefined ? [hash] : [hash, { AttributeName: rangeKey, KeyType: "RANGE" }];
}

function projection(index: { readonly projection_type: string; readonly non_key_attributes: readonly string[] }) {
  const { projection_type: ProjectionType, non_key_attributes } = index;
  return ProjectionType === "INCLUDE"
    ? { ProjectionType, NonKeyAttributes: [...non_key_attributes] }
    : { ProjectionType };
}

function throughput(provisioned: boolean, of: { readonly read_capacity: number; readonly write_capacity: number }) {
  if (!provisioned) return {};
  const ReadCapacityUnits = Math.max(1, of.read_capacity);
  return { ProvisionedThroughput: { ReadCapacityUnits, WriteCapacityUnits: Math.max(1, of.write_capacity) } };
}
