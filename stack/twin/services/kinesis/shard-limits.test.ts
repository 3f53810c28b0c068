import { describe, expect, test } from "vitest";
import { ManualClock } from "../../clock/testing/manual-clock.ts";
import type { PlantedLimits } from "../../limits/limit-file.ts";
import { createServiceLimits } from "../../limits/service-limits.ts";
import { call, output } from "../testing/call.ts";
import { entry, iterator, kinesis, StreamARN } from "../testing/kinesis.ts";

const role = { kind: "role", roleArn: "arn:aws:iam::111122223333:role/reader", sessionName: "mapping" } as const;

describe("a shard over its limit", () => {
  const limited = (planted: PlantedLimits, shards = 1) => {
    const clock = new ManualClock();
    return kinesis({ clock, shards, limits: createServiceLimits({ tables: [], functions: [] }, planted, clock) });
  };
  const rateExceeded = {
    ErrorCode: "ProvisionedThroughputExceededException",
    ErrorMessage: "Rate exceeded for shard shardId-000000000000 in stream orders under account 111122223333.",
  };

  test("fails only the entries that it does not admit, and counts them", async () => {
    const { service, sum } = limited({ shardRecordsPerSecond: 2 });
    const Records = ["a", "b", "c"].map((key) => entry(key));
    expect(await output(service, "PutRecords", { StreamName: "orders", Records })).toMatchObject({
      FailedRecordCount: 1,
      Records: [{ ShardId: "shardId-000000000000" }, { ShardId: "shardId-000000000000" }, rateExceeded],
    });
    expect(sum("WriteProvisionedThroughputExceeded")).toBe(1);
    expect(sum("PutRecords.ThrottledRecords")).toBe(1);
    expect(sum("IncomingRecords")).toBe(2);
    expect(sum("IncomingBytes")).toBe(4);
  });

  test("takes as much again a second later", async () => {
    const { service, clock } = limited({ shardRecordsPerSecond: 2 });
    const Records = Array.from({ length: 5 }, (_, index) => entry(`key-${index}`));
    const put = () => output(service, "PutRecords", { StreamName: "orders", Records });
    expect(await put()).toMatchObject({ FailedRecordCount: 3 });
    clock.advance(1000);
    expect(await put()).toMatchObject({ FailedRecordCount: 3 });
  });

  test("throttles by bytes too, key included", async () => {
    const { service } = limited({ shardBytesPerSecond: 100 });
    const Records = [entry("a", "x".repeat(60)), entry("b", "x".repeat(60)), entry("c", "x".repeat(38))];
    const answer = await output(service, "PutRecords", { StreamName: "orders", Records });
    expect(answer).toMatchObject({ FailedRecordCount: 1, Records: [{}, rateExceeded, {}] });
  });

  test("leaves the other shards alone", async () => {
    const { service } = limited({ shardRecordsPerSecond: 1 }, 2);
    const hashKeys = ["0", "1", "170141183460469231731687303715884105728"];
    const Records = hashKeys.map((ExplicitHashKey) => ({ ...entry("a"), ExplicitHashKey }));
    const answer = await output(service, "PutRecords", { StreamName: "orders", Records });
    expect(answer).toMatchObject({ FailedRecordCount: 1, Records: [{}, rateExceeded, {}] });
  });

  test("refuses a single record as a whole", async () => {
    const { service, sum } = limited({ shardRecordsPerSecond: 1 });
    await output(service, "PutRecord", { StreamName: "orders", ...entry("a") });
    expect(await call(service, "PutRecord", { StreamName: "orders", ...entry("b") })).toMatchObject({
      status: 400,
      code: rateExceeded.ErrorCode,
      message: rateExceeded.ErrorMessage,
    });
    expect(sum("PutRecord.Success")).toBe(1);
    expect(sum("WriteProvisionedThroughputExceeded")).toBe(1);
  });

  test("is read so often, by clients and mappings together", async () => {
    const { service, reader, sum } = limited({ shardReadsPerSecond: 2 });
    const ShardIterator = await iterator(service, { ShardIteratorType: "LATEST" });
    expect(reader.read(StreamARN, "shardId-000000000000", "0", 10, role).kind).toBe("records");
    await output(service, "GetRecords", { ShardIterator });
    expect(await call(service, "GetRecords", { ShardIterator })).toMatchObject({ code: rateExceeded.ErrorCode });
    expect(reader.read(StreamARN, "shardId-000000000000", "0", 10, role)).toEqual({ kind: "throttled" });
    expect(sum("ReadProvisionedThroughputExceeded")).toBe(2);
  });

  test("that gave out 10 MiB is not read for 5 s", async () => {
    const { service, clock } = limited({ shardBytesPerSecond: 1e9 });
    const Data = Buffer.alloc(1024 * 1024).toString("base64");
    for (let index = 0; index < 10; index++)
      await output(service, "PutRecord", { StreamName: "orders", Data, PartitionKey: "a" });
    const ShardIterator = await iterator(service, { ShardIteratorType: "TRIM_HORIZON" });
    await output(service, "GetRecords", { ShardIterator });
    clock.advance(4999);
    expect(await call(service, "GetRecords", { ShardIterator })).toMatchObject({ code: rateExceeded.ErrorCode });
    clock.advance(1);
    expect(await call(service, "GetRecords", { ShardIterator })).toMatchObject({ kind: "ok" });
  });
});
