import { afterEach, describe, expect, it } from "vitest";
import { type RawExchange, type RawServer, startRawServer } from "./testing/raw-server.ts";
import { phaseFromNow, type Sent, startThread } from "./testing/send-phases.ts";
import type { ThreadTask } from "./thread-messages.ts";

const SHAPE: ThreadTask["shape"] = {
  method: "POST",
  path: "/events",
  host: "my-alb.example.com",
  body: '{"id":"{tag}"}',
  batchBody: null,
  runId: "r",
  producer: "p",
  eventsPerRequest: 1,
  bodyBytes: null,
};
const OK = "HTTP/1.1 202 Accepted\r\ncontent-length: 2\r\n\r\nok";

let server: RawServer | undefined;
afterEach(() => server?.close());

/** Sends requests to a server that answers so, each when the one before has ended. */
async function sendTo(
  respond: (exchange: RawExchange) => void,
  task: Partial<ThreadTask> & { readonly requests?: number } = {},
): Promise<Sent & { readonly server: RawServer }> {
  const raw = await startRawServer(respond);
  server = raw;
  const { requests = 1, ...rest } = task;
  const started = startThread({ shape: SHAPE, ...rest }, plainPeer(raw.port));
  for (let request = 0; request < requests; request += 1) {
    started.thread.take({ kind: "phase", phase: phaseFromNow(100, 1, request) });
    await started.drained(request + 1);
  }
  const sent = started.sent();
  await started.end(0);
  return { ...sent, server: raw };
}

const plainPeer = (port: number) => ({
  protocol: "http:" as const,
  host: "127.0.0.1",
  port,
  serverName: "my-alb.example.com",
  ca: undefined,
});

const answerWith =
  (text: string) =>
  ({ socket }: RawExchange) =>
    socket.write(text);

describe("a load sender's connection", () => {
  it.each([
    ["202", OK],
    ["204", "HTTP/1.1 204 No Content\r\n\r\n"],
    ["400", "HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n"],
    ["503", "HTTP/1.1 503 Busy\r\ntransfer-encoding: chunked\r\n\r\n4\r\nbusy\r\n0\r\n\r\n"],
    ["200", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n"],
  ])("reads a %s and sends the next request on the same connection", async (status, text) => {
    const sent = await sendTo(answerWith(text), { requests: 5 });
    expect([...sent.answers.values()]).toEqual([status, status, status, status, status]);
    expect(sent.server.connections()).toBe(1);
  });

  it("sends what the entry is to get, under the entry's own host name", async () => {
    const sent = await sendTo(answerWith(OK), { requests: 2 });
    expect(sent.server.requests.map(({ body }) => body)).toEqual(['{"id":"sp-r-p-0"}', '{"id":"sp-r-p-1"}']);
    expect(sent.server.requests[0]?.head).toContain("\r\nhost: my-alb.example.com\r\n");
  });

  it("takes the beginning of an answer that is no ack as evidence", async () => {
    const sent = await sendTo(answerWith("HTTP/1.1 429 Too Many\r\ncontent-length: 9\r\n\r\nslow down"));
    expect(sent.samples).toEqual([{ code: 429, body: "slow down" }]);
  });

  it("reads an answer that trickles in byte by byte", async () => {
    const sent = await sendTo(async ({ socket }) => {
      socket.setNoDelay(true);
      for (const byte of OK) await new Promise((written) => socket.write(byte, written));
    });
    expect([...sent.answers.values()]).toEqual(["202"]);
  });

  it("opens a new connection after an answer that closes its own", async () => {
    const closing = "HTTP/1.1 202 Accepted\r\nconnection: close\r\ncontent-length: 2\r\n\r\nok";
    const sent = await sendTo(({ socket }) => socket.end(closing), { requests: 3 });
    expect([...sent.answers.values()]).toEqual(["202", "202", "202"]);
    expect(sent.server.connections()).toBe(3);
  });

  it("opens a new connection where the server closed the old one between two requests", async () => {
    const sent = await sendTo(({ socket }) => socket.end(OK), { requests: 3 });
    expect([...sent.answers.values()]).toEqual(["202", "202", "202"]);
    expect(sent.server.connections()).toBe(3);
  });

  it("reads an answer that ends with its connection", async () => {
    const sent = await sendTo(({ socket }) => socket.end("HTTP/1.1 202 Accepted\r\n\r\nall of it"));
    expect([...sent.answers.values()]).toEqual(["202"]);
  });

  it.each([
    ["closes without a word", ({ socket }: RawExchange) => socket.end()],
    ["resets", ({ socket }: RawExchange) => socket.resetAndDestroy()],
    ["closes in the middle of the head", ({ socket }: RawExchange) => socket.end(OK.slice(0, 20))],
    ["closes in the middle of the body", ({ socket }: RawExchange) => socket.end(OK.slice(0, -1))],
    [
      "resets in the middle of the body",
      ({ socket }: RawExchange) => socket.write(OK.slice(0, -1), () => socket.resetAndDestroy()),
    ],
    ["answers with what is no HTTP", ({ socket }: RawExchange) => socket.write("220 smtp.example.com ESMTP\r\n")],
  ])("does not know what became of a request whose server %s, and does not send it again", async (_, respond) => {
    const sent = await sendTo(respond);
    expect([...sent.answers.values()]).toEqual(["connection"]);
    expect(sent.server.requests).toHaveLength(1);
    expect(sent.samples[0]?.body).not.toBe("");
  });

  it("gives up on an answer that does not come in time, and on its connection", async () => {
    const sent = await sendTo(({ index, socket }) => index > 0 && socket.write(OK), {
      requests: 2,
      requestMs: 1_000,
      maxConnections: 1,
    });
    expect([...sent.answers]).toEqual([
      [0, "timeout"],
      [1, "202"],
    ]);
    expect(sent.samples).toEqual([{ code: 1, body: "no answer within 1000 ms" }]);
    expect(sent.server.connections()).toBe(2);
  });

  it("gives up on an answer whose body never ends", async () => {
    const sent = await sendTo(answerWith(OK.slice(0, -1)), { requestMs: 50 });
    expect([...sent.answers.values()]).toEqual(["timeout"]);
  });

  it("does not use a connection on which the server said more than the answer", async () => {
    const sent = await sendTo(answerWith(`${OK}HTTP/1.1 200 OK\r\n`), { requests: 2 });
    expect([...sent.answers.values()]).toEqual(["202", "202"]);
    expect(sent.server.connections()).toBe(2);
  });

  it("tells a server that cannot be reached from one that broke off", async () => {
    const raw = await startRawServer(() => {});
    await raw.close();
    const started = startThread({ shape: SHAPE }, plainPeer(raw.port));
    started.thread.take({ kind: "phase", phase: phaseFromNow(100, 2) });
    await started.drained(1);
    expect([...started.sent().answers.values()]).toEqual(["connect", "connect"]);
    expect(started.sent().samples[0]?.body).toContain("ECONNREFUSED");
    await started.end(0);
  });

  it("tells a name that nobody knows from a server that broke off", async () => {
    const started = startThread({ shape: SHAPE }, { ...plainPeer(80), host: "no-such-host.invalid" });
    started.thread.take({ kind: "phase", phase: phaseFromNow(100, 1) });
    await started.drained(1);
    expect([...started.sent().answers.values()]).toEqual(["connect"]);
    await started.end(0);
  });
});
