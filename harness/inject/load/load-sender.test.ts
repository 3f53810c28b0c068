import { join } from "node:path";
import { generate } from "selfsigned";
import { afterEach, describe, expect, it } from "vitest";
import { packageRoot } from "../../deployment/package-root.ts";
import { type EventOutcomes, noOutcomes } from "../../model/event-outcomes.ts";
import { LatencyHistogram } from "../../model/latency-histogram.ts";
import type { LoadSecond } from "../../model/load-fact.ts";
import type { Entry } from "../../model/scenario.ts";
import { SequenceSet } from "../../model/sequence-set.ts";
import { type LoadSenderOptions, type RequestTimes, startLoadSender } from "./load-sender.ts";
import { httpEntryOf } from "./load-target.ts";
import { type RawExchange, type RawServer, startRawServer } from "./testing/raw-server.ts";
import { phaseFromNow } from "./testing/send-phases.ts";

const OK = "HTTP/1.1 202 Accepted\r\ncontent-length: 0\r\n\r\n";
const HTTPS_ENTRY = "https://abc123.execute-api.eu-central-1.amazonaws.com/live/process";
const workerFile = join(packageRoot(), "harness", "dist", "load-worker.mjs");
const oddWorkerFile = join(packageRoot(), "harness", "inject", "load", "testing", "odd-worker.mjs");

let server: RawServer | undefined;
afterEach(() => server?.close());

const KINDS = ["acked", "rejected", "unknown", "unsent"] as const;

interface Handed {
  readonly seconds: LoadSecond[];
  readonly times: RequestTimes[];
  readonly broken: string[];
}

/** A sender over real threads, and what it hands over. */
async function start(url: string, options: Partial<LoadSenderOptions> = {}) {
  const handed: Handed = { seconds: [], times: [], broken: [] };
  const all: LoadSenderOptions = {
    scenario: "orders",
    entry: { kind: "http", via: "alb", method: "POST", url, body: '{"id":"{tag}"}', batchBody: '["{events}"]' },
    connectTo: {},
    ca: undefined,
    runId: "r",
    producer: "p",
    eventsPerRequest: 1,
    bodyBytes: null,
    workers: 3,
    maxConnections: 3_000,
    requestMs: 5_000,
    drainMs: 50,
    times: false,
    workerFile,
    ...options,
  };
  const sender = await startLoadSender(all, {
    onSecond: (second, times) => {
      handed.seconds.push(second);
      if (times !== undefined) handed.times.push(times);
    },
    onBroken: (message) => handed.broken.push(message),
  });
  return { sender, ...handed };
}

async function serve(respond: (exchange: RawExchange) => void, tls?: { readonly key: string; readonly cert: string }) {
  const raw = await startRawServer(respond, tls === undefined ? {} : { tls });
  server = raw;
  return { raw, url: `http://127.0.0.1:${raw.port}/events` };
}

/** The events of each kind, added up; fails where an event stands in two places. */
function settle(seconds: readonly LoadSecond[]): EventOutcomes {
  const sum = noOutcomes();
  const everything = new SequenceSet();
  for (const second of seconds) {
    for (const kind of KINDS) {
      const set = new SequenceSet();
      set.addEncoded(second[kind]);
      const before = everything.count;
      everything.addAll(set);
      expect(everything.count).toBe(before + set.count);
      sum[kind].addAll(set);
    }
  }
  return sum;
}

