import { describe, expect, test } from "vitest";
import { allowEveryKey } from "../../authorization/allow-everything.ts";
import { ManualClock } from "../../clock/manual-clock.ts";
import { createServiceLimits } from "../../limits/service-limits.ts";
import { readState } from "../../state/index.ts";
import { call, output } from "../testing/call.ts";
import { home, testPorts } from "../testing/ports.ts";
import { createDynamoDb, TableNotCreated } from "./dynamodb.ts";

const TableArn = "arn:aws:dynamodb:eu-west-1:111122223333:table/orders";

function stateWith(table: Record<string, unknown>) {
  const values = {
    arn: TableArn,
    name: "orders",
    billing_mode: "PROVISIONED",
    hash_key: "id",
    read_capacity: 7,
    write_capacity: 9,
    attribute: [{ name: "id", type: "S" }],
    tags_all: { Team: "shop" },
    ...table,
  };
  const resources = [{ address: "aws_dynamodb_table.orders", mode: "managed", type: "aws_dynamodb_table", values }];
  const state = readState(
    JSON.stringify({ format_version: "1.0", values: { root_module: { resources } } }),
    "state.json",
  );
  if (state.kind === "error") throw new Error(state.error.message);
  return state.value;
}

async function dynamoDb(table: Record<string, unknown> = {}, given: Parameters<typeof testPorts>[0] = {}) {
  const ports = testPorts({ ...given });
  // Dynalite's timer for a new table is the machine's own.
  const clock = { nowMs: () => ports.clock.nowMs(), wait: () => new Promise<void>((resolve) => setImmediate(resolve)) };
  return { service: await createDynamoDb(stateWith(table), { ...ports, clock }), ...ports };
}

const Item = { id: { S: "a" }, note: { S: "x".repeat(1500) } };

describe("tables of the state", () => {
  test("are there at boot, with their capacity and their own ARN", async () => {
    const { service } = await dynamoDb();
    expect(await output(service, "DescribeTable", { TableName: "orders" })).toMatchObject({
      Table: {
        TableArn,
        TableStatus: "ACTIVE",
        KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
        ProvisionedThroughput: { ReadCapacityUnits: 7, WriteCapacityUnits: 9 },
      },
    });
    expect(await output(service, "ListTables", {})).toEqual({ TableNames: ["orders"] });
  });

  test("may be on demand and have indexes", async () => {
    const { service } = await dynamoDb({
      billing_mode: "PAY_PER_REQUEST",
      attribute: [
        { name: "id", type: "S" },
        { name: "day", type: "S" },
      ],
      global_secondary_index: [{ name: "by-day", hash_key: "day", projection_type: "KEYS_ONLY" }],
    });
    expect(await output(service, "DescribeTable", { TableName: TableArn })).toMatchObject({
      Table: {
        BillingModeSummary: { BillingMode: "PAY_PER_REQUEST" },
        GlobalSecondaryIndexes: [{ IndexName: "by-day", IndexStatus: "ACTIVE" }],
      },
    });
  });

  test("that cannot be made are named with the reason", async () => {
    const made = dynamoDb({ attribute: [{ name: "other", type: "S" }] });
    await expect(made).rejects.toBeInstanceOf(TableNotCreated);
    await expect(made).rejects.toMatchObject({ address: "aws_dynamodb_table.orders" });
  });
});

describe("what dynalite lacks comes from the state", () => {
  test("encryption with a key", async () => {
    const { service } = await dynamoDb({ server_side_encryption: [{ enabled: true, kms_key_arn: "arn:key" }] });
    expect(await output(service, "DescribeTable", { TableName: "orders" })).toMatchObject({
      Table: { SSEDescription: { Status: "ENABLED", SSEType: "KMS", KMSMasterKeyArn: "arn:key" } },
    });
  });

  test.each([
    [[{ enabled: true }], "ENABLED"],
    [[{ enabled: false }], "DISABLED"],
    [[], "DISABLED"],
  ])("point-in-time recovery %j is %s", async (point_in_time_recovery, PointInTimeRecoveryStatus) => {
    const { service } = await dynamoDb({ point_in_time_recovery });
    expect(await output(service, "DescribeContinuousBackups", { TableName: "orders" })).toMatchObject({
      ContinuousBackupsDescription: { PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus } },
    });
  });

  test("time to live, and tags", async () => {
    const { service } = await dynamoDb({ ttl: [{ enabled: true, attribute_name: "expires_at" }] });
    expect(await output(service, "DescribeTimeToLive", { TableName: "orders" })).toEqual({
      TimeToLiveDescription: { TimeToLiveStatus: "ENABLED", AttributeName: "expires_at" },
    });
    const tags = await output(service, "ListTagsOfResource", { ResourceArn: TableArn });
    expect(tags).toEqual({ Tags: [{ Key: "Team", Value: "shop" }] });
  });
});

