import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AnswerParser, type Progress } from "./answer-parser.ts";

interface Read {
  readonly progress: Progress;
  readonly status: number;
  readonly keepAlive: boolean;
  readonly hasMore: boolean;
  readonly body: string;
}

/** Reads a text in pieces that end at the cuts. */
function read(text: string, cuts: readonly number[] = [], { headOnly = false, ends = false } = {}): Read {
  const bytes = Buffer.from(text, "utf8");
  const parser = new AnswerParser(headOnly);
  const edges = [...new Set([...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length])].toSorted((a, b) => a - b);
  let progress: Progress = "more";
  let from = 0;
  for (const edge of edges) {
    // As from a socket: the piece stands at the beginning of a larger buffer that holds older bytes behind it.
    const buffer = Buffer.alloc(edge - from + 16, "\n");
    bytes.copy(buffer, 0, from, edge);
    if (edge > from) progress = parser.push(buffer, edge - from);
    buffer.fill("#");
    from = edge;
  }
  if (ends && progress === "more") progress = parser.end();
  const { status, keepAlive, hasMore } = parser;
  return { progress, status, keepAlive, hasMore, body: parser.body() };
}

const head = (...lines: string[]) => `${lines.join("\r\n")}\r\n\r\n`;

const ANSWERS = {
  "with a length": `${head("HTTP/1.1 202 Accepted", "content-length: 3")}abc`,
  "refused, with a length": `${head("HTTP/1.1 413 Content Too Large", "Content-Length:  5 ")}large`,
  chunked: `${head("HTTP/1.1 503 Busy", "Transfer-Encoding: chunked")}3\r\nabc\r\nA;x=1\r\n0123456789\r\n0\r\n\r\n`,
  "chunked, with trailers": `${head("HTTP/1.1 500 No", "transfer-encoding: Chunked")}1\r\na\r\n0\r\nx-a: b\r\nx-c: d\r\n\r\n`,
  "without a body": head("HTTP/1.1 204 No Content", "date: today"),
  empty: head("HTTP/1.1 400 Bad Request", "content-length: 0"),
  interim: `${head("HTTP/1.1 100 Continue")}${head("HTTP/1.1 103 Early Hints", "link: </a>")}${head("HTTP/1.1 200 OK", "content-length: 2")}ok`,
  "of HTTP/1.0": `${head("HTTP/1.0 200 OK", "content-length: 2")}ok`,
  "followed by more": `${head("HTTP/1.1 200 OK", "content-length: 2")}okHTTP/1.1 200 OK\r\n`,
  "with bare line ends": "HTTP/1.1 404 Not Found\ncontent-length: 2\n\nno",
  rubbish: "SSH-2.0-OpenSSH_9.2\r\n",
  "with two lengths": head("HTTP/1.1 200 OK", "content-length: 2", "content-length: 3"),
  "with no length": head("HTTP/1.1 200 OK", "content-length: -2"),
  "with a broken chunk": `${head("HTTP/1.1 200 OK", "transfer-encoding: chunked")}zz\r\n`,
  "with a chunk that is too long": `${head("HTTP/1.1 200 OK", "transfer-encoding: chunked")}1\r\nabc\r\n`,
  "with a line that is no header": head("HTTP/1.1 200 OK", "nothing"),
  unfinished: `${head("HTTP/1.1 200 OK", "content-length: 20")}ok`,
};

