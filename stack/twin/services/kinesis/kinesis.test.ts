import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { FaultAction } from "../../model/ports.ts";
import { call, output } from "../testing/call.ts";
import { base64, entry, iterator, kinesis, StreamARN } from "../testing/kinesis.ts";

const keysOf = (read: Record<string, unknown>) =>
  Array.isArray(read["Records"]) ? read["Records"].map((record) => record.PartitionKey) : [];

describe("a stream's shards", () => {
  test("share the hash keys equally, the last one to the end", async () => {
    const { service } = kinesis({ shards: 3 });
    const { Shards } = await output(service, "ListShards", { StreamName: "orders" });
    expect(Shards).toMatchObject([
      { ShardId: "shardId-000000000000", HashKeyRange: { StartingHashKey: "0" } },
      { HashKeyRange: { StartingHashKey: "113427455640312821154458202477256070485" } },
      { HashKeyRange: { EndingHashKey: "340282366920938463463374607431768211455" } },
    ]);
  });

  test("are four where the stream is on demand", async () => {
    const { service } = kinesis({ onDemand: true });
    const { StreamDescriptionSummary } = await output(service, "DescribeStreamSummary", { StreamARN });
    expect(StreamDescriptionSummary).toMatchObject({ OpenShardCount: 4, EncryptionType: "KMS", KeyId: "alias/key" });
  });

  test("take the records whose MD5 falls into their range", async () => {
    const { service } = kinesis({ shards: 2 });
    const keys = Array.from({ length: 50 }, (_, index) => `key-${index}`);
    const { Records } = await output(service, "PutRecords", { StreamARN, Records: keys.map((key) => entry(key)) });
    const expected = keys.map((key) => {
      const firstByte = createHash("md5").update(key).digest()[0] ?? 0;
      return { ShardId: `shardId-00000000000${firstByte < 128 ? 0 : 1}` };
    });
    expect(Records).toMatchObject(expected);
  });

  test("obey an explicit hash key", async () => {
    const { service } = kinesis({ shards: 2 });
    const put = { StreamName: "orders", ...entry("a"), ExplicitHashKey: "340282366920938463463374607431768211455" };
    expect(await output(service, "PutRecord", put)).toMatchObject({ ShardId: "shardId-000000000001" });
  });

  test("are listed page by page", async () => {
    const { service } = kinesis({ shards: 3 });
    const first = await output(service, "ListShards", { StreamName: "orders", MaxResults: 2 });
    const second = await output(service, "ListShards", { NextToken: first["NextToken"] });
    expect(second).toMatchObject({ Shards: [{ ShardId: "shardId-000000000002" }] });
    expect(second).not.toHaveProperty("NextToken");
  });
});

