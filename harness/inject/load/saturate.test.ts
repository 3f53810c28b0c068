import { afterEach, describe, expect, it } from "vitest";
import { outcomeKindOf } from "./answer-code.ts";
import { type SaturationOptions, saturate, saturationProducer } from "./saturate.ts";
import type { SecondColumns } from "./second-columns.ts";
import { type RawExchange, type RawServer, startRawServer } from "./testing/raw-server.ts";

const OK = "HTTP/1.1 202 Accepted\r\ncontent-length: 0\r\n\r\n";

let server: RawServer | undefined;
afterEach(() => server?.close());

async function probe(respond: (exchange: RawExchange) => void, options: Partial<SaturationOptions> = {}) {
  const raw = await startRawServer(respond);
  server = raw;
  const seconds: SecondColumns[] = [];
  const sentRequests: number[] = [];
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
    producer: saturationProducer("orders"),
    eventsPerRequest: 2,
    bodyBytes: null,
    connections: 4,
    durationMs: 30_000,
    mostRequests: 10_000,
    requestMs: 5_000,
    onSend: (request) => sentRequests.push(request),
    onSecond: (columns) => seconds.push(columns),
    signal: new AbortController().signal,
    ...options,
  });
  const ended = seconds.flatMap(({ request, answer }) =>
    [...request].map((one, row) => ({ request: one, outcome: outcomeKindOf(answer[row] ?? 0) })),
  );
  return { raw, found, ended, sentRequests };
}

describe("the saturation probe", () => {
  it("tags every event for a producer of its own and knows what became of each", async () => {
    const enough = new AbortController();
    const { raw, found, ended, sentRequests } = await probe(
      ({ index, socket }) => {
        if (index === 200) enough.abort();
        // The last ones get no answer before the probe ends.
        if (index < 200) socket.write(index % 10 === 0 ? "HTTP/1.1 400 No\r\ncontent-length: 0\r\n\r\n" : OK);
      },
      { signal: enough.signal },
    );
    const of = (kind: string) => ended.filter(({ outcome }) => outcome === kind);
    expect([of("acked").length, of("rejected").length]).toEqual([180, 20]);
    expect(new Set(ended.map(({ request }) => request))).toEqual(new Set(sentRequests));
    const tags = raw.requests.flatMap(({ body }) => body.match(/sp-r-orderssat-[0-9]+/g) ?? []);
    expect(new Set(tags).size).toBe(2 * raw.requests.length);
    expect(of("unknown")).toHaveLength(tags.length / 2 - 200);
    expect(found).toMatchObject({
      requests: tags.length / 2,
      rejectedRequests: 20,
      unknownRequests: of("unknown").length,
    });
    expect(found.ackedRequestsPerSecond).toBeGreaterThan(0);
  });

  it("ends by itself when it has sent as many requests as it may", async () => {
    const { found } = await probe(({ socket }) => socket.write(OK), { mostRequests: 50, connections: 4 });
    expect(found).toMatchObject({ requests: 50, unknownRequests: 0 });
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