describe("a load sender", () => {
  it("sends every event of a phase once and says what became of each", async () => {
    const { raw, url } = await serve(({ index, socket }) => {
      socket.write(index % 10 === 0 ? "HTTP/1.1 400 No\r\ncontent-length: 3\r\n\r\nbad" : OK);
    });
    const { sender, seconds, broken } = await start(url, { eventsPerRequest: 4 });
    sender.send({ ...phaseFromNow(300, 100), fromEventsPerSecond: 1_200, toEventsPerSecond: 1_200 });
    await sender.drained();
    await sender.stop();

    const { acked, rejected, unknown, unsent } = settle(seconds);
    expect([acked.count, rejected.count, unknown.count, unsent.count]).toEqual([360, 40, 0, 0]);
    const tags = raw.requests.flatMap(({ body }) => body.match(/sp-r-p-[0-9]+/g) ?? []);
    expect(tags.toSorted()).toEqual(Array.from({ length: 400 }, (_, sequence) => `sp-r-p-${sequence}`).toSorted());
    expect(broken).toEqual([]);
    expect(new Set(seconds.map(({ worker }) => worker))).toEqual(new Set([0, 1, 2]));
    expect(seconds.flatMap(({ samples }) => samples)[0]).toEqual({ answer: "400", body: "bad" });
  });

  it("counts requests, bytes and answers, and a latency for each", async () => {
    const { raw, url } = await serve(({ socket }) => socket.write(OK));
    const { sender, seconds } = await start(url, { workers: 2 });
    sender.send(phaseFromNow(200, 50));
    await sender.drained();
    await sender.stop();
    const total = (of: (second: LoadSecond) => number) => seconds.reduce((sum, second) => sum + of(second), 0);
    expect(total(({ sentRequests }) => sentRequests)).toBe(50);
    expect(total(({ answers }) => answers["202"] ?? 0)).toBe(50);
    expect(total(({ sentBytes }) => sentBytes)).toBe(
      raw.requests.reduce((sum, { head, body }) => sum + head.length + 4 + body.length, 0),
    );
    for (const name of ["latency", "service", "sendDelay"] as const) {
      const times = new LatencyHistogram();
      for (const second of seconds) times.addEncoded(second[name]);
      expect(times.count).toBe(50);
    }
  });

  it("accounts for every planned event when it is stopped in the middle, and sends nothing more", async () => {
    let stop = () => {};
    const enough = new Promise<void>((resolve) => {
      stop = resolve;
    });
    const { raw, url } = await serve(({ index, socket }) => {
      if (index % 5 !== 0) socket.write(OK);
      if (index === 60) stop();
    });
    const { sender, seconds } = await start(url, { eventsPerRequest: 2 });
    const phase = { ...phaseFromNow(200, 100), fromEventsPerSecond: 400, toEventsPerSecond: 400 };
    sender.send(phase);
    sender.send({ ...phase, phase: 1, startMs: phase.startMs + 500, firstRequest: 100, requestCount: 50_000 });
    await enough;
    await sender.stop();

    const { acked, rejected, unknown, unsent } = settle(seconds);
    expect(acked.count + rejected.count + unknown.count + unsent.count).toBe(2 * 50_100);
    expect(acked.count + unknown.count).toBe(2 * raw.requests.length);
    const interrupted = seconds.reduce((sum, { answers }) => sum + (answers["interrupted"] ?? 0), 0);
    expect(unknown.count).toBe(2 * interrupted);
    expect(interrupted).toBeGreaterThan(0);
    expect(() => sender.send(phase)).toThrow("stopped");
  });

  it("gives the times of each request where they are asked for", async () => {
    const { url } = await serve(({ index, socket }) => socket.write(index === 3 ? "HTTP/1.1 500 No\r\n\r\n" : OK));
    const { sender, times } = await start(url, { workers: 1, times: true, requestMs: 200 });
    sender.send(phaseFromNow(100, 10));
    await sender.drained();
    await sender.stop();
    const rows = times.flatMap(({ request, sentMs, doneMs, acked }) =>
      [...request].map((index, row) => ({ index, tookMs: (doneMs[row] ?? 0) - (sentMs[row] ?? 0), acked: acked[row] })),
    );
    expect(rows.map(({ index }) => index).toSorted()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(rows.filter(({ acked }) => acked === 0).map(({ index }) => index)).toEqual([3]);
    expect(Math.min(...rows.map(({ tookMs }) => tookMs))).toBeGreaterThan(0);
  });

  it("speaks HTTPS with the certificate that it is to trust, to the entry's name wherever the connection goes", async () => {
    const name = new URL(HTTPS_ENTRY).hostname;
    const { cert, private: key } = await generate([{ name: "commonName", value: name }], {
      extensions: [{ name: "subjectAltName", altNames: [{ type: 2, value: name }] }],
    });
    const { raw } = await serve(({ socket }) => socket.write(OK), { key, cert });
    const connectTo = { [name]: `https://127.0.0.1:${raw.port}` };
    const trusting = await start(HTTPS_ENTRY, { connectTo, ca: cert });
    trusting.sender.send(phaseFromNow(200, 20));
    await trusting.sender.drained();
    await trusting.sender.stop();
    expect(settle(trusting.seconds).acked.count).toBe(20);
    expect(raw.requests[0]?.head).toContain(`host: ${name}`);

    const wary = await start(HTTPS_ENTRY, { connectTo });
    wary.sender.send(phaseFromNow(200, 2));
    await wary.sender.drained();
    await wary.sender.stop();
    expect(settle(wary.seconds).unknown.count).toBe(2);
    expect(wary.seconds.map(({ answers }) => Object.keys(answers))[0]).toEqual(["connect"]);
  });

  it("reports a thread that dies, keeps what it had handed over, and ends all the same", async () => {
    const { sender, seconds, broken } = await start("http://127.0.0.1:9/", {
      producer: "dies",
      workerFile: oddWorkerFile,
    });
    sender.send(phaseFromNow(100, 3));
    await sender.drained();
    await sender.stop();
    expect(broken).toEqual(["sender thread 1 died: out of luck"]);
    expect(settle(seconds).acked.first(9)).toEqual([0, 1, 2]);
  });

  it("reports a thread that falls silent", async () => {
    const silent = { producer: "hangs", workerFile: oddWorkerFile, silenceMs: 500, workers: 2 };
    const { sender, seconds, broken } = await start("http://127.0.0.1:9/", silent);
    sender.send(phaseFromNow(100, 2));
    await sender.drained();
    await sender.stop();
    expect(broken.filter((message) => message.startsWith("sender thread 1 has said nothing for "))).toHaveLength(1);
    expect(settle(seconds).acked.count).toBe(2);
  });

  it("refuses an entry that takes uploads, and a batch that the entry does not take", async () => {
    const upload: Entry = { kind: "s3", bucket: "b", key: "{tag}", body: "{}" };
    expect(() => httpEntryOf(upload, "upload-to-table")).toThrow("scenario upload-to-table");
    const entry = { kind: "http", via: "alb", method: "POST", url: "http://a/", body: "{}", batchBody: null } as const;
    await expect(start("", { entry, eventsPerRequest: 2 })).rejects.toThrow("2 events into one request");
  });
});
