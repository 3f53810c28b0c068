import { expect, test } from "vitest";
import { invocationPassage } from "./invocation-passage.ts";
import { logPassage } from "./log-passage.ts";
import { requestPassage } from "./request-passage.ts";

test("a request is its line and its body, a long body its digest", () => {
  expect(requestPassage("GET", "/health", Buffer.alloc(0))).toBe("GET /health");
  expect(requestPassage("POST", "/events", Buffer.from('{"id":"a"}'))).toBe('POST /events {"id":"a"}');
  const [one, other] = ["x", "y"].map((letter) => requestPassage("POST", "/", Buffer.from(letter.repeat(2000))));
  expect(one).toMatch(/^POST \/ sha256 [0-9a-f]{64}$/);
  expect(one).not.toBe(other);
});

test("an invocation is what it is about, without what differs from run to run", () => {
  const request = { httpMethod: "POST", path: "/events", body: '{"id":"a"}', headers: { "x-amzn-trace-id": "Root=1" } };
  expect(invocationPassage(JSON.stringify(request))).toBe('POST /events {"id":"a"}');
  const objects = { Records: [{ eventTime: "now", s3: { bucket: { name: "b" }, object: { key: "k" } } }] };
  expect(invocationPassage(JSON.stringify(objects))).toBe("b/k");
  const records = { Records: ["a", "b"].map((partitionKey) => ({ kinesis: { partitionKey, sequenceNumber: "4" } })) };
  expect(invocationPassage(JSON.stringify(records))).toBe("a b");
  expect(invocationPassage('{"other":1}')).toMatch(/^sha256 /);
});

test("a log event is its text without time and request", () => {
  const ids = ["11111111-2222-3333-4444-555555555555", "66666666-7777-8888-9999-000000000000"];
  const [one, other] = ids.map((id, second) =>
    logPassage(`2026-11-22T00:00:0${second}.000Z\t${id}\tINFO\t{"ids":["a"]}`),
  );
  expect(one).toBe('INFO {"ids":["a"]}');
  expect(other).toBe(one);
  expect(logPassage(`START RequestId: ${ids[0]} Version: $LATEST`)).toBe("START RequestId: … Version: $LATEST");
});
