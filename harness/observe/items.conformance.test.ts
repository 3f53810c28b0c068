import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import {
  type AttributeValue,
  BatchGetItemCommand,
  BatchWriteItemCommand,
  CreateTableCommand,
  DeleteItemCommand,
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateItemCommand,
  waitUntilTableExists,
} from "@aws-sdk/client-dynamodb";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bootTwin, clientOptionsOf, type RunningTwin } from "../deployment/twin-process.ts";
import { FUNCTIONS, temporaryFolder } from "../testing/stackproof.ts";
import { output, remove, resourceLike, setValues, snapshotWith } from "../testing/state.ts";

const TABLE = output("content_table_name");
/** A table with a sort key, which the reference stack does not have. */
const SORTED = `${TABLE}-sorted`;
/** Tables on demand, because dynalite knows no capacity, and no instance, whose proof would become an item. */
const STATE = snapshotWith(
  setValues("aws_dynamodb_table", { billing_mode: "PAY_PER_REQUEST" }),
  remove("aws_instance"),
  { kind: "add", resource: sortedTable() },
);

const folder = temporaryFolder();
let twin: RunningTwin;
let dynalite: ChildProcess;
let ofTwin: DynamoDBClient;
let ofDynalite: DynamoDBClient;

beforeAll(async () => {
  twin = await bootTwin({ stateFile: folder.write("state.json", STATE), functionsFolder: FUNCTIONS });
  ofTwin = clientOf(twin.env["AWS_ENDPOINT_URL"] ?? "");
  const started = await startDynalite();
  dynalite = started.child;
  ofDynalite = clientOf(started.endpoint);
  for (const name of [TABLE, SORTED]) await makeLike(name);
});

afterAll(async () => {
  ofTwin?.destroy();
  ofDynalite?.destroy();
  dynalite?.kill();
  await twin?.stop();
  folder.remove();
});

describe("items at the twin", () => {
  it("are answered as dynalite answers them, values and errors, whatever their shape", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(call, { minLength: 1, maxLength: 8 }), async (calls) => {
        for (const each of calls) expect(await answer(ofTwin, each)).toEqual(await answer(ofDynalite, each));
      }),
      { numRuns: 150 },
    );
  });

  it("come in pages of 1 MB as dynalite's do", async () => {
    const text = "x".repeat(150_000);
    for (let size = 0; size < 9; size += 1) {
      const put: Call = {
        kind: "put",
        table: SORTED,
        item: { id: { S: "pages" }, at: { N: `${size}` }, t: { S: text } },
      };
      expect(await answer(ofTwin, put)).toEqual(await answer(ofDynalite, put));
    }
    const query: Call = { kind: "query", table: SORTED, id: { S: "pages" } };
    const [theirs, ours] = [await answer(ofDynalite, query), await answer(ofTwin, query)];
    expect(theirs).toMatchObject({ output: { LastEvaluatedKey: { id: { S: "pages" } } } });
    expect(ours).toEqual(theirs);
  });
});

type Item = Record<string, AttributeValue>;
type Call =
  | { readonly kind: "put" | "put-new"; readonly table: string; readonly item: Item }
  | { readonly kind: "get" | "delete"; readonly table: string; readonly key: Item }
  | { readonly kind: "set" | "add"; readonly table: string; readonly key: Item; readonly value: AttributeValue }
  | { readonly kind: "batch-get"; readonly table: string; readonly keys: Item[] }
  | { readonly kind: "batch-write"; readonly table: string; readonly items: Item[] }
  | { readonly kind: "query"; readonly table: string; readonly id: AttributeValue }
  | { readonly kind: "scan"; readonly table: string; readonly limit: number };

/** The output as the SDK reads it, or the error as it throws it. */
async function answer(client: DynamoDBClient, asked: Call): Promise<unknown> {
  try {
    const { $metadata: _, ...read } = await send(client, asked);
    return { output: "Responses" in read ? { ...read, Responses: inOneOrder(read.Responses ?? {}) } : read };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { error: error.name, message: error.message };
  }
}

