import type { BatchWriteItemCommandInput } from "@aws-sdk/client-dynamodb";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fakeInvocation, sdkError } from "../shared/testing/fake-invocation.ts";
import { type ProcessorPorts, processorHandler } from "./handler.ts";

type BatchWriteItem = ProcessorPorts["batchWriteItem"];

/** A table that leaves an id's item unprocessed as often as the map says, and refuses what DynamoDB refuses. */
function table(unprocessed: ReadonlyMap<string, number> = new Map()) {
  const left = new Map(unprocessed);
  const items = new Map<string, { payload: string | undefined; sequence_number: string | undefined }>();
  const inputs: BatchWriteItemCommandInput[] = [];
  const batchWriteItem: BatchWriteItem = async (input) => {
    inputs.push(input);
    const requests = input.RequestItems?.["events"] ?? [];
    const idOf = (request: (typeof requests)[number]) => request.PutRequest?.Item?.["id"]?.S ?? "";
    if (requests.length < 1 || requests.length > 25 || new Set(requests.map(idOf)).size < requests.length) {
      throw sdkError("ValidationException", "1 to 25 requests with distinct keys");
    }
    const kept = requests.filter((request) => {
      const count = left.get(idOf(request)) ?? 0;
      left.set(idOf(request), count - 1);
      if (count > 0) return true;
      const item = request.PutRequest?.Item;
      items.set(idOf(request), { payload: item?.["payload"]?.S, sequence_number: item?.["sequence_number"]?.S });
      return false;
    });
    return kept.length === 0 ? {} : { UnprocessedItems: { events: kept } };
  };
  return { batchWriteItem, items, inputs };
}

const record = (sequenceNumber: number, data: string) => ({
  eventID: `shardId-000000000001:${sequenceNumber}`,
  kinesis: {
    sequenceNumber: String(sequenceNumber),
    partitionKey: "key",
    data: Buffer.from(data).toString("base64"),
    approximateArrivalTimestamp: 1795312740.5,
  },
});

async function invoke(records: readonly object[], batchWriteItem: BatchWriteItem) {
  const invocation = fakeInvocation();
  const handler = processorHandler({ ...invocation.ports, tableName: "events", batchWriteItem });
  const { batchItemFailures } = await handler({ Records: records }, invocation.context);
  return { failed: batchItemFailures.map(({ itemIdentifier }) => itemIdentifier), log: invocation.log(), invocation };
}

