import { afterEach, describe, expect, it } from "vitest";
import { rememberingPorts } from "../lambda/testing/test-ports.ts";
import type { Clock, FaultAction, InvokeOutcome, Principal } from "../model/ports.ts";
import { laneOf } from "./consume-shard.ts";
import { type EventSourceMappingConfig, type EventSourceMappings, startEventSourceMappings } from "./index.ts";
import { mappingConfig } from "./testing/test-mapping.ts";
import { recordsOf, streamInMemory } from "./testing/test-stream.ts";

interface Invocation {
  readonly keys: string[];
  readonly event: { Records: { kinesis: { partitionKey: string; data: string }; eventID: string }[] };
  readonly invokedBy: Principal;
}

/** Waiting takes no time, but for the batching window, which ends when a test says so. */
function testClock() {
  let endWindow: () => void = () => {};
  const clock: Clock = {
    nowMs: () => 1_700_000_000_500,
    wait: (durationMs, signal) =>
      new Promise((resolve) => {
        if (durationMs < 30_000 || signal.aborted) setImmediate(resolve);
        else {
          endWindow = resolve;
          signal.addEventListener("abort", () => resolve(), { once: true });
        }
      }),
  };
  return { clock, endWindow: () => endWindow() };
}

let mappings: EventSourceMappings | undefined;
afterEach(() => mappings?.close());

function start(
  config: Partial<EventSourceMappingConfig>,
  answer: (keys: string[], invocation: number) => unknown = () => null,
  faultOf: (key: string) => FaultAction = () => ({ kind: "none" }),
) {
  const ports = rememberingPorts();
  const stream = streamInMemory();
  const { clock, endWindow } = testClock();
  const invocations: Invocation[] = [];
  const objects: { bucket: string; key: string; body: string; writer: Principal }[] = [];
  let announce: () => void = () => {};
  const invoker = {
    invoke: async (_arn: string, payload: string, invokedBy: Principal): Promise<InvokeOutcome> => {
      const event = JSON.parse(payload);
      const keys = event.Records.map((record: Invocation["event"]["Records"][number]) => record.kinesis.partitionKey);
      invocations.push({ keys, event, invokedBy });
      const said = await answer(keys, invocations.length);
      announce();
      return said instanceof Error
        ? { kind: "failed", errorType: "Error", errorMessage: said.message, payload: "{}", durationMs: 1 }
        : { kind: "answered", payload: JSON.stringify(said ?? null), durationMs: 1 };
    },
    invokeLater: async () => "queued" as const,
  };
  const begin = () => {
    mappings = startEventSourceMappings([{ ...mappingConfig, ...config }], {
      clock,
      reader: stream,
      invoker,
      metrics: ports.metrics,
      objects: {
        putObject: async (object, writer) => {
          objects.push({ ...object, body: String(object.body), writer });
          return { kind: "stored" };
        },
      },
      faults: { actionAt: (_hop, passage) => faultOf(String(passage)) },
    });
    return mappings;
  };
  const put = (...keys: string[]) => {
    for (const record of recordsOf(keys)) stream.put(record);
  };
  const until = async (holds: () => boolean) => {
    while (!holds())
      await new Promise<void>((resolve) => {
        announce = resolve;
      });
  };
  return { ports, stream, objects, invocations, begin, put, until, endWindow };
}