/** A batch is read in no order. */
function inOneOrder(responses: Readonly<Record<string, readonly Item[]>>) {
  return Object.entries(responses).map(([table, items]) => [
    table,
    items.map((item) => ({ item, text: JSON.stringify(item["id"]) })).sort((a, b) => (a.text < b.text ? -1 : 1)),
  ]);
}

function send(client: DynamoDBClient, asked: Call) {
  const TableName = asked.table;
  switch (asked.kind) {
    case "put":
      return client.send(new PutItemCommand({ TableName, Item: asked.item, ReturnValues: "ALL_OLD" }));
    case "put-new": {
      const ConditionExpression = "attribute_not_exists(id)";
      return client.send(new PutItemCommand({ TableName, Item: asked.item, ConditionExpression }));
    }
    case "get":
      return client.send(new GetItemCommand({ TableName, Key: asked.key, ConsistentRead: true }));
    case "delete":
      return client.send(new DeleteItemCommand({ TableName, Key: asked.key, ReturnValues: "ALL_OLD" }));
    case "set":
    case "add":
      return client.send(
        new UpdateItemCommand({
          TableName,
          Key: asked.key,
          UpdateExpression: asked.kind === "set" ? "SET #v = :v" : "ADD #v :v",
          ExpressionAttributeNames: { "#v": "value" },
          ExpressionAttributeValues: { ":v": asked.value },
          ReturnValues: "ALL_NEW",
        }),
      );
    case "batch-get": {
      const request = { Keys: asked.keys, ConsistentRead: true };
      return client.send(new BatchGetItemCommand({ RequestItems: { [TableName]: request } }));
    }
    case "batch-write": {
      const puts = asked.items.map((Item) => ({ PutRequest: { Item } }));
      return client.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: puts } }));
    }
    case "query":
      return client.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: "id = :id",
          ExpressionAttributeValues: { ":id": asked.id },
          ConsistentRead: true,
        }),
      );
    case "scan":
      return client.send(new ScanCommand({ TableName, Limit: asked.limit }));
    default:
      return asked satisfies never;
  }
}

const number = fc.oneof(
  fc.integer().map(String),
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e100, max: 1e100 }).map(String),
  fc.constantFrom("0", "-0", "007", "1.50", "1e5", "1e126", "1E-131", "abc", "", "9".repeat(38), "9".repeat(39)),
);
const bytes = fc.uint8Array({ maxLength: 12 });
const few = { maxLength: 3 };
const { value } = fc.letrec<{ value: AttributeValue; values: AttributeValue[] }>((tie) => ({
  values: fc.array(tie("value"), few),
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.string({ unit: "binary", maxLength: 20 }).map((S) => ({ S })),
    number.map((N) => ({ N })),
    bytes.map((B) => ({ B })),
    fc.boolean().map((BOOL) => ({ BOOL })),
    fc.constant({ NULL: true }),
    fc.array(fc.string({ maxLength: 3 }), few).map((SS) => ({ SS })),
    fc.array(number, few).map((NS) => ({ NS })),
    fc.array(bytes, few).map((BS) => ({ BS })),
    tie("values").map((L) => ({ L })),
    fc.dictionary(fc.string({ maxLength: 5 }), tie("value"), { maxKeys: 3 }).map((M) => ({ M })),
  ),
}));

