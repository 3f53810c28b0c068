import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CloudWatchClient, GetMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import { DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import {
  GetRecordsCommand,
  GetShardIteratorCommand,
  KinesisClient,
  ListShardsCommand,
  PutRecordsCommand,
} from "@aws-sdk/client-kinesis";
import { GetAccountSettingsCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TemporaryFolder, temporaryFolder } from "./lambda/temporary-folder.ts";
import { type AskedTwin, askTwin } from "./testing/asked-twin.ts";
import type { Change } from "./testing/changed-snapshot.ts";
import { snapshotArgs, startTwin } from "./testing/twin-process.ts";

let folder: TemporaryFolder;
let files = 0;
const open: AskedTwin[] = [];

beforeAll(async () => {
  folder = await temporaryFolder("stackproof-limits-test-");
});

afterAll(async () => {
  await Promise.all(open.map((twin) => twin.end()));
  await folder.remove();
});

const soon = { timeout: 20_000, interval: 50 };
const idsOf = (word: string, count: number) =>
  Array.from({ length: count }, (_, index) => `sp-limits-${word}-${index}`);

async function limitFile(limits: unknown): Promise<string> {
  const path = join(folder.path, `limits-${++files}.json`);
  await writeFile(path, JSON.stringify(limits));
  return path;
}

/** A twin with these limits planted; each client tries once only. */
async function limitedTwin(limits: unknown, change?: Change) {
  const twin = await askTwin(change, ["--limits", await limitFile(limits)]);
  open.push(twin);
  const once = { ...twin.config, maxAttempts: 1 };
  return { ...twin, once };
}

async function metricSum(
  { config }: AskedTwin,
  Namespace: string,
  MetricName: string,
  dimensions: Record<string, string>,
): Promise<number> {
  const client = new CloudWatchClient(config);
  const Metric = {
    Namespace,
    MetricName,
    Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
  };
  const { MetricDataResults = [] } = await client.send(
    new GetMetricDataCommand({
      StartTime: new Date(Date.now() - 600_000),
      EndTime: new Date(Date.now() + 60_000),
      MetricDataQueries: [{ Id: "m", MetricStat: { Metric, Period: 60, Stat: "Sum" } }],
    }),
  );
  client.destroy();
  return (MetricDataResults[0]?.Values ?? []).reduce((sum, value) => sum + value, 0);
}

/** Does something so often, one after the other, and says how many seconds that took and with which errors it failed. */
async function repeat(times: number, act: (index: number) => Promise<unknown>) {
  const startedMs = performance.now();
  const errors: string[] = [];
  for (let index = 0; index < times; index++) {
    await act(index).catch((error: unknown) => errors.push(error instanceof Error ? error.name : String(error)));
  }
  return { errors, passed: times - errors.length, seconds: (performance.now() - startedMs) / 1000 };
}

const countBy = (values: readonly number[]) =>
  Object.fromEntries(
    [...new Set(values)].sort().map((value) => [value, values.filter((each) => each === value).length]),
  );

describe("a shard", () => {
  test("takes what a second allows of one call, and fails the other entries singly", async () => {
    const twin = await limitedTwin({ shardRecordsPerSecond: 20 });
    const client = new KinesisClient(twin.once);
    const StreamName = twin.output("stream_name");
    const Records = idsOf("shard", 100).map((id) => ({
      PartitionKey: "one",
      Data: Buffer.from(JSON.stringify({ id })),
    }));
    const answer = await client.send(new PutRecordsCommand({ StreamName, Records }));
    client.destroy();
    expect(answer.FailedRecordCount).toBe(80);
    expect(answer.Records?.at(-1)).toMatchObject({
      ErrorCode: "ProvisionedThroughputExceededException",
      ErrorMessage: expect.stringMatching(
        /^Rate exceeded for shard shardId-\d{12} in stream .+ under account \d{12}\.$/,
      ),
    });
    const sum = (name: string) => metricSum(twin, "AWS/Kinesis", name, { StreamName });
    await expect.poll(() => sum("WriteProvisionedThroughputExceeded"), soon).toBe(80);
    expect(await sum("IncomingRecords")).toBe(20);
    expect(await sum("PutRecords.ThrottledRecords")).toBe(80);
  });

  test("is read so often by all readers together", async () => {
    const twin = await limitedTwin({ shardReadsPerSecond: 1 });
    const client = new KinesisClient(twin.once);
    const StreamName = twin.output("stream_name");
    const { Shards = [] } = await client.send(new ListShardsCommand({ StreamName }));
    const place = { StreamName, ShardId: Shards[0]?.ShardId, ShardIteratorType: "LATEST" } as const;
    const { ShardIterator } = await client.send(new GetShardIteratorCommand(place));
    const { errors, passed, seconds } = await repeat(20, () => client.send(new GetRecordsCommand({ ShardIterator })));
    client.destroy();
    expect(new Set(errors)).toEqual(new Set(["ProvisionedThroughputExceededException"]));
    expect(passed).toBeLessThanOrEqual(1 + Math.ceil(seconds));
    const throttled = () => metricSum(twin, "AWS/Kinesis", "ReadProvisionedThroughputExceeded", { StreamName });
    await expect.poll(throttled, soon).toBeGreaterThanOrEqual(errors.length);
  });
});

describe("a table", () => {
  test("takes its burst and then its capacity", async () => {
    const twin = await limitedTwin({ tableBurstSeconds: 10 }, ({ setAt }) =>
      setAt("aws_dynamodb_table.events", { write_capacity: 1 }),
    );
    const TableName = twin.output("events_table_name");
    const client = new DynamoDBClient(twin.once);
    const put = (index: number) =>
      client.send(new PutItemCommand({ TableName, Item: { id: { S: `sp-limits-table-${index}` } } }));
    const { errors, passed, seconds } = await repeat(40, put);
    client.destroy();
    expect(new Set(errors)).toEqual(new Set(["ProvisionedThroughputExceededException"]));
    expect(passed).toBeGreaterThanOrEqual(10);
    expect(passed).toBeLessThanOrEqual(10 + Math.ceil(seconds));
    const sum = (name: string, more: Record<string, string> = {}) =>
      metricSum(twin, "AWS/DynamoDB", name, { TableName, ...more });
    await expect.poll(() => sum("WriteThrottleEvents"), soon).toBe(errors.length);
    expect(await sum("ThrottledRequests", { Operation: "PutItem" })).toBe(errors.length);
    expect(await sum("ConsumedWriteCapacityUnits")).toBe(passed);
  });

  test("that is too small makes the stream wait, and loses nothing of it", async () => {
    const twin = await limitedTwin({ tableBurstSeconds: 0 }, ({ setAt }) =>
      setAt("aws_dynamodb_table.events", { write_capacity: 10, read_capacity: 1000 }),
    );
    const ids = idsOf("slow", 40);
    expect((await twin.postEvents(ids)).status).toBe(202);
    const table = twin.output("events_table_name");
    await expect.poll(async () => (await twin.items(table, ids)).size, soon).toBe(ids.length);
    expect(await metricSum(twin, "AWS/DynamoDB", "WriteThrottleEvents", { TableName: table })).toBeGreaterThan(0);
  });
});

describe("a function", () => {
  /** The instance's upload at boot would take the content function up before a test does. */
  const withoutInstance: Change = ({ remove }) => remove("aws_instance.proof");
  /** One execution at a time, each longer than all requests of a test take to arrive. */
  const slow = (module: string, name: string): [unknown, Change] => [
    { functionDurationMs: { [name]: 2500 } },
    (changing) => {
      withoutInstance(changing);
      changing.setAt(`module.${module}.aws_lambda_function.this`, { reserved_concurrent_executions: 1 });
    },
  ];

  test.each([
    ["a load balancer", "ingest", "stackproof-dev-ingest", 502],
    ["an API", "content", "stackproof-dev-content", 500],
  ])("beyond its concurrency is throttled, which %s answers so", async (_entry, module, name, status) => {
    const twin = await limitedTwin(...slow(module, name));
    const post = (id: string) => (module === "ingest" ? twin.postEvents([id]) : twin.postDocument(id));
    const answers = await Promise.all(idsOf(module, 5).map(post));
    expect(countBy(answers.map((answer) => answer.status))).toEqual({
      [module === "ingest" ? 202 : 200]: 1,
      [status]: 4,
    });
    const sum = (metric: string) => metricSum(twin, "AWS/Lambda", metric, { FunctionName: name });
    await expect.poll(() => sum("Throttles"), soon).toBe(4);
    await expect.poll(() => sum("Duration"), soon).toBe(2500);
    expect(await sum("Invocations")).toBe(1);
  });

  test("that is throttled for a stream gets all its records later", async () => {
    const name = "stackproof-dev-processor";
    const twin = await limitedTwin({ functionDurationMs: { [name]: 300 } }, ({ setAt }) =>
      setAt("module.processor.aws_lambda_function.this", { reserved_concurrent_executions: 1 }),
    );
    const ids = idsOf("throttled", 40);
    expect((await twin.postEvents(ids)).status).toBe(202);
    const table = twin.output("events_table_name");
    await expect.poll(async () => (await twin.items(table, ids)).size, soon).toBe(ids.length);
    expect(await metricSum(twin, "AWS/Lambda", "Throttles", { FunctionName: name })).toBeGreaterThan(0);
    expect(await metricSum(twin, "AWS/Lambda", "Errors", { FunctionName: name })).toBe(0);
  });

  test("shares the account's planted concurrency, which the account's settings show", async () => {
    const durations = { "stackproof-dev-ingest": 2500, "stackproof-dev-content": 2500 };
    const twin = await limitedTwin({ accountConcurrency: 2, functionDurationMs: durations }, withoutInstance);
    const events = idsOf("account", 3).map((id) => twin.postEvents([id]));
    const documents = idsOf("account", 3).map((id) => twin.postDocument(id));
    const statuses = (await Promise.all([...events, ...documents])).map(({ status }) => status);
    expect(statuses.filter((status) => status < 300)).toHaveLength(2);
    const client = new LambdaClient(twin.once);
    const { AccountLimit } = await client.send(new GetAccountSettingsCommand({}));
    client.destroy();
    expect(AccountLimit).toMatchObject({ ConcurrentExecutions: 2, UnreservedConcurrentExecutions: 2 });
  });
});

describe("an API", () => {
  const posts = async (twin: AskedTwin, count: number) => {
    const startedMs = performance.now();
    const answers = await Promise.all(idsOf("api", count).map((id) => twin.postDocument(id)));
    return { answers, seconds: (performance.now() - startedMs) / 1000 };
  };
  const ofStage = (twin: AskedTwin) => ({
    ApiName: twin.state.restApis[0]?.name ?? "",
    Stage: twin.output("api_stage_name"),
  });

  test.each<[string, unknown, Change | undefined]>([
    ["the account's planted limit", { apiRequestsPerSecond: 1, apiBurst: 3 }, undefined],
    [
      "its stage's settings",
      {},
      ({ set }) =>
        set("aws_api_gateway_method_settings", {
          settings: [{ throttling_rate_limit: 1, throttling_burst_limit: 3 }],
        }),
    ],
  ])("throttles by %s", async (_what, limits, change) => {
    const twin = await limitedTwin(limits, change);
    const { answers, seconds } = await posts(twin, 12);
    const refused = answers.filter(({ status }) => status === 429);
    expect(new Set(refused.map(({ text }) => text))).toEqual(new Set(['{"message":"Too Many Requests"}']));
    const passed = answers.filter(({ status }) => status === 200).length;
    expect(passed + refused.length).toBe(12);
    expect(passed).toBeGreaterThanOrEqual(3);
    expect(passed).toBeLessThanOrEqual(3 + Math.ceil(seconds));
    await expect.poll(() => metricSum(twin, "AWS/ApiGateway", "Count", ofStage(twin)), soon).toBe(12);
    expect(await metricSum(twin, "AWS/ApiGateway", "4XXError", ofStage(twin))).toBe(refused.length);
  });
});

test("a limit file that names what is not there stops the twin, and says where", async () => {
  const file = await limitFile({ functionDurationMs: { nobody: 5 } });
  const args = [...snapshotArgs, "--limits", file];
  const { first, ended } = await startTwin(args);
  expect(first).toMatchObject({ kind: "error", code: "limits.invalid", place: `${file}, functionDurationMs.nobody` });
  expect(await ended).toBe(3);
});
