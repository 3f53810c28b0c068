import { describe, expect, test } from "vitest";
import { ManualClock } from "../../clock/testing/manual-clock.ts";
import { createServiceLimits } from "../../limits/service-limits.ts";
import { call, output } from "../testing/call.ts";
import { dynamoDb } from "../testing/dynamodb.ts";

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
