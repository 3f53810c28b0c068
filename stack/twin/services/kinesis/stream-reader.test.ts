import { describe, expect, test } from "vitest";
import { allowEveryKey } from "../../authorization/testing/allow-everything.ts";
import { output } from "../testing/call.ts";
import { entry, kinesis, StreamARN } from "../testing/kinesis.ts";

describe("a reader inside", () => {
  const reader = { kind: "role", roleArn: "arn:aws:iam::111122223333:role/worker", sessionName: "worker" } as const;

  test("wakes when a record comes, and reads on from where it was", async () => {
    const { service, reader: inside } = kinesis();
    const shardId = "shardId-000000000000";
    const position = inside.position(StreamARN, shardId, "latest");
    const woken = inside.changed(StreamARN, shardId, position, 60_000, new AbortController().signal);
    await output(service, "PutRecord", { StreamName: "orders", ...entry("a") });
    await woken;
    const read = inside.read(StreamARN, shardId, position, 100, reader);
    expect(read).toMatchObject({ kind: "records", records: [{ partitionKey: "a" }], millisBehindLatest: 0 });
    if (read.kind !== "records") return;
    expect(inside.read(StreamARN, shardId, read.nextPosition, 100, reader)).toMatchObject({ records: [] });
  });

  test("stops waiting when it is told to, or when its time is over", async () => {
    const { reader: inside, clock } = kinesis();
    const shardId = "shardId-000000000000";
    const stopping = new AbortController();
    const stopped = inside.changed(StreamARN, shardId, "0", 60_000, stopping.signal);
    const timedOut = inside.changed(StreamARN, shardId, "0", 250, new AbortController().signal);
    stopping.abort();
    clock.advance(250);
    await Promise.all([stopped, timedOut]);
  });

  test("that may not read is told so", () => {
    const { reader: inside } = kinesis({ authorizer: { decide: () => ({ allowed: false, reason: "no" }) } });
    expect(inside.read(StreamARN, "shardId-000000000000", "0", 1, reader)).toEqual({ kind: "denied", reason: "no" });
  });

  test("that the stream's key does not serve is told so", () => {
    const refusal = { status: 400, code: "KMSDisabledException", message: "key is disabled." };
    const keys = { ...allowEveryKey, ofStream: (access: string) => (access === "read" ? refusal : undefined) };
    const { reader: inside } = kinesis({ keys });
    expect(inside.read(StreamARN, "shardId-000000000000", "0", 1, reader)).toEqual({
      kind: "denied",
      reason: "KMSDisabledException: key is disabled.",
    });
  });
});