describe("items", () => {
  test("are written and read, by the table's name or its ARN", async () => {
    const { service } = await dynamoDb();
    await output(service, "PutItem", { TableName: TableArn, Item });
    expect(await output(service, "GetItem", { TableName: "orders", Key: { id: { S: "a" } } })).toEqual({ Item });
  });

  test("are counted up by UpdateItem", async () => {
    const { service } = await dynamoDb();
    const update = {
      TableName: "orders",
      Key: { id: { S: "a" } },
      UpdateExpression: "SET #s = :s ADD deliveries :one",
      ExpressionAttributeNames: { "#s": "source" },
      ExpressionAttributeValues: { ":s": { S: "api" }, ":one": { N: "1" } },
      ReturnValues: "ALL_NEW",
    };
    await output(service, "UpdateItem", update);
    expect(await output(service, "UpdateItem", update)).toEqual({
      Attributes: { id: { S: "a" }, source: { S: "api" }, deliveries: { N: "2" } },
    });
  });

  test("are read in batches that name the table as the call did", async () => {
    const { service } = await dynamoDb();
    await output(service, "BatchWriteItem", { RequestItems: { orders: [{ PutRequest: { Item } }] } });
    const read = await output(service, "BatchGetItem", {
      RequestItems: { [TableArn]: { Keys: [{ id: { S: "a" } }] } },
    });
    expect(read).toEqual({ Responses: { [TableArn]: [Item] }, UnprocessedKeys: {} });
  });

  test("show the consumed capacity only to who asks", async () => {
    const { service } = await dynamoDb();
    const ReturnConsumedCapacity = "TOTAL";
    const ConsumedCapacity = { TableName: "orders", CapacityUnits: 2 };
    expect(await output(service, "PutItem", { TableName: "orders", Item })).toEqual({});
    expect(await output(service, "PutItem", { TableName: "orders", Item, ReturnConsumedCapacity })).toEqual({
      ConsumedCapacity,
    });
  });

  test("of a table that is not there are refused as DynamoDB does it", async () => {
    const { service } = await dynamoDb();
    const answer = await call(service, "GetItem", { TableName: "absent", Key: { id: { S: "a" } } });
    expect(answer).toMatchObject({ kind: "error", status: 400, code: "ResourceNotFoundException" });
  });

  test("with a wrong key are refused as DynamoDB does it", async () => {
    const { service } = await dynamoDb();
    const answer = await call(service, "PutItem", { TableName: "orders", Item: { id: { N: "1" } } });
    expect(answer).toMatchObject({ kind: "error", status: 400, code: "ValidationException" });
  });
});

describe("the table's metrics", () => {
  test("count consumed capacity and the latency of each operation", async () => {
    const { service, sum, samples } = await dynamoDb();
    await output(service, "PutItem", { TableName: "orders", Item });
    await output(service, "BatchWriteItem", { RequestItems: { orders: [{ PutRequest: { Item } }] } });
    await output(service, "GetItem", { TableName: "orders", Key: { id: { S: "a" } }, ConsistentRead: true });
    expect(sum("ConsumedWriteCapacityUnits")).toBe(4);
    expect(sum("ConsumedReadCapacityUnits")).toBe(1);
    const latencies = samples.filter(({ name }) => name === "SuccessfulRequestLatency");
    expect(latencies.map(({ dimensions }) => dimensions["Operation"])).toEqual([
      "PutItem",
      "BatchWriteItem",
      "GetItem",
    ]);
  });

  test("count conditions that failed", async () => {
    const { service, sum } = await dynamoDb();
    await output(service, "PutItem", { TableName: "orders", Item });
    const again = { TableName: "orders", Item, ConditionExpression: "attribute_not_exists(id)" };
    expect(await call(service, "PutItem", again)).toMatchObject({ code: "ConditionalCheckFailedException" });
    expect(sum("ConditionalCheckFailedRequests")).toBe(1);
  });
});

