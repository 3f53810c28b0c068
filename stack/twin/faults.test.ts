// Over 300 lines: one twin is booted for all faults, and what each of them does is told beside the others.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CloudWatchClient, ListMetricsCommand } from "@aws-sdk/client-cloudwatch";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TemporaryFolder, temporaryFolder } from "./lambda/temporary-folder.ts";
import { type AskedTwin, askTwin } from "./testing/asked-twin.ts";
import type { Change } from "./testing/changed-snapshot.ts";

/** Each test sends events with a word of its own, so that each fault strikes in its own test alone. */
const faults = [
  { hop: "stream", kind: "drop", rate: 0.3, contains: "-streamdrop-" },
  { hop: "stream", kind: "duplicate", rate: 0.3, contains: "-streamtwice-" },
  { hop: "stream", kind: "throttle", rate: 0.3, contains: "-streamthrottle-" },
  { hop: "stream", kind: "reorder", rate: 0.3, contains: "-streamorder-", delayMs: [200, 20_000] },
  { hop: "stream", kind: "error", rate: 0.3, contains: "-streamerror-" },
  { hop: "mapping", kind: "drop", rate: 0.3, contains: "-mappingdrop-" },
  { hop: "mapping", kind: "duplicate", rate: 0.3, contains: "-mappingtwice-" },
  { hop: "mapping", kind: "reorder", rate: 0.3, contains: "-mappingorder-" },
  { hop: "mapping", kind: "error", rate: 0.1, contains: "-mappingerror-" },
  { hop: "table", kind: "drop", rate: 0.3, contains: "-tabledrop-" },
  { hop: "table", kind: "throttle", rate: 0.3, contains: "-tablethrottle-" },
  { hop: "table", kind: "duplicate", rate: 0.3, contains: "-tabletwice-" },
  { hop: "s3-notification", kind: "drop", rate: 0.4, contains: "-objectdrop-" },
  { hop: "s3-notification", kind: "duplicate", rate: 0.4, contains: "-objecttwice-" },
  { hop: "lambda-async", kind: "duplicate", rate: 0.4, contains: "-asynctwice-" },
  { hop: "api-gateway", kind: "error", rate: 0.4, contains: "-apierror-" },
  { hop: "api-gateway", kind: "throttle", rate: 0.4, contains: "-apithrottle-" },
  { hop: "alb", kind: "drop", rate: 0.4, contains: "-albdrop-" },
  { hop: "alb", kind: "duplicate", rate: 0.4, contains: "-albtwice-" },
  { hop: "lambda", kind: "error", rate: 0.4, contains: "-lambdaerror-" },
  { hop: "alb", kind: "delay", rate: 0.5, delayMs: [1, 20], contains: "-albdelay-" },
  { hop: "logs", kind: "missing", rate: 0.4, contains: "-logmissing-" },
  { hop: "metrics:AWS/Kinesis", kind: "missing", rate: 1, contains: "IncomingBytes" },
  { hop: "metrics:AWS/Kinesis", kind: "late", rate: 1, contains: "GetRecords.Bytes", delayMs: 3_600_000 },
];

/** What a table throttles by itself is in no ledger of faults: looking again and again uses provisioned capacity up. */
const onDemand: Change = ({ set }) => set("aws_dynamodb_table", { billing_mode: "PAY_PER_REQUEST" });

let folder: TemporaryFolder;
let twin: AskedTwin;
let faultsFile: string;

beforeAll(async () => {
  folder = await temporaryFolder("stackproof-faults-test-");
  faultsFile = join(folder.path, "faults.json");
  await writeFile(faultsFile, JSON.stringify({ seed: 42, faults }));
  twin = await askTwin(onDemand, ["--faults", faultsFile]);
});

afterAll(async () => {
  await twin.end();
  await folder.remove();
});

const soon = { timeout: 20_000, interval: 50 };
const idsOf = (word: string, count = 40) => Array.from({ length: count }, (_, index) => `sp-faults-${word}-${index}`);
const streamHop = () => `stream:${twin.output("stream_name")}`;
const mappingHop = () => `mapping:${twin.output("processor_function_name")}`;

async function arrived(table: string, ids: readonly string[]): Promise<Set<string>> {
  return new Set((await twin.items(twin.output(table), ids)).keys());
}

