import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Fact } from "../model/fact.ts";
import { SNAPSHOT } from "../testing/stackproof.ts";
import { createRedactor } from "./redact.ts";

const { text } = createRedactor([
  { value: 'p"w/1 3', what: "sensitive output" },
  { value: "short", what: "sensitive output" },
  { value: "correct-horse", what: "sensitive value of the state" },
  { value: "correct-horse-battery", what: "sensitive output" },
]);

describe("known values", () => {
  it.each([
    ["as it is", 'said p"w/1 3.', "said [redacted: sensitive output]."],
    ["in JSON", JSON.stringify({ a: 'p"w/1 3' }), '{"a":"[redacted: sensitive output]"}'],
    ["in a URL", `?q=${encodeURIComponent('p"w/1 3')}&r=1`, "?q=[redacted: sensitive output]&r=1"],
    ["in base64", `Basic ${btoa('p"w/1 3')}`, "Basic [redacted: sensitive output]=="],
    [
      "cut off at the end of a long text",
      `${"it is ".repeat(100)}correct-ho`,
      `${"it is ".repeat(100)}[redacted: sensitive output]`,
    ],
  ])("are taken out %s", (_, given, left) => expect(text(given)).toBe(left));

  it("takes the longest that fits", () => {
    expect(text("correct-horse-battery correct-horse!")).toBe(
      "[redacted: sensitive output] [redacted: sensitive value of the state]!",
    );
  });

  it("leaves short ones alone, which are ordinary words", () => expect(text("in short")).toBe("in short"));
});

describe("what looks like a secret", () => {
  it.each([
    ["an access key id", "user AKIAIOSFODNN7EXAMPLE may", "user [redacted: access key id] may"],
    [
      "a signed URL",
      "https://b.s3.amazonaws.com/k?X-Amz-Credential=AKIA%2F1&X-Amz-Expires=60&X-Amz-Signature=fe5f80",
      "https://b.s3.amazonaws.com/k?X-Amz-Credential=[redacted: signed URL]&X-Amz-Expires=60&X-Amz-Signature=[redacted: signed URL]",
    ],
    ["a session token", "t IQoJb3JpZ2luX2VjEHAaCXVz/+= x", "t [redacted: session token] x"],
    ["a bearer token", "Authorization: Bearer abc.def-123", "Authorization: Bearer [redacted: token]"],
    ["basic authorization", '"Authorization":"Basic dXNlcjpwdw=="', '"Authorization":"[redacted: authorization]"'],
    [
      "a signature",
      `AWS4-HMAC-SHA256 Signature=${"0f".repeat(32)}`,
      "AWS4-HMAC-SHA256 Signature=[redacted: signature]",
    ],
    ["a private key", "-----BEGIN RSA PRIVATE KEY-----\nMII\n-----END RSA PRIVATE KEY-----", "[redacted: private key]"],
    ["a private key that is cut", "k -----BEGIN PRIVATE KEY-----\nMIIE", "k [redacted: private key]"],
    ["URL userinfo", "at http://me:pw1@host:8080/x", "at http://[redacted: URL credentials]@host:8080/x"],
    ["a JSON Web Token", "eyJhbGciOiJI.eyJzdWIiOiIx.SflKxwRJ", "[redacted: token]"],
    ["a field by its name", '{"db_password":"hunter2","n":1}', '{"db_password":"[redacted: by its name]","n":1}'],
    ["a field in nested JSON", '{\\"apiKey\\":\\"xyzzy\\"}', '{\\"apiKey\\":\\"[redacted: by its name]\\"}'],
    ["an assignment", "run DB_PASSWORD=hunter2 now", "run DB_PASSWORD=[redacted: by its name] now"],
    ["a line of a log", "using token: abcd1234", "using token: [redacted: by its name]"],
  ])("is taken out: %s", (_, given, left) => {
    expect(text(given)).toBe(left);
    expect(text(left)).toBe(left);
  });

  it.each([
    "sp-20261122t015900x7f3a-alb-12",
    "arn:aws:secretsmanager:us-east-1:123456789012:secret:prod/db-AbC123",
    "arn:aws:iam::123456789012:role/token-exchange-1",
    "The security token included in the request is invalid.",
    "Attach secretsmanager:GetSecretValue to AROAG4UI5KAPPSTI2T5HL",
    "http://host.example/path?at=me@example.com",
    '{"token":"sp-20261122t015900x7f3a-alb-12"}',
    "No access token: sign in again.",
  ])("is not: %s", (plain) => expect(text(plain)).toBe(plain));

  it("is not in the state of a stack without secrets", () => {
    // The key's id of AWS' own documentation, which the control plane of the snapshot shows as who applied it.
    const state = readFileSync(SNAPSHOT, "utf8").replace("AKIAIOSFODNN7EXAMPLE", "AIDAIOSFODNN7EXAMPLE");
    expect(text(state)).toBe(state);
  });
});

describe("facts", () => {
  const { fact } = createRedactor([{ value: "correct-horse", what: "credential" }]);

  it("are redacted in every text and every name of a field", () => {
    const setting = {
      fact: "answered",
      atMs: 1,
      scenario: "alb",
      tag: "sp-1-alb-0",
      doneAtMs: 2,
      outcome: { kind: "rejected", status: 400, answer: "no correct-horse" },
    } as const satisfies Fact;
    expect(fact(setting)).toEqual({
      ...setting,
      outcome: { ...setting.outcome, answer: "no [redacted: credential]" },
    });
    const calls = { fact: "calls-made", atMs: 1, calls: { "s3:correct-horse": 1 } } as const satisfies Fact;
    expect(fact(calls)).toEqual({ ...calls, calls: { "s3:[redacted: credential]": 1 } });
  });

  it("of a load are looked through where the entry's answers stand, and nowhere else", () => {
    const none = { kind: "ranges", ranges: [] } as const;
    const sample = { answer: "500", body: "a correct-horse" };
    const second: Fact = {
      ...{ fact: "load-second", atMs: 1, scenario: "alb", worker: 0, second: 1, sentRequests: 1, inFlight: 0 },
      ...{ acked: none, rejected: none, unknown: none, unsent: none, answers: {}, sentBytes: 1 },
      ...{ latency: "correct-horse", service: "", sendDelay: "", samples: [sample] },
    };
    expect(fact(second)).toEqual({ ...second, samples: [{ ...sample, body: "a [redacted: credential]" }] });
  });
});
