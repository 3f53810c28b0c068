import { request } from "undici";
import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { type Clients, createClients } from "../../deployment/clients.ts";
import { bootTwin, clientOptionsOf, type RunningTwin } from "../../deployment/twin-process.ts";
import { formatTag } from "../../model/event.ts";
import { createMemoryJournal, type MemoryJournal } from "../../model/testing/memory-journal.ts";
import { systemClock } from "../../run/system-clock.ts";
import { FUNCTIONS, temporaryFolder } from "../../testing/stackproof.ts";
import { output, remove, setValues, snapshotWith } from "../../testing/state.ts";
import { SettledQueue } from "./awaited-load.ts";
import { observeLoadItems } from "./load-items.ts";
import { observeLoadStream } from "./load-stream.ts";
import type { SendTimes } from "./shard-order.ts";
import { unionOf } from "./testing/run-load.ts";

/** Requests that are sent one after the other, and the events that each carries: about four seconds of them. */
const REQUESTS = 300;
const EVENTS_PER_REQUEST = 5;
const EVENTS = REQUESTS * EVENTS_PER_REQUEST;
const RUN = { runId: "run", scenario: { name: "scenario", producer: "alb" } };
const FAULTS = {
  seed: 7,
  faults: [
    { hop: "stream", kind: "drop", rate: 0.01 },
    { hop: "stream", kind: "duplicate", rate: 0.02 },
    // So few that all of them are overtaken long before the last event was sent.
    { hop: "stream", kind: "reorder", rate: 0.05, delayMs: [200, 20_000], count: 8 },
  ],
};
const statusPage = z.object({
  faults: z.object({ done: z.array(z.object({ hop: z.string(), kind: z.string(), passages: z.array(z.string()) })) }),
});

const folder = temporaryFolder();
let twin: RunningTwin;
let clients: Clients;
let journal: MemoryJournal;

beforeAll(async () => {
  // Capacity that is used up is a history of its own.
  const state = snapshotWith(
    setValues("aws_dynamodb_table", { billing_mode: "PAY_PER_REQUEST" }),
    remove("aws_instance"),
  );
  const faultsFile = folder.write("faults.json", JSON.stringify(FAULTS));
  twin = await bootTwin({ stateFile: folder.write("state.json", state), functionsFolder: FUNCTIONS, faultsFile });
  clients = createClients(clientOptionsOf(twin));
  journal = await sendAndObserve();
});

afterAll(async () => {
  clients?.close();
  await twin?.stop();
  folder.remove();
});

/** Sends the load request by request, with both observers at work from the first to the last event. */
async function sendAndObserve(): Promise<MemoryJournal> {
  const made = createMemoryJournal();
  const times: SendTimes[] = [];
  const queues = [new SettledQueue(), new SettledQueue()];
  const startMs = Date.now();
  const plan = { intendedMs: () => startMs, phaseOf: () => 0, plannedEvents: () => EVENTS };
  const tools = {
    clients,
    journal: made,
    clock: systemClock,
    random: Math.random,
    signal: new AbortController().signal,
    graceMs: 0,
  };
  const [ofItems = new SettledQueue(), ofStream = new SettledQueue()] = queues;
  const task = { ...RUN, plan, startMs, deadlineMs: () => Date.now() + 4_000 };
  const table = output("events_table_name");
  const item = {
    kind: "item",
    name: "item",
    table,
    key: { id: "{tag}" },
    writtenAtAttribute: "written_at_ms",
  } as const;
  const stream = { kind: "stream", name: "stream", stream: output("stream_name") } as const;
  const timesOf = (sequence: number) => times[Math.floor(sequence / EVENTS_PER_REQUEST)];
  const observing = [
    observeLoadItems({ ...task, hop: item, awaited: ofItems, firstLookMs: 300 }, tools),
    observeLoadStream({ ...task, hop: stream, awaited: ofStream, timesOf }, tools),
  ];
  for (let from = 0; from < EVENTS; from += EVENTS_PER_REQUEST) {
    times.push(await post(from));
    for (const queue of queues) queue.settle(from, from + EVENTS_PER_REQUEST, Date.now());
  }
  for (const queue of queues) queue.end();
  await Promise.all(observing);
  return made;
}

/** One request, which must be acked, and when it was sent and answered. */
async function post(from: number): Promise<SendTimes> {
  const host = output("alb_dns_name");
  const events = Array.from({ length: EVENTS_PER_REQUEST }, (_, index) => ({ id: tagOf(from + index) }));
  const sentMs = performance.now();
  const { statusCode, body } = await request(`${twin.connectTo[host]}/events`, {
    method: "POST",
    headers: { host, "content-type": "application/json" },
    body: JSON.stringify({ events }),
  });
  await body.text();
  expect(statusCode).toBe(202);
  return { sentMs, ackedMs: performance.now() };
}

const tagOf = (sequence: number) => formatTag({ runId: RUN.runId, producer: RUN.scenario.producer, sequence });

/** The sequences that the twin's own ledger has for one kind of fault, lowest first. */
async function planted(kind: string): Promise<number[]> {
  const answer = await request(`${twin.env["AWS_ENDPOINT_URL"]}/_twin/status`);
  const { faults } = statusPage.parse(await answer.body.json());
  const passages = faults.done.filter((each) => each.kind === kind).flatMap((each) => each.passages);
  return passages.map((tag) => Number(tag.split("-").at(-1))).sort((a, b) => a - b);
}

const arrivedAt = (hop: string) => journal.of("load-arrived").filter((fact) => fact.hop === hop);
const seenAt = (hop: string) => unionOf(arrivedAt(hop).map(({ seen }) => seen));
const without = (lost: readonly number[]) =>
  Array.from({ length: EVENTS }, (_, n) => n).filter((n) => !lost.includes(n));

it("the table holds all events but those that the stream dropped, and those are shown to be absent", async () => {
  const dropped = await planted("drop");
  expect(dropped.length).toBeGreaterThan(0);
  expect(seenAt("item")).toEqual(without(dropped));
  expect(unionOf(journal.of("load-absent").map(({ absent }) => absent))).toEqual(dropped);
});

it("the stream was read whole, and shows the same", async () => {
  const stretches = journal.of("load-stream-read");
  expect(stretches.every(({ complete }) => complete)).toBe(true);
  expect(new Set(stretches.map(({ shardId }) => shardId)).size).toBe(2);
  expect(seenAt("stream")).toEqual(without(await planted("drop")));
  const records = stretches.reduce((sum, each) => sum + each.records, 0);
  expect(records).toBe(EVENTS - (await planted("drop")).length + (await planted("duplicate")).length);
});

it("the stream shows what was stored twice, each once more", async () => {
  const duplicated = await planted("duplicate");
  expect(duplicated.length).toBeGreaterThan(0);
  expect(unionOf(arrivedAt("stream").map(({ repeated }) => repeated))).toEqual(duplicated);
  expect(arrivedAt("stream").reduce((sum, { extra }) => sum + extra, 0)).toBe(duplicated.length);
});

it("the stream shows what was overtaken, and that alone", async () => {
  const reordered = await planted("reorder");
  expect(reordered.length).toBeGreaterThan(0);
  expect(unionOf(journal.of("load-reordered").map(({ overtaken }) => overtaken))).toEqual(reordered);
});