describe("an answer", () => {
  it.each(Object.entries(ANSWERS))("%s reads the same in pieces of any size", (_, text) => {
    const whole = read(text);
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 400 }), { maxLength: 40 }), (cuts) => {
        const pieces = read(text, cuts);
        // Bytes after the end may come before anybody looks, or later.
        expect({ ...pieces, hasMore: whole.hasMore }).toEqual(whole);
      }),
    );
    expect(
      read(
        text,
        Array.from(text, (__, index) => index),
      ),
    ).toEqual({ ...whole, hasMore: whole.hasMore });
  });

  it.each([
    ["with a length", { progress: "done", status: 202, keepAlive: true, body: "" }],
    ["refused, with a length", { progress: "done", status: 413, body: "large" }],
    ["chunked", { progress: "done", status: 503, keepAlive: true, body: "abc0123456789" }],
    ["chunked, with trailers", { progress: "done", status: 500, keepAlive: true, body: "a" }],
    ["without a body", { progress: "done", status: 204, keepAlive: true }],
    ["empty", { progress: "done", status: 400, keepAlive: true }],
    ["interim", { progress: "done", status: 200, keepAlive: true }],
    ["of HTTP/1.0", { progress: "done", status: 200, keepAlive: false }],
    ["followed by more", { progress: "done", status: 200, hasMore: true }],
    ["with bare line ends", { progress: "done", status: 404, body: "no" }],
    ["rubbish", { progress: "broken", status: 0 }],
    ["with two lengths", { progress: "broken" }],
    ["with no length", { progress: "broken" }],
    ["with a broken chunk", { progress: "broken" }],
    ["with a chunk that is too long", { progress: "broken" }],
    ["with a line that is no header", { progress: "broken" }],
    ["unfinished", { progress: "more" }],
  ] as const)("%s says what it is", (name, expected) => {
    expect(read(ANSWERS[name])).toMatchObject(expected);
  });

  it("without length or chunks ends with its connection, and only then", () => {
    const text = `${head("HTTP/1.1 500 No")}first\nsecond`;
    expect(read(text)).toMatchObject({ progress: "more" });
    expect(read(text, [], { ends: true })).toMatchObject({ progress: "done", keepAlive: false, body: "first\nsecond" });
  });

  it("that ends before its length is broken", () => {
    expect(read(ANSWERS.unfinished, [], { ends: true }).progress).toBe("broken");
    expect(read("HTTP/1.1 200", [], { ends: true }).progress).toBe("broken");
  });

  it("to HEAD has no body, whatever its length says", () => {
    const text = head("HTTP/1.1 200 OK", "content-length: 20");
    expect(read(text, [], { headOnly: true })).toMatchObject({ progress: "done", keepAlive: true });
  });

  it("says whether the connection goes on", () => {
    const closing = head("HTTP/1.1 200 OK", "Connection: Upgrade, Close", "content-length: 0");
    expect(read(closing).keepAlive).toBe(false);
    const keeping = head("HTTP/1.0 200 OK", "connection: keep-alive", "content-length: 0");
    expect(read(keeping).keepAlive).toBe(true);
    const both = `${head("HTTP/1.1 200 OK", "content-length: 3", "transfer-encoding: chunked")}0\r\n\r\n`;
    expect(read(both)).toMatchObject({ progress: "done", keepAlive: false });
  });

  it("says how long the server keeps an idle connection", () => {
    const parser = new AnswerParser(false);
    const text = Buffer.from(head("HTTP/1.1 200 OK", "Keep-Alive: timeout=7, max=9", "content-length: 0"));
    parser.push(text, text.length);
    expect(parser.keepAliveMs).toBe(7_000);
  });

  it("keeps the first kilobyte of a body that is no ack, and nothing of an ack", () => {
    const long = "x".repeat(5_000);
    expect(read(`${head("HTTP/1.1 500 No", "content-length: 5000")}${long}`).body).toBe("x".repeat(1024));
    expect(read(`${head("HTTP/1.1 200 OK", "content-length: 5000")}${long}`).body).toBe("");
  });

  it("with an endless head is given up", () => {
    expect(read(`HTTP/1.1 200 OK\r\n${"x-a: b\r\n".repeat(20_000)}`).progress).toBe("broken");
  });

  it("leaves nothing behind for the next one on the connection", () => {
    const parser = new AnswerParser(false);
    for (const text of [ANSWERS.chunked, ANSWERS["with a length"], ANSWERS["without a body"], ANSWERS.interim]) {
      parser.reset();
      const bytes = Buffer.from(text);
      expect(parser.push(bytes, bytes.length)).toBe("done");
      const { status, keepAlive } = parser;
      expect({ status, keepAlive, body: parser.body() }).toMatchObject({
        status: read(text).status,
        keepAlive: true,
        body: read(text).body,
      });
    }
  });
});
