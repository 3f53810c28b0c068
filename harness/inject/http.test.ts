import type { RequestListener } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { CannotRun } from "../model/errors.ts";
import { createHttpSender, type HttpEntry } from "./http.ts";
import { ANSWER_BYTES } from "./outcome.ts";
import { type Loopback, startLoopback } from "./testing/loopback.ts";

const ENTRY: HttpEntry = {
  kind: "http",
  via: "api-gateway",
  method: "POST",
  url: "https://abc123.execute-api.eu-central-1.amazonaws.com/live/process?a=1",
  body: '{"id":"{tag}","note":"ö"}',
  batchBody: '{"events":"{events}"}',
};
const TAGS = ["sp-run-in-0", "sp-run-in-1"];
const NEVER = new AbortController().signal;

let loopback: Loopback | undefined;
afterEach(() => loopback?.close());

async function exchange(respond: RequestListener, tags = TAGS, entry = ENTRY) {
  const server = await startLoopback(respond);
  loopback = server;
  const connectTo = { "abc123.execute-api.eu-central-1.amazonaws.com": server.url };
  const sender = createHttpSender(entry, { connectTo, connectMs: 5_000 });
  const outcome = await sender.send(tags, NEVER);
  await sender.close();
  return { outcome, request: server.requests[0] };
}

describe("an HTTP sender", () => {
  it("connects where the map says and keeps the entry's own host, path and query", async () => {
    const { request } = await exchange((_, response) => response.end());
    expect(request).toMatchObject({
      method: "POST",
      path: "/live/process?a=1",
      host: "abc123.execute-api.eu-central-1.amazonaws.com",
    });
  });

  it("puts several events into one request", async () => {
    const { request } = await exchange((_, response) => response.end());
    expect(JSON.parse(request?.body ?? "")).toEqual({
      events: [
        { id: "sp-run-in-0", note: "ö" },
        { id: "sp-run-in-1", note: "ö" },
      ],
    });
  });

  it("puts a single event into a request as it is", async () => {
    const { request } = await exchange((_, response) => response.end(), ["sp-run-in-7"]);
    expect(request?.body).toBe('{"id":"sp-run-in-7","note":"ö"}');
  });

  it("tells the size of an event's own body in bytes, not characters", () => {
    const sender = createHttpSender(ENTRY, { connectTo: {}, connectMs: 1 });
    expect(sender.sizeBytes("sp-run-in-0")).toBe(Buffer.byteLength('{"id":"sp-run-in-0","note":"ö"}'));
  });

  it("keeps the first kilobyte of an answer", async () => {
    const { outcome } = await exchange((_, response) => response.writeHead(400).end("x".repeat(100_000)));
    expect(outcome).toEqual({ kind: "rejected", status: 400, answer: "x".repeat(ANSWER_BYTES) });
  });

  it("does not take an answer for an ack that breaks off", async () => {
    const { outcome } = await exchange((_, response) => {
      response.writeHead(202, { "content-length": "1000" });
      response.write("only a part", () => response.destroy());
    });
    expect(outcome).toMatchObject({ kind: "unknown", reason: "connection", status: 202 });
  });

  it("refuses an entry without a URL before anything is sent", () => {
    const create = () => createHttpSender({ ...ENTRY, url: "my-alb/events" }, { connectTo: {}, connectMs: 1 });
    expect(create).toThrow(CannotRun);
  });
});