describe("a table over its capacity", () => {
  /** A table of these units, without a burst. */
  const limited = (capacity: { read_capacity?: number; write_capacity?: number; billing_mode?: string }) => {
    const clock = new ManualClock();
    const table = { name: "orders", billing_mode: "PROVISIONED", read_capacity: 5, write_capacity: 5, ...capacity };
    const limits = createServiceLimits(
      { tables: [table], functions: [] },
      { tableBurstSeconds: 0, onDemandWriteUnits: 2 },
      clock,
    );
    return dynamoDb(capacity, { limits, clock });
  };
  const put = (id: string, sizeBytes = 0) => ({
    TableName: "orders",
    Item: { id: { S: id }, v: { S: "x".repeat(sizeBytes) } },
  });
  const throttled = { status: 400, code: "ProvisionedThroughputExceededException" };

  test("refuses a write and counts it", async () => {
    const { service, sum, samples } = await limited({ write_capacity: 2 });
    await output(service, "PutItem", put("a"));
    await output(service, "PutItem", put("b"));
    expect(await call(service, "PutItem", put("c"))).toMatchObject(throttled);
    expect(sum("WriteThrottleEvents")).toBe(1);
    expect(sum("ConsumedWriteCapacityUnits")).toBe(2);
    expect(samples.find(({ name }) => name === "ThrottledRequests")).toMatchObject({
      dimensions: { TableName: "orders", Operation: "PutItem" },
      value: 1,
    });
    expect(samples.find(({ name }) => name === "ProvisionedWriteCapacityUnits")?.value).toBe(2);
  });

  test("has its capacity again a second later", async () => {
    const { service, clock } = await limited({ write_capacity: 1 });
    await output(service, "PutItem", put("a"));
    clock.advance(1000);
    await output(service, "PutItem", put("b"));
    expect(await call(service, "PutItem", put("c"))).toMatchObject(throttled);
  });

  const batchOf = ({ Item: item }: ReturnType<typeof put>) => ({
    RequestItems: { orders: [{ PutRequest: { Item: item } }] },
  });

  test.each([
    ["PutItem", put("a")],
    ["BatchWriteItem", batchOf(put("a"))],
  ])("counts each begun KiB of %s, of the larger of the old and the new item", async (operation, again) => {
    const { service } = await limited({ write_capacity: 8 });
    await output(service, "PutItem", put("a", 2500));
    await output(service, operation, again);
    await output(service, "PutItem", put("b", 500));
    await output(service, "PutItem", put("c", 500));
    expect(await call(service, "PutItem", put("d"))).toMatchObject(throttled);
  });

  test("counts a write whose condition does not hold, and none that is no valid request", async () => {
    const { service, sum } = await limited({ write_capacity: 2 });
    await output(service, "PutItem", put("a"));
    await call(service, "PutItem", { TableName: "orders", Item: { other: { S: "a" } } });
    const again = { ...put("a"), ConditionExpression: "attribute_not_exists(id)" };
    expect(await call(service, "PutItem", again)).toMatchObject({ code: "ConditionalCheckFailedException" });
    expect(await call(service, "PutItem", again)).toMatchObject(throttled);
    expect(sum("ConsumedWriteCapacityUnits")).toBe(2);
  });

  test("counts half a unit for 4 KiB that need not be consistent", async () => {
    const { service } = await limited({ read_capacity: 1 });
    const get = { TableName: "orders", Key: { id: { S: "a" } } };
    await output(service, "GetItem", get);
    await output(service, "GetItem", get);
    expect(await call(service, "GetItem", get)).toMatchObject(throttled);
  });

  test.each([
    ["GetItem", { TableName: "orders", Key: { id: { S: "a" } }, ConsistentRead: true }],
    ["BatchGetItem", { RequestItems: { orders: { Keys: [{ id: { S: "a" } }], ConsistentRead: true } } }],
  ])("owes what %s came to beyond what it seemed", async (operation, read) => {
    const { service, clock } = await limited({ read_capacity: 1, write_capacity: 20 });
    await output(service, "PutItem", put("a", 11_000));
    await output(service, operation, read);
    clock.advance(2999);
    expect(await call(service, operation, read)).toMatchObject(throttled);
    clock.advance(1);
    expect(await call(service, operation, read)).toMatchObject({ kind: "ok" });
  });

  test("leaves the requests of a batch unprocessed that it does not admit", async () => {
    const { service, sum } = await limited({ write_capacity: 1 });
    const requests = ["a", "b", "c"].map((id) => ({ PutRequest: { Item: { id: { S: id } } } }));
    const answer = await output(service, "BatchWriteItem", { RequestItems: { orders: requests } });
    expect(answer).toEqual({ UnprocessedItems: { orders: requests.slice(1) } });
    expect(sum("WriteThrottleEvents")).toBe(2);
    expect(sum("ThrottledRequests")).toBe(0);
    expect(await call(service, "BatchWriteItem", { RequestItems: { orders: requests } })).toMatchObject(throttled);
    expect(sum("ThrottledRequests")).toBe(1);
  });

  test("leaves the keys of a batch unprocessed that it does not admit", async () => {
    const { service, sum } = await limited({ read_capacity: 1 });
    const Keys = ["a", "b", "c"].map((id) => ({ id: { S: id } }));
    const batch = { RequestItems: { orders: { Keys } } };
    expect(await output(service, "BatchGetItem", batch)).toEqual({
      Responses: { orders: [] },
      UnprocessedKeys: { orders: { Keys: Keys.slice(2) } },
    });
    expect(sum("ReadThrottleEvents")).toBe(1);
    expect(await call(service, "BatchGetItem", batch)).toMatchObject(throttled);
  });

  test("on demand refuses in words of its own", async () => {
    const { service } = await limited({ billing_mode: "PAY_PER_REQUEST" });
    await output(service, "PutItem", put("a"));
    await output(service, "PutItem", put("b"));
    expect(await call(service, "PutItem", put("c"))).toMatchObject({ code: "ThrottlingException" });
  });
});

