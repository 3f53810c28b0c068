import { afterEach, describe, expect, it } from "vitest";
import { type RawExchange, type RawServer, startRawServer } from "./testing/raw-server.ts";
import { nowMs, phaseFromNow, type Sent, startThread } from "./testing/send-phases.ts";
import type { ThreadTask } from "./thread-messages.ts";

const SHAPE: ThreadTask["shape"] = {
  method: "POST",
  path: "/events",
  host: "h",
  body: '{"id":"{tag}"}',
  batchBody: null,
  runId: "r",
  producer: "p",
  eventsPerRequest: 1,
  bodyBytes: null,
};
const OK = "HTTP/1.1 202 Accepted\r\ncontent-length: 0\r\n\r\n";

let server: RawServer | undefined;
afterEach(() => server?.close());

async function start(respond: (exchange: RawExchange) => void, task: Partial<ThreadTask> = {}) {
  const raw = await startRawServer(respond);
  server = raw;
  const peer = { protocol: "http:" as const, host: "127.0.0.1", port: raw.port, serverName: "h", ca: undefined };
  return { raw, ...startThread({ shape: SHAPE, ...task }, peer) };
}

/** Every request, in whichever way it ended, in order. */
function accounted({ answers, unsent, unsentRanges }: Sent): number[] {
  const ranges = unsentRanges.flatMap(([from, until]) => Array.from({ length: until - from }, (_, at) => from + at));
  return [...answers.keys(), ...unsent, ...ranges].toSorted((a, b) => a - b);
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

describe("a sending thread", () => {
  it("never waits for an answer", async () => {
    const waiting: RawExchange[] = [];
    const { thread, drained, sent, end } = await start((exchange) => {
      waiting.push(exchange);
      // Nobody gets an answer before all have been sent.
      if (waiting.length === 20) for (const { socket } of waiting) socket.write(OK);
    });
    thread.take({ kind: "phase", phase: phaseFromNow(200, 20) });
    await drained(1);
    expect([...sent().answers.values()]).toEqual(Array.from({ length: 20 }, () => "202"));
    await end(0);
  });

  it("counts what finds every connection taken as unsent, and does not send it later", async () => {
    const waiting: RawExchange[] = [];
    const { raw, thread, drained, sent, end } = await start(
      (exchange) => {
        waiting.push(exchange);
      },
      { maxConnections: 3, requestMs: 2_000 },
    );
    thread.take({ kind: "phase", phase: phaseFromNow(200, 20) });
    await drained(1);
    expect([...sent().answers]).toEqual([
      [0, "timeout"],
      [1, "timeout"],
      [2, "timeout"],
    ]);
    expect(sent().unsent).toEqual(upTo(20).slice(3));
    expect(raw.requests).toHaveLength(3);
    await end(0);
  });

  it("catches up at once with what became due while it was held up, and counts the delay", async () => {
    const { thread, drained, sent, end } = await start(({ socket }) => socket.write(OK), { maxConnections: 200 });
    const phase = phaseFromNow(100, 100);
    thread.take({ kind: "phase", phase: { ...phase, startMs: nowMs() - 2_000 } });
    await drained(1);
    expect(accounted(sent())).toEqual(upTo(100));
    expect(sent().answers.size).toBe(100);
    const delaysMs = sent().columns.flatMap(({ sendDelayMs }) => [...sendDelayMs]);
    // The first was due 2 s ago, the last 1.01 s ago.
    expect(delaysMs[0]).toBeGreaterThanOrEqual(2_000);
    expect(delaysMs.at(-1)).toBeGreaterThanOrEqual(1_010);
    await end(0);
  });

  it("does not send what is later than its whole time limit", async () => {
    const { raw, thread, drained, sent, end } = await start(({ socket }) => socket.write(OK), { requestMs: 1_000 });
    const phase = phaseFromNow(10, 5);
    thread.take({ kind: "phase", phase: { ...phase, startMs: nowMs() - 10_000 } });
    await drained(1);
    expect(sent().unsent).toEqual(upTo(5));
    expect(raw.requests).toHaveLength(0);
    await end(0);
  });

  it("sends its own share of the requests only", async () => {
    const { thread, drained, sent, end } = await start(({ socket }) => socket.write(OK), { worker: 1, workers: 3 });
    thread.take({ kind: "phase", phase: phaseFromNow(500, 10, 100) });
    thread.take({ kind: "phase", phase: phaseFromNow(500, 5, 110) });
    await drained(2);
    expect([...sent().answers.keys()].toSorted()).toEqual([100, 103, 106, 109, 112]);
    await end(0);
  });

  it("puts intended, sent and done times in their order, latency counting from the intended one", async () => {
    const { thread, drained, sent, end } = await start(({ socket }) => socket.write(OK));
    const phase = phaseFromNow(100, 10);
    thread.take({ kind: "phase", phase });
    await drained(1);
    for (const { request, intendedMs, sentMs, doneMs } of sent().columns) {
      for (const [row, index] of request.entries()) {
        expect(intendedMs[row]).toBeCloseTo(phase.startMs + index * 10, 6);
        expect(sentMs[row]).toBeGreaterThanOrEqual(intendedMs[row] ?? Number.NaN);
        expect(doneMs[row]).toBeGreaterThan(sentMs[row] ?? Number.NaN);
      }
    }
    await end(0);
  });

  it("accounts for every planned request when it is stopped in the middle", async () => {
    let stop = () => {};
    const { raw, thread, sent, end } = await start(({ index, socket }) => {
      // Every third is never answered; the fifteenth stops the run.
      if (index % 3 !== 0) socket.write(OK);
      if (index === 15) stop();
    });
    const stopped = new Promise<void>((resolve) => {
      stop = resolve;
    });
    thread.take({ kind: "phase", phase: phaseFromNow(200, 40) });
    thread.take({ kind: "phase", phase: { ...phaseFromNow(200, 10_000, 40), startMs: nowMs() + 200 } });
    await stopped;
    await end(20);
    expect(accounted(sent())).toEqual(upTo(10_040));
    const interrupted = [...sent().answers.values()].filter((answer) => answer === "interrupted");
    expect(interrupted.length).toBeGreaterThanOrEqual(5);
    expect(raw.requests.length).toBeLessThan(40);
    // What no thread came to is one range per phase, however much it is.
    expect(sent().unsentRanges).toContainEqual([40, 10_040]);
  });

  it("takes another phase after it has drained", async () => {
    const { thread, drained, sent, end } = await start(({ socket }) => socket.write(OK));
    thread.take({ kind: "phase", phase: phaseFromNow(500, 5) });
    await drained(1);
    thread.take({ kind: "phase", phase: phaseFromNow(500, 5, 5) });
    await drained(2);
    expect(accounted(sent())).toEqual(upTo(10));
    expect(sent().sends).toBe(10);
    await end(0);
  });

  it("lets go of a connection before the server does, where the server says when", async () => {
    const { raw, thread, drained, sent, end } = await start(({ socket }) =>
      socket.write("HTTP/1.1 202 Accepted\r\nkeep-alive: timeout=1\r\ncontent-length: 0\r\n\r\n"),
    );
    thread.take({ kind: "phase", phase: phaseFromNow(50, 3) });
    await drained(1);
    expect([...sent().answers.values()]).toEqual(["202", "202", "202"]);
    expect(raw.connections()).toBe(3);
    await end(0);
  });
});