describe("processor", () => {
  test("writes an item per event, 25 to a call, and logs the ids of the shard", async () => {
    const { batchWriteItem, items, inputs } = table();
    const records = Array.from({ length: 60 }, (_, index) => record(index, `{"id":"e${index}"}`));
    const { failed, log } = await invoke(records, batchWriteItem);
    expect(failed).toEqual([]);
    expect(inputs.map(({ RequestItems }) => RequestItems?.["events"]?.length)).toEqual([25, 25, 10]);
    expect(items.get("e59")).toEqual({ payload: '{"id":"e59"}', sequence_number: "59" });
    const ids = records.map((_, index) => `e${index}`);
    expect(log).toEqual([
      { level: "info", message: "records written", requestId: "request-1", shardId: "shardId-000000000001", ids },
    ]);
  });

  test("writes the newest of the records that carry the same id, and logs each record", async () => {
    const { batchWriteItem, items, inputs } = table();
    const records = [record(1, '{"id":"a","n":1}'), record(2, '{"id":"b"}'), record(3, '{"id":"a","n":2}')];
    const { failed, log } = await invoke(records, batchWriteItem);
    expect(failed).toEqual([]);
    expect(inputs).toHaveLength(1);
    expect(items.get("a")).toEqual({ payload: '{"id":"a","n":2}', sequence_number: "3" });
    expect(log).toMatchObject([{ ids: ["a", "b", "a"] }]);
  });

  test("reports a record that it cannot decode, with shard and sequence number, and writes the others", async () => {
    const { batchWriteItem, items } = table();
    const { failed, log } = await invoke([record(1, "poison"), record(2, '{"id":"b"}')], batchWriteItem);
    expect(failed).toEqual(["1"]);
    expect([...items.keys()]).toEqual(["b"]);
    expect(log).toMatchObject([
      { level: "info", ids: ["b"] },
      { level: "error", error: "UndecodableRecord", shardId: "shardId-000000000001", sequenceNumber: "1", ids: [] },
    ]);
  });

  test("reports an item that is too large for the table without sending it", async () => {
    const { batchWriteItem, items } = table();
    const large = JSON.stringify({ id: "a", text: "x".repeat(410_000) });
    const { failed, log } = await invoke([record(1, '{"id":"a"}'), record(2, large)], batchWriteItem);
    expect(failed).toEqual(["2"]);
    expect(items.get("a")?.sequence_number).toBe("1");
    expect(log).toMatchObject([{ ids: ["a"] }, { error: "ItemTooLarge", sequenceNumber: "2", ids: ["a"] }]);
  });

  test("sends unprocessed items again, and only those", async () => {
    const { batchWriteItem, inputs } = table(new Map([["b", 2]]));
    const { failed, invocation } = await invoke([record(1, '{"id":"a"}'), record(2, '{"id":"b"}')], batchWriteItem);
    expect(failed).toEqual([]);
    expect(inputs.map(({ RequestItems }) => RequestItems?.["events"]?.length)).toEqual([2, 1, 1]);
    expect(invocation.sleptMs).toHaveLength(2);
  });

  test("sends again when the table throttles a whole call", async () => {
    const { batchWriteItem, items } = table();
    let calls = 0;
    const { failed } = await invoke([record(1, '{"id":"a"}')], async (input, timeoutMs) => {
      calls += 1;
      if (calls === 1) throw sdkError("ProvisionedThroughputExceededException", "too fast");
      return batchWriteItem(input, timeoutMs);
    });
    expect(failed).toEqual([]);
    expect([...items.keys()]).toEqual(["a"]);
  });

  test("reports every record when a call fails as a whole, with the service's error, and does not call again", async () => {
    let calls = 0;
    const { failed, log } = await invoke([record(1, '{"id":"a"}'), record(2, '{"id":"b"}')], async () => {
      calls += 1;
      throw sdkError("AccessDeniedException", "not authorized to perform: dynamodb:BatchWriteItem");
    });
    expect(failed).toEqual(["1", "2"]);
    expect(calls).toBe(1);
    expect(log).toMatchObject([
      { level: "error", error: "AccessDeniedException", sequenceNumber: "1", ids: ["a"] },
      { level: "error", error: "AccessDeniedException", sequenceNumber: "2", ids: ["b"] },
    ]);
  });

  test.each([{}, { Records: [{}] }, { Records: [{ eventID: "x", kinesis: {} }] }])("throws on %j", async (event) => {
    const { context, ports } = fakeInvocation();
    const handler = processorHandler({ ...ports, ...table(), tableName: "events" });
    await expect(handler(event, context)).rejects.toThrow("expected records of a Kinesis event source mapping");
  });

  test("takes an empty batch", async () => {
    expect(await invoke([], table().batchWriteItem)).toMatchObject({ failed: [], log: [{ level: "info", ids: [] }] });
  });

  test("has for every record of any batch either its event in the table or its number in the report, never both", async () => {
    const kinds = fc.oneof(
      { weight: 5, arbitrary: fc.record({ id: fc.constantFrom("a", "b", "c", "d", "e", "f", "__proto__") }) },
      { weight: 1, arbitrary: fc.constantFrom("poison", "[]", '{"id":5}') },
    );
    const batch = fc.array(kinds, { maxLength: 70 });
    const unprocessed = fc.dictionary(fc.constantFrom("a", "b", "c"), fc.nat(10));
    await fc.assert(
      fc.asyncProperty(batch, unprocessed, async (contents, rejections) => {
        const { batchWriteItem, items } = table(new Map(Object.entries(rejections)));
        const texts = contents.map((content) => (typeof content === "string" ? content : JSON.stringify(content)));
        const { failed, log } = await invoke(
          texts.map((text, index) => record(index, text)),
          batchWriteItem,
        );
        const expected = contents.flatMap((content, index) =>
          typeof content === "string" || !items.has(content.id) ? [String(index)] : [],
        );
        expect(failed).toEqual(expected);
        const logged = log.flatMap((line) => (isInfo(line) ? line.ids : []));
        expect(logged).toEqual(
          contents.flatMap((one) => (typeof one !== "string" && items.has(one.id) ? [one.id] : [])),
        );
        for (const [id, { sequence_number }] of items) {
          const newest = contents.findLastIndex((content) => typeof content !== "string" && content.id === id);
          expect(sequence_number).toBe(String(newest));
        }
      }),
      { numRuns: 100 },
    );
  });
});

function isInfo(line: unknown): line is { ids: string[] } {
  return typeof line === "object" && line !== null && "level" in line && line.level === "info";
}
