import { describe, expect, it } from "vitest";
import { INTERRUPTED } from "../load/answer-code.ts";
import { RequestLines } from "./request-lines.ts";

/** Request `k` is due at 1000 s and `k` ms. */
const DUE = (request: number) => 1_000_000 + request;

describe("the lines of an Artillery process", () => {
  it("become the rows of the second in which each request was sent, or ended", () => {
    const lines = new RequestLines(DUE);
    lines.read("r\ns 0 1000001.500 64\ns 2 1000002.250 64\nd 0 1000001.500 1000020.500 202\n");
    lines.read('d 2 1000002.250 1001000.125 503\nb 503 "slow\\u00e9 down"\n');
    expect(lines.isReady).toBe(true);
    const [first, second] = lines.take();
    expect(first).toMatchObject({
      second: 1000,
      request: Float64Array.of(0),
      answer: Uint16Array.of(202),
      sentBytes: 128,
    });
    expect(first?.sendDelayMs).toEqual(Float64Array.of(1.5, 0.25));
    expect(second).toMatchObject({ second: 1001, request: Float64Array.of(2), answer: Uint16Array.of(503) });
    expect(second).toMatchObject({ intendedMs: Float64Array.of(1_000_002), doneMs: Float64Array.of(1_001_000.125) });
    expect(second?.samples).toEqual([{ code: 503, body: "slowé down" }]);
    expect(lines.take()).toEqual([]);
  });

  it("wait for the rest of a line that is not whole yet", () => {
    const lines = new RequestLines(DUE);
    lines.read("s 0 1000001.5");
    expect(lines.sentRequests).toBe(0);
    lines.read("00 64\n");
    expect([lines.sentRequests, lines.openRequests]).toEqual([1, 1]);
  });

  it("leave open what was under way when the process ended, and know what it never sent", () => {
    const lines = new RequestLines(DUE);
    lines.read("s 0 1000001.500 64\ns 2 1000002.500 64\nd 0 1000001.500 1000002.000 202\n");
    lines.take();
    lines.end([0, 2, 4], 1_000_500);
    expect(lines.take()).toMatchObject([
      { request: Float64Array.of(2), answer: Uint16Array.of(INTERRUPTED), unsent: Float64Array.of(4), inFlight: 0 },
    ]);
  });

  it("refuse a request that is sent twice, and lines that are none", () => {
    expect(() => new RequestLines(DUE).read("s 0 1 1\ns 0 1 1\n")).toThrow("sent request 0 twice");
    expect(() => new RequestLines(DUE).read("hello\n")).toThrow("is none: hello");
  });
});
