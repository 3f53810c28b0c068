import type { RequestListener, ServerResponse } from "node:http";
import { S3Client } from "@aws-sdk/client-s3";
import { afterEach, describe, expect, it } from "vitest";
import { createManualClock, type ManualClock } from "../model/testing/fake-clock.ts";
import { createMemoryJournal } from "../model/testing/memory-journal.ts";
import { createHttpSender } from "./http.ts";
import { createS3Sender } from "./s3.ts";
import { send } from "./send.ts";
import type { Sender } from "./sender.ts";
import { type Loopback, startLoopback } from "./testing/loopback.ts";

const TAG = "sp-run-in-0";

const senders = [
  {
    kind: "http",
    create: (url: string): Sender =>
      createHttpSender(
        {
          kind: "http",
          via: "alb",
          method: "POST",
          url: "http://my-alb.example.com/events?mode=a",
          body: '{"id":"{tag}"}',
          batchBody: null,
        },
        { connectTo: { "my-alb.example.com": url }, connectMs: 5_000 },
      ),
  },
  {
    kind: "s3",
    create: (url: string): Sender =>
      createS3Sender(
        { kind: "s3", bucket: "content", key: "in/{tag}.json", body: '{"id":"{tag}"}' },
        new S3Client({
          region: "eu-central-1",
          endpoint: url,
          forcePathStyle: true,
          maxAttempts: 1,
          credentials: { accessKeyId: "test", secretAccessKey: "test" },
        }),
      ),
  },
];

let loopback: Loopback | undefined;
afterEach(() => loopback?.close());

interface Meanwhile {
  readonly clock: ManualClock;
  readonly control: AbortController;
}

/** Sends one event to a server that answers so, and returns the facts about it. */
async function sendOne(
  create: (url: string) => Sender,
  respond: RequestListener,
  meanwhile: (tools: Meanwhile) => void = () => {},
) {
  const server = await startLoopback(respond);
  loopback = server;
  const sender = create(server.url);
  const clock = createManualClock();
  const journal = createMemoryJournal();
  const control = new AbortController();
  const requests = [{ atMs: clock.nowMs(), tags: [TAG] }];
  const sending = send({ scenario: "scenario", requests, requestMs: 5_000 }, sender, {
    journal,
    clock,
    signal: control.signal,
  });
  server.firstRequest.then(() => meanwhile({ clock, control }));
  await sending;
  await sender.close();
  const answered = journal.of("answered");
  expect(journal.of("sent").map(({ tag }) => tag)).toEqual([TAG]);
  expect(answered.map(({ tag }) => tag)).toEqual([TAG]);
  return { outcome: answered[0]?.outcome, requests: server.requests, journal };
}

const status =
  (code: number, body = ""): RequestListener =>
  (_, response) =>
    response.writeHead(code).end(body);

describe.each(senders)("a sender over $kind", ({ create }) => {
  it.each([200, 202, 204])("knows that a request answered %i was taken", async (code) => {
    const { outcome } = await sendOne(create, status(code));
    expect(outcome).toMatchObject({ kind: "acked", status: code });
  });

  it.each([400, 403, 404, 405, 413])("knows that a request answered %i was refused", async (code) => {
    const { outcome } = await sendOne(create, status(code));
    expect(outcome).toMatchObject({ kind: "rejected", status: code });
  });

  it.each([500, 502, 504])("does not know what a server did that answered %i", async (code) => {
    const { outcome } = await sendOne(create, status(code));
    expect(outcome).toMatchObject({ kind: "unknown", reason: "server-error", status: code });
  });

  it.each([429, 503])("tells a throttled request (%i) from a refused one", async (code) => {
    const { outcome } = await sendOne(create, status(code));
    expect(outcome).toMatchObject({ kind: "unknown", reason: "throttled", status: code });
  });

  it("follows no redirect", async () => {
    const { outcome, requests } = await sendOne(create, (_, response) => {
      response.writeHead(307, { location: "/elsewhere" }).end();
    });
    expect(outcome).toMatchObject({ kind: "unknown", reason: "unexpected-status", status: 307 });
    expect(requests).toHaveLength(1);
  });

  it.each([
    ["answers 500", status(500)],
    ["answers 503", status(503)],
    ["resets the connection", (_, response) => response.destroy()] satisfies [string, RequestListener],
  ])("tries once where the server %s", async (_, respond) => {
    const { requests } = await sendOne(create, respond);
    expect(requests).toHaveLength(1);
  });

  it("gives up on a server that never answers when the request's time is over", async () => {
    const { outcome, journal } = await sendOne(
      create,
      () => {},
      ({ clock }) => clock.endAllWaits(),
    );
    expect(outcome).toEqual({ kind: "unknown", reason: "timeout", status: null, answer: "no answer within 5000 ms" });
    const [sent, answered] = [journal.of("sent")[0], journal.of("answered")[0]];
    expect((answered?.doneAtMs ?? 0) - (sent?.sentAtMs ?? 0)).toBe(5_000);
  });

  it("does not know what became of a request whose connection was reset", async () => {
    const { outcome } = await sendOne(create, (_, response) => response.destroy());
    expect(outcome).toMatchObject({ kind: "unknown", reason: "connection", status: null });
  });

  it("does not know what became of a request that was answered with rubbish", async () => {
    const { outcome } = await sendOne(create, (_, response) => rubbish(response));
    expect(outcome).toMatchObject({ kind: "unknown", reason: "connection", status: null });
  });

  it("says so where nothing listens", async () => {
    const closed = await startLoopback(() => {});
    await closed.close();
    const { outcome } = await sendOneTo(create(closed.url));
    expect(outcome).toMatchObject({ kind: "unknown", reason: "connection", status: null });
    expect(outcome).toHaveProperty("answer", expect.stringContaining("ECONNREFUSED"));
  });

  it("ends a request that is under way when the run is stopped", async () => {
    const { outcome } = await sendOne(
      create,
      () => {},
      ({ control }) => control.abort(),
    );
    expect(outcome).toMatchObject({ kind: "unknown", reason: "interrupted" });
  });
});

async function sendOneTo(sender: Sender) {
  const outcome = await sender.send([TAG], new AbortController().signal);
  await sender.close();
  return { outcome };
}

function rubbish(response: ServerResponse): void {
  response.socket?.end("this is no HTTP\r\n\r\n");
}
