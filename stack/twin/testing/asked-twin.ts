import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CloudWatchLogsClient, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { BatchGetItemCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { GetRecordsCommand, GetShardIteratorCommand, KinesisClient, ListShardsCommand } from "@aws-sdk/client-kinesis";
import { S3Client } from "@aws-sdk/client-s3";
import { request } from "undici";
import { z } from "zod";
import { temporaryFolder } from "../lambda/temporary-folder.ts";
import { type Change, changedSnapshotText } from "./changed-snapshot.ts";
import { stateOf } from "./states.ts";
import { functionsFolder, startReadyTwin } from "./twin-process.ts";

const statusPage = z.object({
  unimplemented: z.array(z.object({ service: z.string(), operation: z.string(), count: z.number() })),
  denied: z.object({
    total: z.number(),
    kinds: z.array(z.object({ caller: z.string(), action: z.string(), resource: z.string(), reason: z.string() })),
  }),
  faults: z.object({
    seed: z.number().optional(),
    done: z.array(z.object({ hop: z.string(), kind: z.string(), count: z.number(), passages: z.array(z.string()) })),
  }),
  ledger: z.object({ logEventsDropped: z.object({ noGroup: z.number(), denied: z.number() }) }),
  instances: z.array(z.object({ object: z.string(), outcome: z.string() })),
});

export type AskedTwin = Awaited<ReturnType<typeof askTwin>>;

const quick = ["--metric-delay-ms", "50", "--metric-period-ms", "50", "--log-delay-ms", "20"];

/** A twin of the changed snapshot in a process of its own, with what a test asks of it. */
export async function askTwin(change?: Change, args: readonly string[] = []) {
  const folder = await temporaryFolder("stackproof-twin-test-");
  const stateFile = join(folder.path, "state.json");
  const text = changedSnapshotText(change);
  await writeFile(stateFile, text);
  const common = ["--state", stateFile, "--functions", functionsFolder];
  const { ready, config, end } = await startReadyTwin([...common, ...quick, ...args]);
  const { connectTo, notes } = ready;
  const state = stateOf(text);
  const tables = new DynamoDBClient(config);
  const logs = new CloudWatchLogsClient(config);
  const s3 = new S3Client({ ...config, forcePathStyle: true });
  const streams = new KinesisClient(config);
  const status = async () => statusPage.parse(await (await fetch(`${config.endpoint}/_twin/status`)).json());
  const post = async (host: string, path: string, body: unknown) => {
    const url = Object.entries(connectTo).find(([name]) => name.includes(host))?.[1] ?? "";
    const sent = {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    } as const;
    const { statusCode, body: answer } = await request(`${url}${path}`, sent);
    return { status: statusCode, text: await answer.text() };
  };
  const output = (name: string) => state.outputs[name] ?? "";
  return {
    state,
    config,
    connectTo,
    notes,
    s3,
    status,
    output,
    postEvents: (ids: readonly string[]) => {
      const events = ids.map((id) => ({ id }));
      return post("elb.amazonaws.com", "/events", events.length === 1 ? events[0] : { events });
    },
    postDocument: (id: string) => post("execute-api", `/${output("api_stage_name")}/process`, { id }),
    /** The items that are there, by their ids. */
    async items(tableName: string, ids: readonly string[]) {
      const Keys = ids.map((id) => ({ id: { S: id } }));
      const command = new BatchGetItemCommand({ RequestItems: { [tableName]: { Keys, ConsistentRead: true } } });
      const { Responses = {} } = await tables.send(command);
      return new Map((Responses[tableName] ?? []).map((item) => [item["id"]?.S ?? "", item]));
    },
    /** Where each record stands first, by its partition key: its shard, and its place among all records of that shard. */
    async places(StreamName: string) {
      const places = new Map<string, { readonly shardId: string; readonly index: number }>();
      const { Shards = [] } = await streams.send(new ListShardsCommand({ StreamName }));
      for (const { ShardId: shardId = "" } of Shards) {
        const from = { StreamName, ShardId: shardId, ShardIteratorType: "TRIM_HORIZON" } as const;
        const { ShardIterator } = await streams.send(new GetShardIteratorCommand(from));
        const { Records = [] } = await streams.send(new GetRecordsCommand({ ShardIterator }));
        for (const [index, { PartitionKey = "" }] of Records.entries())
          if (!places.has(PartitionKey)) places.set(PartitionKey, { shardId, index });
      }
      return places;
    },
    async messages(logGroupName: string, filterPattern: string) {
      const { events = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName, filterPattern }));
      return events.map(({ message = "" }) => message);
    },
    /** What the ledger has for one hop and kind. */
    async done(hop: string, kind: string) {
      const entries = (await status()).faults.done.filter((entry) => entry.hop === hop && entry.kind === kind);
      return new Set(entries.flatMap(({ passages }) => passages));
    },
    async end() {
      for (const client of [tables, logs, s3, streams]) client.destroy();
      await end();
      await folder.remove();
    },
  };
}