describe("records", () => {
  test("come back as they were put, with sequence numbers of 56 digits that increase", async () => {
    const { service } = kinesis();
    const put = await output(service, "PutRecords", {
      StreamName: "orders",
      Records: [entry("a", "one"), entry("b", "two")],
    });
    const ShardIterator = await iterator(service, { ShardIteratorType: "TRIM_HORIZON" });
    const read = await output(service, "GetRecords", { ShardIterator });
    expect(read).toMatchObject({
      MillisBehindLatest: 0,
      Records: [
        { PartitionKey: "a", Data: base64("one"), EncryptionType: "KMS", ApproximateArrivalTimestamp: 1_800_000_000 },
        { PartitionKey: "b", Data: base64("two") },
      ],
    });
    const numbers = Array.isArray(put["Records"]) ? put["Records"].map((record) => record.SequenceNumber) : [];
    expect(numbers.every((number) => /^49\d{54}$/.test(number))).toBe(true);
    expect(BigInt(numbers[1])).toBeGreaterThan(BigInt(numbers[0]));
  });

  test("are read from every kind of iterator", async () => {
    const { service, clock } = kinesis();
    const numbers: string[] = [];
    for (const key of ["a", "b", "c"]) {
      numbers.push(
        String((await output(service, "PutRecord", { StreamName: "orders", ...entry(key) }))["SequenceNumber"]),
      );
      clock.advance(1000);
    }
    const latest = await iterator(service, { ShardIteratorType: "LATEST" });
    await output(service, "PutRecord", { StreamName: "orders", ...entry("d") });
    const read = async (more: Record<string, unknown>) =>
      keysOf(await output(service, "GetRecords", { ShardIterator: await iterator(service, more) }));
    const StartingSequenceNumber = numbers[1];
    expect(await read({ ShardIteratorType: "AT_SEQUENCE_NUMBER", StartingSequenceNumber })).toEqual(["b", "c", "d"]);
    expect(await read({ ShardIteratorType: "AFTER_SEQUENCE_NUMBER", StartingSequenceNumber })).toEqual(["c", "d"]);
    expect(await read({ ShardIteratorType: "AT_TIMESTAMP", Timestamp: 1_800_000_001.5 })).toEqual(["c", "d"]);
    expect(keysOf(await output(service, "GetRecords", { ShardIterator: latest }))).toEqual(["d"]);
  });

  test("say how far behind a page ends", async () => {
    const { service, clock } = kinesis();
    await output(service, "PutRecords", { StreamName: "orders", Records: [entry("a"), entry("b")] });
    clock.advance(5000);
    const ShardIterator = await iterator(service, { ShardIteratorType: "TRIM_HORIZON" });
    const first = await output(service, "GetRecords", { ShardIterator, Limit: 1 });
    expect(first).toMatchObject({ MillisBehindLatest: 5000, Records: [{ PartitionKey: "a" }] });
    const second = await output(service, "GetRecords", { ShardIterator: first["NextShardIterator"], Limit: 1 });
    expect(second).toMatchObject({ MillisBehindLatest: 0, Records: [{ PartitionKey: "b" }] });
  });

  test("are gone when their retention has ended", async () => {
    const { service, clock } = kinesis();
    await output(service, "PutRecord", { StreamName: "orders", ...entry("old") });
    clock.advance(25 * 3_600_000);
    await output(service, "PutRecord", { StreamName: "orders", ...entry("new") });
    const ShardIterator = await iterator(service, { ShardIteratorType: "TRIM_HORIZON" });
    expect(keysOf(await output(service, "GetRecords", { ShardIterator }))).toEqual(["new"]);
  });

  test("are refused over the limits of one call", async () => {
    const { service } = kinesis();
    const tooMany = { StreamName: "orders", Records: Array.from({ length: 501 }, () => entry("a")) };
    const tooLarge = { StreamName: "orders", Records: [entry("a", "x".repeat(1024 * 1024 + 1))] };
    const tooMuch = {
      StreamName: "orders",
      Records: Array.from({ length: 6 }, () => entry("a", "x".repeat(1024 * 1024))),
    };
    expect(await call(service, "PutRecords", tooMany)).toMatchObject({ code: "ValidationException" });
    expect(await call(service, "PutRecords", tooLarge)).toMatchObject({ code: "ValidationException" });
    expect(await call(service, "PutRecords", tooMuch)).toMatchObject({ code: "InvalidArgumentException" });
  });
});

