import { describe, expect, test } from "vitest";
import { allowEveryKey } from "../../authorization/testing/allow-everything.ts";
import { call, output } from "../testing/call.ts";
import { dynamoDb, Item, TableArn } from "../testing/dynamodb.ts";
import { home } from "../testing/ports.ts";
import { TableNotCreated } from "./dynamodb.ts";

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
