import { execFile, execFileSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { CloudWatchClient, GetMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { DescribeContinuousBackupsCommand, DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";
import {
  DescribeStreamSummaryCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  KinesisClient,
  ListShardsCommand,
  PutRecordsCommand,
} from "@aws-sdk/client-kinesis";
import { GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { Agent, request } from "undici";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TemporaryFolder, temporaryFolder } from "./lambda/temporary-folder.ts";
import { snapshotState } from "./testing/states.ts";
import { snapshotArgs, startReadyTwin } from "./testing/twin-process.ts";

const state = snapshotState();
let twin: Awaited<ReturnType<typeof startReadyTwin>>;
let config: (typeof twin)["config"];
let folder: TemporaryFolder;

beforeAll(async () => {
  folder = await temporaryFolder("stackproof-end-to-end-test-");
  const quick = ["--metric-delay-ms", "100", "--metric-period-ms", "100", "--log-delay-ms", "50"];
  twin = await startReadyTwin([...snapshotArgs, ...quick]);
  config = twin.config;
});

afterAll(async () => {
  await twin.end();
  await folder.remove();
});

/** The one stream, and the name of the table, function or bucket whose name has this word in it. */
const streamName = () => state.streams[0]?.name ?? "";
const tableOf = (word: string) => state.tables.find(({ name }) => name.includes(word))?.name ?? "";
const functionOf = (word: string) =>
  state.functions.find((each) => each.function_name.includes(word))?.function_name ?? "";
const bucketOf = (word: string) => state.buckets.find(({ bucket }) => bucket.includes(word))?.bucket ?? "";
const hostWith = (word: string) =>
  Object.entries(twin.ready.connectTo).find(([host]) => host.includes(word))?.[1] ?? "";

const soon = { timeout: 15_000, interval: 50 };

async function item(table: string, id: string) {
  const client = new DynamoDBClient(config);
  const { Item } = await client.send(
    new GetItemCommand({ TableName: table, Key: { id: { S: id } }, ConsistentRead: true }),
  );
  client.destroy();
  return Item;
}

async function logMessages(functionName: string, filterPattern: string) {
  const client = new CloudWatchLogsClient(config);
  const logGroupName = `/aws/lambda/${functionName}`;
  const { events = [] } = await client.send(new FilterLogEventsCommand({ logGroupName, filterPattern }));
  client.destroy();
  return events.map(({ message }) => message);
}

async function metricSum(namespace: string, name: string, dimensions: Record<string, string>) {
  const client = new CloudWatchClient(config);
  const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
  const Metric = { Namespace: namespace, MetricName: name, Dimensions };
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

describe.each([
  ["HTTP/2, the client's default", () => new KinesisClient(config)],
  ["HTTP/1.1", () => new KinesisClient({ ...config, requestHandler: new NodeHttpHandler() })],
])("a Kinesis client over %s", (_name, clientOf) => {
  test("describes the stream, puts records and reads them back", async () => {
    const client = clientOf();
    const StreamName = streamName();
    const { StreamDescriptionSummary } = await client.send(new DescribeStreamSummaryCommand({ StreamName }));
    expect(StreamDescriptionSummary).toMatchObject({ StreamName, StreamStatus: "ACTIVE", EncryptionType: "KMS" });
    const key = `wire-${Math.random()}`;
    const { Records } = await client.send(
      new PutRecordsCommand({ StreamName, Records: [{ PartitionKey: key, Data: Buffer.from(`{"id":"${key}"}`) }] }),
    );
    const { ShardId, SequenceNumber: StartingSequenceNumber } = Records?.[0] ?? {};
    const place = { StreamName, ShardId, ShardIteratorType: "AT_SEQUENCE_NUMBER", StartingSequenceNumber } as const;
    const { ShardIterator } = await client.send(new GetShardIteratorCommand(place));
    const { Records: read = [] } = await client.send(new GetRecordsCommand({ ShardIterator }));
    expect(read.map(({ PartitionKey, Data }) => [PartitionKey, Buffer.from(Data ?? []).toString()])).toEqual([
      [key, `{"id":"${key}"}`],
    ]);
    expect(read[0]?.ApproximateArrivalTimestamp).toBeInstanceOf(Date);
    client.destroy();
  });

  test("is told of a stream that is not there by the service's own error", async () => {
    const client = clientOf();
    const listing = client.send(new ListShardsCommand({ StreamName: "absent" }));
    await expect(listing).rejects.toMatchObject({
      name: "ResourceNotFoundException",
      $metadata: { httpStatusCode: 400 },
    });
    client.destroy();
  });
});

describe("an event posted to the load balancer", () => {
  test("is seen in the answer, the logs, the metrics and the table", async () => {
    const id = `sp-e2e-alb-${Math.floor(Math.random() * 1e9)}`;
    const response = await fetch(`${hostWith("elb.amazonaws.com")}/events`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ id }),
    });
    expect(response.status).toBe(202);
    expect(await response.json()).toMatchObject({ accepted: 1, records: [{ id }] });
    await expect.poll(() => item(tableOf("events"), id), soon).toMatchObject({ id: { S: id } });
    await expect.poll(() => logMessages(functionOf("ingest"), `"${id}"`), soon).toHaveLength(1);
    await expect.poll(() => logMessages(functionOf("processor"), `"${id}"`), soon).toHaveLength(1);
    const incoming = () => metricSum("AWS/Kinesis", "IncomingRecords", { StreamName: streamName() });
    await expect.poll(incoming, soon).toBeGreaterThanOrEqual(1);
    const consumed = () => metricSum("AWS/DynamoDB", "ConsumedWriteCapacityUnits", { TableName: tableOf("events") });
    await expect.poll(consumed, soon).toBeGreaterThanOrEqual(1);
  });
});

describe("a document posted to the REST API", () => {
  test("is kept in the table", async () => {
    const id = `sp-e2e-api-${Math.floor(Math.random() * 1e9)}`;
    const stage = state.restApiStages[0]?.stage_name;
    const response = await fetch(`${hostWith("execute-api")}/${stage}/process`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ id }),
    });
    expect(response.status).toBe(200);
    expect(await item(tableOf("content"), id)).toMatchObject({ source: { S: "api" }, deliveries: { N: "1" } });
  });
});