describe("an iterator", () => {
  test("expires after five minutes", async () => {
    const { service, clock } = kinesis();
    const ShardIterator = await iterator(service, { ShardIteratorType: "LATEST" });
    clock.advance(300_000);
    expect(await call(service, "GetRecords", { ShardIterator })).toMatchObject({ kind: "ok" });
    clock.advance(1);
    expect(await call(service, "GetRecords", { ShardIterator })).toMatchObject({ code: "ExpiredIteratorException" });
  });

  test("that is none, or of a shard that is none, is refused", async () => {
    const { service } = kinesis();
    expect(await call(service, "GetRecords", { ShardIterator: "AAAA" })).toMatchObject({
      code: "InvalidArgumentException",
    });
    const input = { StreamName: "orders", ShardId: "shardId-000000000009", ShardIteratorType: "LATEST" };
    expect(await call(service, "GetShardIterator", input)).toMatchObject({ code: "ResourceNotFoundException" });
  });

  test("does not start at another shard's sequence number", async () => {
    const { service } = kinesis({ shards: 2 });
    const put = { StreamName: "orders", ...entry("a"), ExplicitHashKey: "340282366920938463463374607431768211455" };
    const { SequenceNumber: StartingSequenceNumber } = await output(service, "PutRecord", put);
    const input = { StreamName: "orders", ShardId: "shardId-000000000000", StartingSequenceNumber };
    const answer = await call(service, "GetShardIterator", { ...input, ShardIteratorType: "AT_SEQUENCE_NUMBER" });
    expect(answer).toMatchObject({ code: "InvalidArgumentException" });
  });
});

describe("the stream's metrics", () => {
  test("count what came in and what went out", async () => {
    const { service, sum, samples } = kinesis();
    await output(service, "PutRecords", { StreamName: "orders", Records: [entry("a", "12345"), entry("b", "123")] });
    const ShardIterator = await iterator(service, { ShardIteratorType: "TRIM_HORIZON" });
    await output(service, "GetRecords", { ShardIterator });
    expect(sum("IncomingRecords")).toBe(2);
    expect(sum("IncomingBytes")).toBe(10);
    expect(sum("PutRecords.TotalRecords")).toBe(2);
    expect(sum("GetRecords.Records")).toBe(2);
    expect(samples.every(({ dimensions }) => dimensions["StreamName"] === "orders")).toBe(true);
  });

  test("show the age of the last record read", async () => {
    const { service, clock, sum } = kinesis();
    await output(service, "PutRecord", { StreamName: "orders", ...entry("a") });
    clock.advance(7000);
    await output(service, "GetRecords", {
      ShardIterator: await iterator(service, { ShardIteratorType: "TRIM_HORIZON" }),
    });
    expect(sum("GetRecords.IteratorAgeMilliseconds")).toBe(7000);
  });
});

describe("a planted fault", () => {
  const planted = (action: FaultAction) => kinesis({ faults: { actionAt: () => action } });

  async function putAndRead({ service }: ReturnType<typeof kinesis>) {
    const put = await output(service, "PutRecords", { StreamName: "orders", Records: [entry("a")] });
    const ShardIterator = await iterator(service, { ShardIteratorType: "TRIM_HORIZON" });
    return { put, keys: keysOf(await output(service, "GetRecords", { ShardIterator })) };
  }

  test("that drops a record still acknowledges it", async () => {
    const { put, keys } = await putAndRead(planted({ kind: "drop" }));
    expect(put).toMatchObject({ FailedRecordCount: 0 });
    expect(keys).toEqual([]);
  });

  test("that duplicates a record stores it twice", async () => {
    expect((await putAndRead(planted({ kind: "duplicate" }))).keys).toEqual(["a", "a"]);
  });

  test("that fails a record names its error", async () => {
    const { put, keys } = await putAndRead(planted({ kind: "error", code: "InternalFailure" }));
    expect(put).toMatchObject({ FailedRecordCount: 1, Records: [{ ErrorCode: "InternalFailure" }] });
    expect(keys).toEqual([]);
  });
});

describe("who may not", () => {
  test("is told who, what and where", async () => {
    const { service } = kinesis({
      authorizer: { decide: () => ({ allowed: false, reason: "because no policy allows it" }) },
    });
    const answer = await call(service, "PutRecord", { StreamName: "orders", ...entry("a") });
    expect(answer).toEqual({
      kind: "error",
      status: 400,
      code: "AccessDeniedException",
      message: `User: arn:aws:iam::111122223333:user/tester is not authorized to perform: kinesis:PutRecord on resource: ${StreamARN} because no policy allows it`,
    });
  });
});