describe("an event source mapping", () => {
  it("hands the records on as Kinesis events, read as the function's role", async () => {
    const { begin, put, until, invocations, stream } = start({});
    const started = begin();
    put("a", "b");
    await until(() => invocations.length === 1);
    expect(invocations[0]?.event.Records[1]).toEqual({
      kinesis: {
        kinesisSchemaVersion: "1.0",
        partitionKey: "b",
        sequenceNumber: "0000000002",
        data: Buffer.from('{"key":"b"}').toString("base64"),
        approximateArrivalTimestamp: 1_700_000_000,
      },
      eventSource: "aws:kinesis",
      eventVersion: "1.0",
      eventID: "shardId-000000000000:0000000002",
      eventName: "aws:kinesis:record",
      invokeIdentityArn: mappingConfig.functionRoleArn,
      awsRegion: "eu-central-1",
      eventSourceARN: mappingConfig.streamArn,
    });
    expect(invocations[0]?.invokedBy).toMatchObject({ kind: "service", service: "lambda.amazonaws.com" });
    expect(new Set(stream.readers)).toEqual(new Set([mappingConfig.functionRoleArn]));
    expect(started.statuses()).toEqual([
      { uuid: mappingConfig.uuid, state: "Enabled", lastProcessingResult: "OK", discardedRecords: 0 },
    ]);
  });

  it("tells how old the last record of the batch was", async () => {
    const { begin, put, until, invocations, ports } = start({});
    begin();
    put("a");
    await until(() => invocations.length === 1);
    expect(ports.samples).toContainEqual(
      expect.objectContaining({
        name: "IteratorAge",
        dimensions: { FunctionName: "subject" },
        value: 500,
        unit: "Milliseconds",
      }),
    );
  });

  it("starts behind what is there already with LATEST, and with the oldest with TRIM_HORIZON", async () => {
    for (const [kind, seen] of [
      ["latest", [["new"]]],
      ["trim-horizon", [["old", "new"]]],
    ] as const) {
      const { begin, put, until, invocations } = start({ startingPosition: { kind } });
      put("old");
      const started = begin();
      put("new");
      await until(() => invocations.length === 1);
      expect(invocations.map(({ keys }) => keys)).toEqual(seen);
      await started.close();
    }
  });

  it("does nothing while disabled", async () => {
    const { begin, put, stream } = start({ enabled: false, startingPosition: { kind: "trim-horizon" } });
    put("a");
    expect(begin().statuses()).toMatchObject([{ state: "Disabled", lastProcessingResult: "No records processed" }]);
    expect(stream.readers).toEqual([]);
  });

  it("cuts batches at the batch size", async () => {
    const { begin, put, until, invocations } = start({ batchSize: 2, startingPosition: { kind: "trim-horizon" } });
    put("a", "b", "c", "d", "e");
    begin();
    await until(() => invocations.length === 3);
    expect(invocations.map(({ keys }) => keys)).toEqual([["a", "b"], ["c", "d"], ["e"]]);
  });

  it("waits for a full batch or the end of the batching window", async () => {
    const { begin, put, until, invocations, endWindow } = start({
      batchSize: 2,
      maximumBatchingWindowSeconds: 30,
      startingPosition: { kind: "trim-horizon" },
    });
    put("a", "b", "c");
    begin();
    await until(() => invocations.length === 1);
    await new Promise((resolve) => setImmediate(resolve));
    expect(invocations.map(({ keys }) => keys)).toEqual([["a", "b"]]);
    endWindow();
    await until(() => invocations.length === 2);
    expect(invocations[1]?.keys).toEqual(["c"]);
  });

  it("lets a poison record block what comes after it", async () => {
    const { begin, put, until, invocations } = start(
      { batchSize: 1, startingPosition: { kind: "trim-horizon" } },
      ([key]) => (key === "poison" ? new Error("no") : null),
    );
    put("a", "poison", "b");
    const started = begin();
    await until(() => invocations.length >= 6);
    expect(invocations.slice(0, 6).map(({ keys }) => keys[0])).toEqual([
      "a",
      "poison",
      "poison",
      "poison",
      "poison",
      "poison",
    ]);
    await started.close();
    expect(invocations.some(({ keys }) => keys.includes("b"))).toBe(false);
  });

  it("counts what it gives up, and goes on", async () => {
    const { begin, put, until, invocations } = start(
      { batchSize: 1, maximumRetryAttempts: 1, startingPosition: { kind: "trim-horizon" } },
      ([key]) => (key === "poison" ? new Error("no") : null),
    );
    put("poison", "b");
    const started = begin();
    await until(() => invocations.length === 3);
    expect(invocations.map(({ keys }) => keys[0])).toEqual(["poison", "poison", "b"]);
    expect(started.statuses()).toMatchObject([{ discardedRecords: 1 }]);
  });

  it("puts what it gives up into its failure destination, as the function's role", async () => {
    const { begin, put, until, invocations, objects } = start(
      {
        batchSize: 2,
        maximumRetryAttempts: 0,
        onFailureDestinationArn: "arn:aws:s3:::failed",
        startingPosition: { kind: "trim-horizon" },
      },
      ([key]) => (key === "poison" ? new Error("no") : null),
    );
    put("poison", "b", "c");
    begin();
    await until(() => invocations.length === 2);
    expect(objects).toHaveLength(1);
    const [{ bucket, key, body, writer } = { bucket: "", key: "", body: "", writer: undefined }] = objects;
    expect(bucket).toBe("failed");
    expect(key).toMatch(
      new RegExp(
        `^aws/lambda/${mappingConfig.uuid}/shardId-000000000000/2023/11/14/2023-11-14T22\\.13\\.20-[0-9a-f-]{36}$`,
      ),
    );
    expect(writer).toMatchObject({ kind: "role", roleArn: mappingConfig.functionRoleArn });
    const record = JSON.parse(body);
    expect(record).toMatchObject({
      requestContext: { condition: "RetryAttemptsExhausted", approximateInvokeCount: 1 },
      KinesisBatchInfo: { batchSize: 2, startSequenceNumber: "0000000001", endSequenceNumber: "0000000002" },
    });
    expect(JSON.parse(record.payload).Records).toHaveLength(2);
  });

  it("runs lanes side by side, and the records of one key in order", async () => {
    const keys = ["k0", "k1", "k2", "k3"];
    const other = keys.find((key) => laneOf(key, 2) !== laneOf("k0", 2)) ?? "";
    let release: () => void = () => {};
    const blocked = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { begin, put, until, invocations } = start(
      { batchSize: 1, parallelizationFactor: 2, startingPosition: { kind: "trim-horizon" } },
      ([key]) => (key === "k0" ? blocked : null),
    );
    put("k0", other, other, "k0");
    begin();
    await until(() => invocations.filter(({ keys: [key] }) => key === other).length === 2);
    expect(invocations.filter(({ keys: [key] }) => key === "k0")).toHaveLength(1);
    release();
    await until(() => invocations.length === 4);
  });

  it("waits while its role may not read, and says so", async () => {
    const { begin, put, until, invocations, stream } = start({ startingPosition: { kind: "trim-horizon" } });
    stream.deny("no kinesis:GetRecords");
    put("a");
    const started = begin();
    while (stream.readers.length < 3) await new Promise((resolve) => setImmediate(resolve));
    expect(started.statuses()[0]?.lastProcessingResult).toMatch(/^PROBLEM: .*no kinesis:GetRecords$/);
    expect(invocations).toEqual([]);
    stream.deny(undefined);
    await until(() => invocations.length === 1);
  });

  it("says when its stream is not there", () => {
    const { begin } = start({ streamArn: "arn:aws:kinesis:eu-central-1:123456789012:stream/absent" });
    expect(begin().notes).toEqual([expect.stringContaining("stream/absent")]);
  });

  it("does with each record what is planted for it", async () => {
    const faults: Record<string, FaultAction> = {
      dropped: { kind: "drop" },
      twice: { kind: "duplicate" },
      late: { kind: "delay", delayMs: 5 },
      failing: { kind: "error", code: "X" },
    };
    const { begin, put, until, invocations } = start(
      { batchSize: 1, startingPosition: { kind: "trim-horizon" } },
      undefined,
      (key) => faults[key] ?? { kind: "none" },
    );
    put("a", "dropped", "twice", "late", "failing", "b");
    begin();
    await until(() => invocations.length === 6);
    expect(invocations.map(({ keys }) => keys[0])).toEqual(["a", "twice", "twice", "late", "failing", "b"]);
  });
});