describe("an S3 client", () => {
  test("puts an object that comes back whole and becomes an item", async () => {
    const client = new S3Client({ ...config, forcePathStyle: true });
    const Bucket = bucketOf("content");
    const Key = `sp-e2e-s3-${Math.floor(Math.random() * 1e9)}`;
    await client.send(new PutObjectCommand({ Bucket, Key, Body: `{"id":"${Key}"}`, ContentType: "application/json" }));
    const { Body, ServerSideEncryption } = await client.send(new GetObjectCommand({ Bucket, Key }));
    expect(await Body?.transformToString()).toBe(`{"id":"${Key}"}`);
    expect(ServerSideEncryption).toBe("aws:kms");
    await expect.poll(() => item(tableOf("content"), Key), soon).toMatchObject({ source: { S: "s3" } });
    client.destroy();
  });
});

describe("a bucket's own host", () => {
  test.each(["http", "https"])("answers over %s on a port of its own", async (scheme) => {
    const host = `${bucketOf("content")}.s3.${config.region}.amazonaws.com`;
    const connect = { rejectUnauthorized: false, servername: host };
    const dispatcher = new Agent({ connect });
    const url = `${twin.ready.connectTo[`${scheme}://${host}`]}/no-such-object`;
    const { statusCode, body } = await request(url, { headers: { host }, dispatcher });
    expect(statusCode).toBe(403);
    expect(await body.text()).toContain("<Code>AccessDenied</Code>");
    await dispatcher.destroy();
  });
});

