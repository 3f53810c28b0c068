import { describe, expect, test } from "vitest";
import { ManualClock } from "../../clock/testing/manual-clock.ts";
import { readFaultFile } from "../../faults/fault-file.ts";
import { plantFaults } from "../../faults/planted-faults.ts";
import { output } from "../testing/call.ts";
import { entry, kinesis } from "../testing/kinesis.ts";

/** A stream on which the records named `late…` are reordered: overtaken 100 ms after their ack at the earliest, held for 1 s at most. */
function reordering(shards = 1, more: readonly Record<string, unknown>[] = []) {
  const late = { hop: "stream:orders", kind: "reorder", rate: 1, contains: "late", delayMs: [100, 1000] };
  const read = readFaultFile(JSON.stringify({ seed: 1, faults: [...more, late] }), "faults.json");
  if (read.kind === "error") throw new Error(read.error.message);
  const clock = new ManualClock();
  const faults = plantFaults(read.value, clock);
  const { service } = kinesis({ clock, faults, shards });
  const records = async (shard = 0) => {
    const at = { StreamName: "orders", ShardId: `shardId-00000000000${shard}`, ShardIteratorType: "TRIM_HORIZON" };
    const { ShardIterator } = await output(service, "GetShardIterator", at);
    const { Records } = await output(service, "GetRecords", { ShardIterator });
    return Array.isArray(Records) ? Records : [];
  };
  return {
    put: async (...keys: string[]) =>
      output(service, "PutRecords", { StreamName: "orders", Records: keys.map((key) => entry(key)) }),
    keys: async (shard = 0) => (await records(shard)).map(({ PartitionKey }) => PartitionKey),
    records,
    async pass(durationMs: number) {
      clock.advance(durationMs);
      // What a wait's end sets off comes in a later turn.
      await new Promise((resolve) => setImmediate(resolve));
    },
    reordered: () =>
      faults
        .ledger()
        .filter(({ kind }) => kind === "reorder")
        .flatMap(({ passages }) => passages),
  };
}

describe("a record that the stream reorders", () => {
  test("is acked at once, and is not there yet", async () => {
    const stream = reordering();
    expect(await stream.put("late")).toMatchObject({
      FailedRecordCount: 0,
      Records: [{ ShardId: "shardId-000000000000" }],
    });
    expect(await stream.keys()).toEqual([]);
    expect(stream.reordered()).toEqual([]);
  });

  test("stands behind the first record that was received long enough after its ack", async () => {
    const stream = reordering();
    await stream.put("a", "late", "b");
    await stream.pass(99);
    await stream.put("c");
    expect(await stream.keys()).toEqual(["a", "b", "c"]);
    await stream.pass(1);
    await stream.put("d", "e");
    expect(await stream.keys()).toEqual(["a", "b", "c", "d", "late", "e"]);
    expect(stream.reordered()).toEqual(["late"]);
  });

  test("has a sequence number above those before it, and another than it was acked with", async () => {
    const stream = reordering();
    const put = await stream.put("late");
    await stream.pass(100);
    await stream.put("a");
    const [first, second] = (await stream.records()).map(({ SequenceNumber }) => BigInt(SequenceNumber));
    expect(second).toBeGreaterThan(first ?? 0n);
    expect(put["Records"]).not.toMatchObject([{ SequenceNumber: String(second) }]);
  });

  test("is stored when its time is up; it is in the ledger where any record that came after its ack stands before it", async () => {
    const stream = reordering();
    await stream.put("late-1");
    await stream.pass(1000);
    expect(await stream.keys()).toEqual(["late-1"]);
    expect(stream.reordered()).toEqual([]);
    await stream.put("late-2");
    await stream.pass(10);
    await stream.put("a");
    await stream.pass(990);
    expect(await stream.keys()).toEqual(["late-1", "a", "late-2"]);
    expect(stream.reordered()).toEqual(["late-2"]);
  });

  test("is not overtaken by its own call, by what is held itself, dropped, or of another shard", async () => {
    const dropped = { hop: "stream:orders", kind: "drop", rate: 1, contains: "gone" };
    const stream = reordering(2, [dropped]);
    await stream.put("late-a", "b", "c", "d");
    await stream.pass(100);
    const shardOf = async (key: string) => ((await stream.keys(0)).includes(key) ? 0 : 1);
    const { Records } = await stream.put("late-b", "gone-1", "gone-2", "gone-3");
    expect(Records).toHaveLength(4);
    expect(stream.reordered()).toEqual([]);
    await stream.put(...Array.from({ length: 20 }, (_, index) => `e${index}`));
    expect(stream.reordered()).toEqual(["late-a"]);
    const keys = await stream.keys(await shardOf("late-a"));
    expect(keys.indexOf("late-a")).toBeGreaterThan(keys.findIndex((key) => String(key).startsWith("e")));
  });

  test("is stored once, though its time is up later", async () => {
    const stream = reordering();
    await stream.put("late");
    await stream.pass(100);
    await stream.put("a");
    await stream.pass(2000);
    expect(await stream.keys()).toEqual(["a", "late"]);
  });
});
