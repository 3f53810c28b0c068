import { PutObjectCommand } from "@aws-sdk/client-s3";
import { afterEach, describe, expect, it } from "vitest";
import { admin, closeS3, inContent, startS3 } from "./testing/served-s3.ts";

afterEach(closeS3);

describe("a bucket is addressed", () => {
  it.each([
    ["content-bucket.s3.eu-central-1.amazonaws.com", "/k"],
    ["content-bucket.s3.amazonaws.com:8080", "/k"],
    ["content-bucket.s3.dualstack.eu-central-1.amazonaws.com", "/k"],
    ["s3.eu-central-1.amazonaws.com", "/content-bucket/k"],
    ["127.0.0.1:4566", "/content-bucket/k"],
  ])("by host %s and path %s", async (host, url) => {
    const { client, s3 } = await startS3();
    await client.send(new PutObjectCommand({ ...inContent, Key: "k", Body: "x" }));
    const { Readable } = await import("node:stream");
    const answer = await s3.service.handle(
      { method: "GET", url, headers: { host }, body: Readable.from([]) },
      { principal: admin, secureTransport: true, requestId: "r" },
    );
    expect([answer.status, Buffer.from(answer.body instanceof Uint8Array ? answer.body : []).toString()]).toEqual([
      200,
      "x",
    ]);
    expect(s3.service.matches({ method: "GET", url, headers: { host }, body: Readable.from([]) })).toBe(
      host.includes("amazonaws"),
    );
  });
});
