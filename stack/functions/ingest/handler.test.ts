import type { PutRecordsCommandInput } from "@aws-sdk/client-kinesis";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fakeInvocation, sdkError } from "../shared/testing/fake-invocation.ts";
import { type IngestPorts, ingestHandler } from "./handler.ts";

const THROTTLED = { ErrorCode: "ProvisionedThroughputExceededException", ErrorMessage: "slow down" };

/** A stream that rejects a key's first entries as often as the map says, and keeps what it takes. */
function stream(rejections: ReadonlyMap<string, number> = new Map()) {
  const left = new Map(rejections);
  const stored: { id: string; data: string }[] = [];
  const inputs: PutRecordsCommandInput[] = [];
  const putRecords: IngestPorts["putRecords"] = async (input) => {
    inputs.push(input);
    const Records = (input.Records ?? []).map(({ PartitionKey, Data }) => {
      const id = PartitionKey ?? "";
      const count = left.get(id) ?? 0;
      left.set(id, count - 1);
      if (count > 0) return THROTTLED;
      stored.push({ id, data: Buffer.from(Data ?? []).toString("utf8") });
      return { ShardId: "shardId-000000000000", SequenceNumber: String(stored.length) };
    });
    return { Records };
  };
  return { putRecords, stored, inputs };
}

async function invoke(event: object, putRecords: IngestPorts["putRecords"]) {
  const invocation = fakeInvocation();
  const handler = ingestHandler({ ...invocation.ports, streamName: "events", putRecords });
  const response = await handler({ headers: {}, body: "", isBase64Encoded: false, ...event }, invocation.context);
  return { response, body: JSON.parse(response.body), log: invocation.log() };
}

const post = (body: unknown, putRecords: IngestPorts["putRecords"]) =>
  invoke({ httpMethod: "POST", path: "/events", body: JSON.stringify(body) }, putRecords);

describe("ingest", () => {
  test("answers the health check without a call", async () => {
    const { putRecords, inputs } = stream();
    const { response, body } = await invoke({ httpMethod: "GET", path: "/health" }, putRecords);
    expect(response).toMatchObject({ statusCode: 200, statusDescription: "200 OK" });
    expect(body).toEqual({ status: "ok" });
    expect(inputs).toEqual([]);
  });

  test("puts one record per event, keyed by the id, and answers where they are", async () => {
    const { putRecords, stored, inputs } = stream();
    const { response, body, log } = await post({ events: [{ id: "a", n: 1 }, { id: "b" }] }, putRecords);
    expect(response.statusCode).toBe(202);
    expect(inputs[0]?.StreamName).toBe("events");
    expect(stored).toEqual([
      { id: "a", data: '{"id":"a","n":1}' },
      { id: "b", data: '{"id":"b"}' },
    ]);
    expect(body).toEqual({
      accepted: 2,
      records: [
        { id: "a", shardId: "shardId-000000000000", sequenceNumber: "1" },
        { id: "b", shardId: "shardId-000000000000", sequenceNumber: "2" },
      ],
    });
    expect(log).toEqual([{ level: "info", message: "records put", requestId: "request-1", ids: ["a", "b"] }]);
  });

  test("answers in multi-value headers where the request came with them", async () => {
    const { putRecords } = stream();
    const event = { httpMethod: "GET", path: "/health", headers: undefined, multiValueHeaders: { host: ["a"] } };
    const { response } = await invoke(event, putRecords);
    expect(response).toMatchObject({ multiValueHeaders: { "content-type": ["application/json"] } });
    expect(response).not.toHaveProperty("headers");
  });

  test("answers 503 with the entries that keep failing, and logs both kinds", async () => {
    const { putRecords } = stream(new Map([["b", 99]]));
    const { response, body, log } = await post({ events: [{ id: "a" }, { id: "b" }] }, putRecords);
    expect(response).toMatchObject({ statusCode: 503, statusDescription: "503 Service Unavailable" });
    expect(body).toEqual({
      accepted: 1,
      rejected: [{ id: "b", errorCode: "ProvisionedThroughputExceededException", errorMessage: "slow down" }],
      records: [{ id: "a", shardId: "shardId-000000000000", sequenceNumber: "1" }],
    });
    expect(log).toMatchObject([
      { level: "info", ids: ["a"] },
      { level: "error", error: "ProvisionedThroughputExceededException", ids: ["b"] },
    ]);
  });

  test("answers 502 with the service's error when a call fails as a whole, and does not call again", async () => {
    let calls = 0;
    const { response, body, log } = await post({ id: "a" }, async () => {
      calls += 1;
      throw sdkError("KMSAccessDeniedException", "the key policy denies it");
    });
    expect(response.statusCode).toBe(502);
    expect(body).toMatchObject({ error: "KMSAccessDeniedException", message: "the key policy denies it" });
    expect(calls).toBe(1);
    expect(log).toMatchObject([{ level: "error", error: "KMSAccessDeniedException", ids: ["a"] }]);
  });

  test.each([
    [{ httpMethod: "POST", path: "/events", body: "[" }, 400, "body: not JSON"],
    [{ httpMethod: "POST", path: "/other" }, 404, "path: nothing at /other"],
    [{ httpMethod: "DELETE", path: "/events" }, 405, "method: DELETE is not allowed"],
  ])("refuses %j with %i", async (event, status, reason) => {
    const { putRecords, inputs } = stream();
    const { response, body } = await invoke(event, putRecords);
    expect(response.statusCode).toBe(status);
    expect(body.error).toContain(reason);
    expect(inputs).toEqual([]);
  });

  test("throws on an event that is no HTTP request", async () => {
    const { context, ports } = fakeInvocation();
    const handler = ingestHandler({ ...ports, ...stream(), streamName: "events" });
    await expect(handler({ Records: [] }, context)).rejects.toThrow("expected an HTTP request");
  });

  test("stores each event of any batch exactly once and lists it as accepted, or rejects it and stores nothing", async () => {
    const batch = fc.uniqueArray(
      fc.record({ id: fc.string({ minLength: 1, maxLength: 20 }), rejections: fc.nat(10) }),
      {
        selector: ({ id }) => id,
        minLength: 1,
        maxLength: 60,
      },
    );
    await fc.assert(
      fc.asyncProperty(batch, async (entries) => {
        const { putRecords, stored } = stream(new Map(entries.map(({ id, rejections }) => [id, rejections])));
        const { body } = await post({ events: entries.map(({ id }) => ({ id })) }, putRecords);
        const accepted: string[] = body.records.map(({ id }: { id: string }) => id);
        const rejected: string[] = (body.rejected ?? []).map(({ id }: { id: string }) => id);
        const sorted = (ids: readonly string[]) => [...ids].sort();
        expect(sorted([...accepted, ...rejected])).toEqual(sorted(entries.map(({ id }) => id)));
        expect(sorted(stored.map(({ id }) => id))).toEqual(sorted(accepted));
        expect(body.accepted).toBe(accepted.length);
        for (const ids of [accepted, rejected]) {
          expect(ids).toEqual(entries.map(({ id }) => id).filter((id) => ids.includes(id)));
        }
      }),
      { numRuns: 50 },
    );
  });
});