/** Few keys, so that calls meet each other's items; some are of another type, or empty, or not there. */
const id = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom("a", "b", "ü", "sp-run-alb-1").map((S): AttributeValue => ({ S })) },
  { weight: 1, arbitrary: value },
);
const at = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom("1", "1.0", "-2", "10").map((N): AttributeValue => ({ N })) },
  { weight: 1, arbitrary: value },
);
const name = fc.oneof(fc.constantFrom("value", "size", "a.b", "#x", "deliveries"), fc.string({ maxLength: 5 }));
const others = fc.dictionary(name, value, { maxKeys: 4 });
const target = fc.oneof(
  fc.record({ table: fc.constant(TABLE), key: fc.record({ id }, { requiredKeys: [] }) }),
  fc.record({ table: fc.constant(TABLE), key: fc.record({ id }) }),
  fc.record({ table: fc.constant(SORTED), key: fc.record({ id, at }) }),
  fc.record({ table: fc.constant(SORTED), key: fc.record({ id, at }, { requiredKeys: ["id"] }) }),
);

const call: fc.Arbitrary<Call> = fc.oneof(
  fc
    .tuple(fc.constantFrom("put", "put", "put-new"), target, others)
    .map(([kind, { table, key }, rest]): Call => ({ kind, table, item: { ...rest, ...key } })),
  fc.tuple(fc.constantFrom("get", "delete"), target).map(([kind, { table, key }]): Call => ({ kind, table, key })),
  fc
    .tuple(fc.constantFrom("set", "add"), target, value)
    .map(([kind, { table, key }, of]): Call => ({ kind, table, key, value: of })),
  fc
    .array(target, { minLength: 1, maxLength: 4 })
    .map((targets): Call => ({ kind: "batch-get", table: TABLE, keys: targets.map(({ key }) => key) })),
  fc.array(fc.tuple(target, others), { minLength: 1, maxLength: 4 }).map(
    (puts): Call => ({
      kind: "batch-write",
      table: SORTED,
      items: puts.map(([{ key }, rest]) => ({ ...rest, ...key })),
    }),
  ),
  fc.tuple(fc.constantFrom(TABLE, SORTED), id).map(([table, of]): Call => ({ kind: "query", table, id: of })),
  fc
    .tuple(fc.constantFrom(TABLE, SORTED, "no-such-table"), fc.integer({ min: 0, max: 5 }))
    .map(([table, limit]): Call => ({ kind: "scan", table, limit })),
);

function sortedTable() {
  const like = resourceLike("aws_dynamodb_table", ({ values }) => values["name"] === TABLE);
  const arn = `${like.values["arn"]}-sorted`;
  const attribute = [
    { name: "id", type: "S" },
    { name: "at", type: "N" },
  ];
  const values = { ...like.values, name: SORTED, id: SORTED, arn, range_key: "at", attribute };
  return { ...like, address: "aws_dynamodb_table.sorted", name: "sorted", values };
}

function clientOf(endpoint: string): DynamoDBClient {
  return new DynamoDBClient({ ...clientOptionsOf(twin), endpoint, maxAttempts: 1 });
}

/** Dynalite by its own command, on a free port of loopback. */
async function startDynalite(): Promise<{ readonly child: ChildProcess; readonly endpoint: string }> {
  const command = createRequire(import.meta.url).resolve("dynalite/cli.js");
  const args = ["--host", "127.0.0.1", "--port", "0", "--createTableMs", "0"];
  const child = spawn(process.execPath, [command, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  const line = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once("line", resolve);
    child.once("close", (code) => reject(new Error(`dynalite ended with ${code}`)));
  });
  return { child, endpoint: line.slice(line.indexOf("http://")) };
}

/** Makes the twin's table at dynalite. */
async function makeLike(TableName: string): Promise<void> {
  const { Table: like } = await ofTwin.send(new DescribeTableCommand({ TableName }));
  const { KeySchema, AttributeDefinitions } = like ?? {};
  const definition = { TableName, KeySchema, AttributeDefinitions, BillingMode: "PAY_PER_REQUEST" as const };
  await ofDynalite.send(new CreateTableCommand(definition));
  await waitUntilTableExists({ client: ofDynalite, maxWaitTime: 10, minDelay: 1, maxDelay: 1 }, { TableName });
}