/** Events that are none of the planted ones arrive; by then what was sent before them has been through as well. */
async function untilBehind(word: string): Promise<void> {
  const markers = Array.from({ length: 8 }, (_, index) => `sp-marker-${index}-${word}`);
  await twin.postEvents(markers);
  await expect.poll(() => arrived("events_table_name", markers), soon).toEqual(new Set(markers));
}

const without = (ids: readonly string[], lost: ReadonlySet<string>) => new Set(ids.filter((id) => !lost.has(id)));

/** How often each id is in the log lines of the processor. */
async function timesProcessed(ids: readonly string[], word: string): Promise<Map<string, number>> {
  const messages = await twin.messages(twin.output("processor_log_group_name"), `"-${word}-"`);
  const seen = messages.flatMap((message) => message.match(/"sp-faults-[^"]+"/g) ?? []);
  return new Map(ids.map((id) => [id, seen.filter((each) => each === `"${id}"`).length]));
}

const twice = (times: ReadonlyMap<string, number>) =>
  new Set([...times].filter(([, count]) => count > 1).map(([id]) => id));

describe.each([
  ["the stream", "streamdrop", streamHop],
  ["the mapping", "mappingdrop", mappingHop],
  ["the table", "tabledrop", () => `table:${twin.output("events_table_name")}`],
])("what %s drops", (_what, word, hopOf) => {
  test("was acked, and is missing from the table: that and nothing else", async () => {
    const ids = idsOf(word);
    expect((await twin.postEvents(ids)).status).toBe(202);
    await untilBehind(word);
    const dropped = await twin.done(hopOf(), "drop");
    expect(dropped.size).toBeGreaterThan(0);
    await expect.poll(() => arrived("events_table_name", ids), soon).toEqual(without(ids, dropped));
  });
});

describe.each([
  ["the stream", "streamtwice", streamHop],
  ["the mapping", "mappingtwice", mappingHop],
])("what %s duplicates", (_what, word, hopOf) => {
  test("is processed twice: that and nothing else", async () => {
    const ids = idsOf(word);
    await twin.postEvents(ids);
    await untilBehind(word);
    const duplicated = await twin.done(hopOf(), "duplicate");
    expect(duplicated.size).toBeGreaterThan(0);
    await expect.poll(async () => twice(await timesProcessed(ids, word)), soon).toEqual(duplicated);
  });
});

describe("what is refused for a while", () => {
  test.each([
    ["throttled by the stream", "streamthrottle", streamHop, "throttle"],
    ["refused by the stream", "streamerror", streamHop, "error"],
    ["throttled by the table", "tablethrottle", () => `table:${twin.output("events_table_name")}`, "throttle"],
    ["failed by the mapping", "mappingerror", mappingHop, "error"],
  ])("%s, is sent again and arrives", async (_what, word, hopOf, kind) => {
    const ids = idsOf(word);
    expect((await twin.postEvents(ids)).status).toBe(202);
    await expect.poll(() => arrived("events_table_name", ids), soon).toEqual(new Set(ids));
    expect((await twin.done(hopOf(), kind)).size).toBeGreaterThan(0);
  });
});

test("what the stream reorders was acked before the event was sent that stands before it in its shard", async () => {
  const ids = idsOf("streamorder");
  expect((await twin.postEvents(ids)).status).toBe(202);
  // Whatever is sent from here on was sent when those had been acked.
  const later = Array.from({ length: 40 }, (_, index) => `sp-faults-streamlater-${index}`);
  const arrivedAfterLater = async () => {
    expect((await twin.postEvents(later)).status).toBe(202);
    return arrived("events_table_name", ids);
  };
  await expect.poll(arrivedAfterLater, { timeout: 20_000, interval: 300 }).toEqual(new Set(ids));
  const places = await twin.places(twin.output("stream_name"));
  const overtaken = ids.filter((id) => {
    const own = places.get(id);
    const others = later.map((each) => places.get(each)).filter((each) => each?.shardId === own?.shardId);
    return others.some((other) => (other?.index ?? 0) < (own?.index ?? 0));
  });
  expect(overtaken.length).toBeGreaterThan(0);
  expect(new Set(overtaken)).toEqual(await twin.done(streamHop(), "reorder"));
});

test("what the mapping reorders comes behind the next event of its shard", async () => {
  const ids = idsOf("mappingorder");
  await twin.postEvents(ids);
  await expect.poll(() => arrived("events_table_name", ids), soon).toEqual(new Set(ids));
  const reordered = await twin.done(mappingHop(), "reorder");
  const items = await twin.items(twin.output("events_table_name"), ids);
  const place = (id: string) => ({
    shard: items.get(id)?.["shard_id"]?.S,
    sequence: BigInt(items.get(id)?.["sequence_number"]?.S ?? "0"),
  });
  const messages = async () => {
    const lines = await twin.messages(twin.output("processor_log_group_name"), '"-mappingorder-"');
    return lines.flatMap((line) => line.match(/sp-faults-mappingorder-\d+/g) ?? []);
  };
  await expect.poll(async () => new Set(await messages()), soon).toEqual(new Set(ids));
  const order = await messages();
  const overtaken = order.filter((id, index) =>
    order.slice(0, index).some((earlier) => {
      const [one, other] = [place(earlier), place(id)];
      return one.shard === other.shard && one.sequence > other.sequence;
    }),
  );
  expect(overtaken.length).toBeGreaterThan(0);
  expect([...reordered]).toEqual(expect.arrayContaining(overtaken));
});

test("what the load balancer duplicates becomes two records, and the client sees one answer", async () => {
  const ids = idsOf("albtwice", 8);
  const answers = await Promise.all(ids.map((id) => twin.postEvents([id])));
  expect(answers.map(({ status }) => status)).toEqual(ids.map(() => 202));
  const requests = await twin.done("alb", "duplicate");
  const expected = new Set(ids.filter((id) => requests.has(`POST /events ${JSON.stringify({ id })}`)));
  expect(expected.size).toBeGreaterThan(0);
  await expect.poll(async () => twice(await timesProcessed(ids, "albtwice")), soon).toEqual(expected);
});

test("what the load balancer drops has its connection cut, and never reaches the function", async () => {
  const ids = idsOf("albdrop", 10);
  const outcomes = await Promise.all(
    ids.map((id) =>
      twin.postEvents([id]).then(
        () => "answered",
        () => "cut",
      ),
    ),
  );
  const cut = new Set(ids.filter((_, index) => outcomes[index] === "cut"));
  const requests = await twin.done("alb", "drop");
  expect(requests).toEqual(new Set([...cut].map((id) => `POST /events ${JSON.stringify({ id })}`)));
  expect(cut.size).toBeGreaterThan(0);
  await untilBehind("albdrop");
  expect(await arrived("events_table_name", ids)).toEqual(without(ids, cut));
});

test("what the load balancer delays arrives all the same", async () => {
  const ids = idsOf("albdelay", 10);
  await Promise.all(ids.map((id) => twin.postEvents([id])));
  await expect.poll(() => arrived("events_table_name", ids), soon).toEqual(new Set(ids));
  expect((await twin.done("alb", "delay")).size).toBeGreaterThan(0);
});

test("an invocation that fails is the load balancer's 502", async () => {
  const ids = idsOf("lambdaerror", 10);
  const answers = await Promise.all(ids.map((id) => twin.postEvents([id])));
  const failed = await twin.done(`lambda:${twin.output("ingest_function_name")}`, "error");
  expect(failed.size).toBeGreaterThan(0);
  expect(answers.map(({ status }) => status)).toEqual(
    ids.map((id) => (failed.has(`POST /events ${JSON.stringify({ id })}`) ? 502 : 202)),
  );
});

test.each([
  ["error", "apierror", 500],
  ["throttle", "apithrottle", 429],
])("the API's %s shows in the answer, and leaves no item", async (kind, word, status) => {
  const ids = idsOf(word, 10);
  const answers = await Promise.all(ids.map((id) => twin.postDocument(id)));
  const struck = new Set(ids.filter((_, index) => answers[index]?.status === status));
  const requests = await twin.done("api-gateway", kind);
  expect(requests).toEqual(new Set([...struck].map((id) => `POST /process ${JSON.stringify({ id })}`)));
  expect(struck.size).toBeGreaterThan(0);
  expect(await arrived("content_table_name", ids)).toEqual(without(ids, struck));
});

test("a write that the table does twice adds twice", async () => {
  const ids = idsOf("tabletwice", 10);
  await Promise.all(ids.map((id) => twin.postDocument(id)));
  const items = await twin.items(twin.output("content_table_name"), ids);
  const doubled = await twin.done(`table:${twin.output("content_table_name")}`, "duplicate");
  expect(doubled.size).toBeGreaterThan(0);
  const deliveries = ids.map((id) => Number(items.get(id)?.["deliveries"]?.N));
  expect(deliveries).toEqual(ids.map((id) => (doubled.has(id) ? 2 : 1)));
});

describe("an object's event", () => {
  const put = (ids: readonly string[]) =>
    Promise.all(
      ids.map((Key) =>
        twin.s3.send(new PutObjectCommand({ Bucket: twin.output("content_bucket_name"), Key, Body: "{}" })),
      ),
    );
  const notificationHop = () => `s3-notification:${twin.output("content_bucket_name")}`;
  const deliveriesOf = async (ids: readonly string[]) => {
    const items = await twin.items(twin.output("content_table_name"), ids);
    return new Map([...items].map(([id, item]) => [id, Number(item["deliveries"]?.N)]));
  };

  test("that the bucket drops comes to nothing: that and nothing else", async () => {
    const ids = idsOf("objectdrop", 12);
    await put(ids);
    const dropped = await twin.done(notificationHop(), "drop");
    expect(dropped.size).toBeGreaterThan(0);
    await expect.poll(() => arrived("content_table_name", ids), soon).toEqual(without(ids, dropped));
  });

  test.each([
    ["the bucket sends twice", "objecttwice", notificationHop, (passage: string) => passage],
    [
      "Lambda's queue delivers twice",
      "asynctwice",
      () => `lambda-async:${twin.output("content_function_name")}`,
      (passage: string) => passage.slice(passage.indexOf("/") + 1),
    ],
  ])("that %s is delivered twice", async (_what, word, hopOf, idOf) => {
    const ids = idsOf(word, 12);
    await put(ids);
    const expected = new Set([...(await twin.done(hopOf(), "duplicate"))].map(idOf));
    expect(expected.size).toBeGreaterThan(0);
    const counts = new Map(ids.map((id) => [id, expected.has(id) ? 2 : 1]));
    await expect.poll(() => deliveriesOf(ids), soon).toEqual(counts);
  });
});

test("log events go missing as the ledger says, and the events themselves arrive", async () => {
  const ids = idsOf("logmissing", 10);
  await Promise.all(ids.map((id) => twin.postEvents([id])));
  await expect.poll(() => arrived("events_table_name", ids), soon).toEqual(new Set(ids));
  const group = twin.output("ingest_log_group_name");
  const loggedIds = async () => {
    const lines = await twin.messages(group, '"-logmissing-"');
    return new Set(lines.flatMap((line) => line.match(/sp-faults-logmissing-\d+/g) ?? []));
  };
  const lost = async () => {
    const passages = [...(await twin.done(`logs:${group}`, "missing"))];
    return new Set(passages.flatMap((passage) => passage.match(/sp-faults-logmissing-\d+/g) ?? []));
  };
  await expect.poll(async () => (await loggedIds()).size + (await lost()).size, soon).toBe(ids.length);
  expect((await lost()).size).toBeGreaterThan(0);
  expect(await loggedIds()).toEqual(without(ids, await lost()));
});

test("a metric that is missing never shows, and one that is late has not shown yet, while others do", async () => {
  const client = new CloudWatchClient(twin.config);
  const shown = async () => {
    const { Metrics = [] } = await client.send(new ListMetricsCommand({ Namespace: "AWS/Kinesis" }));
    return Metrics.map(({ MetricName }) => MetricName);
  };
  await untilBehind("metrics");
  await expect.poll(shown, soon).toEqual(expect.arrayContaining(["IncomingRecords", "GetRecords.Records"]));
  expect(await shown()).not.toContain("IncomingBytes");
  expect(await shown()).not.toContain("GetRecords.Bytes");
  client.destroy();
});

test("the same seed and the same traffic give the same faults", async () => {
  const again = await askTwin(onDemand, ["--faults", faultsFile]);
  const ids = idsOf("streamdrop");
  await again.postEvents(ids);
  expect(await again.done(streamHop(), "drop")).toEqual(await twin.done(streamHop(), "drop"));
  await again.end();
});
