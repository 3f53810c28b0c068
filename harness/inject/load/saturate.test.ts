import { afterEach, describe, expect, it } from "vitest";
import { decodeSet } from "../../model/sequence-set.ts";
import { type SaturationOptions, saturate, saturationProducer } from "./saturate.ts";
import { type RawExchange, type RawServer, startRawServer } from "./testing/raw-server.ts";

const OK = "HTTP/1.1 202 Accepted\r\ncontent-length: 0\r\n\r\n";

let server: RawServer | undefined;
afterEach(() => server?.close());

async function probe(respond: (exchange: RawExchange) => void, options: Partial<SaturationOptions> = {}) {
  const raw = await startRawServer(respond);
  server = raw;
  const found = await saturate({
    entry: {
      kind: "http",
      via: "alb",
      method: "PUT",
      url: "http://my-alb.example.com/events?mode=a",
      body: '{"id":"{tag}"}',
      batchBody: '{"events":"{events}"}',
    },
    connectTo: { "my-alb.example.com": `http://127.0.0.1:${raw.port}` },
    ca: undefined,
    runId: "r",
    producer: "orders",
    eventsPerRequest: 2,
    bodyBytes: null,
    connections: 4,
    durationMs: 30_000,
    requestMs: 5_000,
    signal: new AbortController().signal,
    ...options,
  });
  return { raw, found };
}

describe("the saturation probe", () => {
  it("tags every event for a producer of its own and knows what became of each", async () => {
    const enough = new AbortController();
    const { raw, found } = await probe(
      ({ index, socket }) => {
        if (index === 200) enough.abort();
        // The last ones get no answer before the probe ends.
        if (index < 200) socket.write(index % 10 === 0 ? "HTTP/1.1 400 No\r\ncontent-length: 0\r\n\r\n" : OK);
      },
      { signal: enough.signal },
    );
    expect(found.producer).toBe(saturationProducer("orders"));
    const [acked, rejected, unknown] = [found.acked, found.rejected, found.unknown].map(decodeSet);
    expect([acked?.count, rejected?.count]).toEqual([2 * 180, 2 * 20]);
    const tags = raw.requests.flatMap(({ body }) => body.match(/sp-r-orderssat-[0-9]+/g) ?? []);
    expect(new Set(tags).size).toBe(2 * raw.requests.length);
    expect(unknown?.count).toBe(tags.length - 2 * 200);
    expect(found.ackedRequestsPerSecond).toBeGreaterThan(0);
  });

  it("sends what the entry takes, under the entry's own name", async () => {
    const enough = new AbortController();
    const { raw } = await probe(
      ({ socket }) => {
        enough.abort();
        socket.write(OK);
      },
      { signal: enough.signal, connections: 1 },
    );
    expect(raw.requests[0]?.head).toMatch(/^PUT \/events\?mode=a HTTP\/1\.1\r\n/);
    expect(raw.requests[0]?.head).toMatch(/\r\nhost: my-alb\.example\.com\r\n/i);
    expect(raw.requests[0]?.body).toBe('{"events":[{"id":"sp-r-orderssat-0"},{"id":"sp-r-orderssat-1"}]}');
  });
});