test("access is asked for on the table's ARN, index included", async () => {
  const asked: string[] = [];
  const authorizer = {
    decide: ({ action, resourceArn }: { action: string; resourceArn: string }) => {
      asked.push(`${action} ${resourceArn}`);
      return { allowed: true } as const;
    },
  };
  const { service } = await dynamoDb({}, { authorizer });
  await call(service, "Query", { TableName: "orders", IndexName: "by-day" });
  const expected = `arn:aws:dynamodb:${home.region}:${home.accountId}:table/orders/index/by-day`;
  expect(asked).toEqual([`dynamodb:Query ${expected}`]);
});

describe("a table whose key does not serve the caller", () => {
  const refusal = { status: 400, code: "AccessDeniedException", message: "KMS key access denied error" };
  const asked: { key: string; tableName: string }[] = [];
  const keys = {
    ...allowEveryKey,
    ofTable: (_principal: unknown, table: { key: string; tableName: string }) => {
      asked.push(table);
      return refusal;
    },
  };
  const encrypted = { server_side_encryption: [{ enabled: true, kms_key_arn: "arn:key" }] };
  const key = { id: { S: "a" } };

  test.each([
    ["GetItem", { TableName: "orders", Key: key }],
    ["PutItem", { TableName: "orders", Item: key }],
    ["BatchWriteItem", { RequestItems: { orders: [{ PutRequest: { Item: key } }] } }],
    ["BatchGetItem", { RequestItems: { orders: { Keys: [key] } } }],
  ])("refuses %s", async (operation, input) => {
    const { service } = await dynamoDb(encrypted, { keys });
    expect(await call(service, operation, input)).toEqual({ kind: "error", ...refusal });
    expect(asked.at(-1)).toEqual({ key: "arn:key", tableName: "orders" });
  });

  test("serves everybody where the key is AWS' own", async () => {
    const { service } = await dynamoDb({}, { keys });
    expect(await call(service, "GetItem", { TableName: "orders", Key: key })).toMatchObject({ kind: "ok" });
  });
});