describe("the other clients", () => {
  test("STS says who calls", async () => {
    const client = new STSClient(config);
    const { Account, Arn } = await client.send(new GetCallerIdentityCommand({}));
    expect(Account).toBe(state.accountId);
    expect(Arn).toBe(`arn:aws:iam::${state.accountId}:user/stackproof`);
    client.destroy();
  });

  test("DynamoDB says that a table is recoverable", async () => {
    const client = new DynamoDBClient(config);
    const described = await client.send(new DescribeContinuousBackupsCommand({ TableName: tableOf("content") }));
    expect(described.ContinuousBackupsDescription?.PointInTimeRecoveryDescription).toMatchObject({
      PointInTimeRecoveryStatus: "ENABLED",
      EarliestRestorableDateTime: expect.any(Date),
    });
    client.destroy();
  });

  test("a key that nobody was given is refused", async () => {
    const credentials = { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "x" };
    const client = new KinesisClient({ ...config, credentials });
    const listing = client.send(new ListShardsCommand({ StreamName: streamName() }));
    await expect(listing).rejects.toMatchObject({ name: "UnrecognizedClientException" });
    client.destroy();
  });
});

/** The AWS CLI speaks Query to STS, JSON to Kinesis, DynamoDB and Logs, and CBOR to CloudWatch. */
const cliVersion = (() => {
  try {
    return execFileSync("aws", ["--version"], { encoding: "utf8", timeout: 20_000 }).trim();
  } catch {
    return undefined;
  }
})();

describe(cliVersion === undefined ? "the AWS CLI (skipped: no `aws` on the PATH)" : "the AWS CLI", () => {
  const run = promisify(execFile);
  async function aws(...args: string[]) {
    const env = { ...process.env, ...twin.ready.env, AWS_DEFAULT_REGION: config.region, AWS_PAGER: "" };
    const { stdout } = await run("aws", [...args, "--output", "json"], { env, timeout: 30_000 });
    return stdout.trim() === "" ? {} : JSON.parse(stdout);
  }
  const testCli = test.skipIf(cliVersion === undefined);

  testCli("asks STS who it is", async () => {
    expect(await aws("sts", "get-caller-identity")).toMatchObject({ Account: state.accountId });
  });

  testCli("puts a record and reads the item that it becomes", async () => {
    const id = `sp-cli-${Math.floor(Math.random() * 1e9)}`;
    // Both versions of the CLI read such a file as it is; they differ in how they read data given in the argument.
    const file = join(folder.path, "record.json");
    await writeFile(file, JSON.stringify({ id }));
    const record = ["--partition-key", id, "--data", `fileb://${file}`];
    const put = await aws("kinesis", "put-record", "--stream-name", streamName(), ...record);
    expect(put.SequenceNumber).toMatch(/^\d{56}$/);
    await expect.poll(() => item(tableOf("events"), id), soon).toBeDefined();
    const key = JSON.stringify({ id: { S: id } });
    const read = await aws("dynamodb", "get-item", "--table-name", tableOf("events"), "--key", key);
    expect(read.Item).toMatchObject({ id: { S: id } });
  });

  testCli("reads a metric of the stream and the log groups", async () => {
    const args = ["--namespace", "AWS/Kinesis", "--metric-name", "IncomingRecords", "--period", "60"];
    const span = ["--start-time", new Date(Date.now() - 600_000).toISOString(), "--end-time", new Date().toISOString()];
    const dimensions = ["--dimensions", `Name=StreamName,Value=${streamName()}`, "--statistics", "Sum"];
    const statistics = await aws("cloudwatch", "get-metric-statistics", ...args, ...span, ...dimensions);
    expect(statistics.Label).toBe("IncomingRecords");
    expect(statistics.Datapoints[0].Sum).toBeGreaterThanOrEqual(1);
    const { logGroups } = await aws("logs", "describe-log-groups");
    expect(logGroups.map((group: { logGroupName: string }) => group.logGroupName)).toContain(
      `/aws/lambda/${functionOf("ingest")}`,
    );
  });
});

describe("what the twin does not implement", () => {
  test("was asked for by none of these clients", async () => {
    const response = await fetch(`${config.endpoint}/_twin/status`);
    expect(await response.json()).toMatchObject({ unimplemented: [] });
  });
});
