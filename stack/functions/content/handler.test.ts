import type { UpdateItemCommandInput } from "@aws-sdk/client-dynamodb";
import type { GetObjectCommandInput } from "@aws-sdk/client-s3";
import { describe, expect, test } from "vitest";
import { fakeInvocation, sdkError } from "../shared/testing/fake-invocation.ts";
import { type ContentPorts, contentHandler } from "./handler.ts";

/** A bucket that holds one text, and a table that counts deliveries. */
function services(text: string | Uint8Array = "", sizeBytes = Buffer.byteLength(text)) {
  const gets: GetObjectCommandInput[] = [];
  const updates: UpdateItemCommandInput[] = [];
  const used: string[] = [];
  const ports: Pick<ContentPorts, "getObject" | "updateItem"> = {
    getObject: async (input) => {
      gets.push(input);
      return {
        sizeBytes,
        bytes: async () => {
          used.push("bytes");
          return Buffer.from(text);
        },
        discard: () => {
          used.push("discard");
        },
      };
    },
    updateItem: async (input) => {
      updates.push(input);
      const same = updates.filter(({ Key }) => Key?.["id"]?.S === input.Key?.["id"]?.S);
      return { Attributes: { deliveries: { N: String(same.length) } } };
    },
  };
  return { ports, gets, updates, used };
}

function setUp(ports: Pick<ContentPorts, "getObject" | "updateItem">, timeoutMs?: number) {
  const invocation = fakeInvocation(timeoutMs);
  const handler = contentHandler({ ...invocation.ports, tableName: "content", ...ports });
  return { invoke: (event: unknown) => handler(event, invocation.context), log: invocation.log };
}

const request = (body: string, changes: object = {}) => ({
  httpMethod: "POST",
  path: "/process",
  headers: {},
  multiValueHeaders: {},
  body,
  isBase64Encoded: false,
  ...changes,
});

const notification = (...keys: string[]) => ({
  Records: keys.map((key) => ({
    eventSource: "aws:s3",
    eventName: "ObjectCreated:Put",
    s3: { bucket: { name: "uploads" }, object: { key, versionId: "v7" } },
  })),
});

describe("content, called by the API", () => {
  test("updates the body's item and answers how often it was delivered", async () => {
    const { ports, updates } = services();
    const { invoke, log } = setUp(ports);
    expect(await invoke(request('{"id":"a","n":1.0}'))).toEqual({
      statusCode: 200,
      headers: { "content-type": "application/json" },
      isBase64Encoded: false,
      body: '{"id":"a","deliveries":1}',
    });
    expect(await invoke(request('{"id":"a","n":1.0}'))).toMatchObject({ body: '{"id":"a","deliveries":2}' });
    expect(updates[0]).toEqual({
      TableName: "content",
      Key: { id: { S: "a" } },
      UpdateExpression:
        "SET #source = :source, #payload = :payload, #updated_at_ms = :updated_at_ms, #expires_at = :expires_at ADD #deliveries :one",
      ExpressionAttributeNames: {
        "#source": "source",
        "#payload": "payload",
        "#updated_at_ms": "updated_at_ms",
        "#expires_at": "expires_at",
        "#deliveries": "deliveries",
      },
      ExpressionAttributeValues: {
        ":source": { S: "api" },
        ":payload": { S: '{"id":"a","n":1.0}' },
        ":updated_at_ms": { N: "1795312740000" },
        ":expires_at": { N: "1795917540" },
        ":one": { N: "1" },
      },
      ReturnValues: "UPDATED_NEW",
    });
    expect(log()[0]).toEqual({
      level: "info",
      message: "item updated",
      requestId: "request-1",
      source: "api",
      ids: ["a"],
    });
  });

  test("takes a base64-encoded body", async () => {
    const { ports, updates } = services();
    const body = Buffer.from('{"id":"ä"}').toString("base64");
    expect(await setUp(ports).invoke(request(body, { isBase64Encoded: true }))).toMatchObject({ statusCode: 200 });
    expect(updates[0]?.Key).toEqual({ id: { S: "ä" } });
  });

  test.each([
    [request("{"), 400, "body: not JSON"],
    [request("{}"), 400, "body.id: expected a non-empty string"],
    [request(JSON.stringify({ id: "a", text: "x".repeat(400_000) })), 400, "body: 400020 bytes"],
    [request("{}", { path: "/other" }), 404, "path: nothing at /other"],
    [request("{}", { httpMethod: "GET" }), 405, "method: GET is not allowed"],
  ])("refuses a bad request with the reason (case %#)", async (event, statusCode, reason) => {
    const { ports, updates } = services();
    const response = await setUp(ports).invoke(event);
    expect(response?.statusCode).toBe(statusCode);
    expect(response?.body).toContain(reason);
    expect(updates).toEqual([]);
  });

  test("answers 502 with the service's error", async () => {
    const { ports } = services();
    const updateItem = async () => {
      throw sdkError("AccessDeniedException", "not authorized to perform: dynamodb:UpdateItem");
    };
    const { invoke, log } = setUp({ ...ports, updateItem });
    expect(await invoke(request('{"id":"a"}'))).toMatchObject({
      statusCode: 502,
      body: '{"error":"AccessDeniedException","message":"not authorized to perform: dynamodb:UpdateItem"}',
    });
    expect(log()).toMatchObject([{ level: "error", error: "AccessDeniedException", source: "api", ids: ["a"] }]);
  });
});

describe("content, called by S3", () => {
  test("reads the very version of the object and updates the item of its key", async () => {
    const { ports, gets, updates } = services('{"id":"x"}');
    const { invoke, log } = setUp(ports);
    expect(await invoke(notification("in/a+b.json"))).toBeUndefined();
    expect(gets).toEqual([{ Bucket: "uploads", Key: "in/a b.json", VersionId: "v7" }]);
    expect(updates[0]).toMatchObject({
      Key: { id: { S: "in/a b.json" } },
      ExpressionAttributeValues: {
        ":source": { S: "s3" },
        ":bucket": { S: "uploads" },
        ":version_id": { S: "v7" },
        ":size_bytes": { N: "10" },
        ":payload": { S: '{"id":"x"}' },
      },
    });
    expect(updates[0]?.UpdateExpression).not.toContain("REMOVE");
    expect(log()).toMatchObject([{ level: "info", message: "item updated", source: "s3", ids: ["in/a b.json"] }]);
  });

  test.each([
    ["is no JSON", "plain text", undefined, "bytes"],
    ["is no text", new Uint8Array([0xff]), undefined, "bytes"],
    ["is empty", "", undefined, "bytes"],
    ["has 64 KiB", "{}", 64 * 1024, "discard"],
  ])("leaves out, and removes, the payload of an object that %s", async (_what, text, sizeBytes, used) => {
    const service = services(text, sizeBytes);
    await setUp(service.ports).invoke(notification("a"));
    expect(service.updates[0]?.UpdateExpression).toMatch(/ REMOVE #payload$/);
    expect(service.updates[0]?.ExpressionAttributeValues).not.toHaveProperty(":payload");
    expect(service.used).toEqual([used]);
  });

  test("keeps the payload of an object just under 64 KiB", async () => {
    const service = services("{}", 64 * 1024 - 1);
    await setUp(service.ports).invoke(notification("a"));
    expect(service.updates[0]?.ExpressionAttributeValues).toHaveProperty(":payload");
  });

  test("throws the service's error, so that Lambda invokes it again, and logs what was done and what was not", async () => {
    const { ports } = services("{}");
    const getObject: ContentPorts["getObject"] = async (input, timeoutMs) => {
      if (input.Key === "b") throw sdkError("AccessDenied", "kms:Decrypt is not allowed");
      return ports.getObject(input, timeoutMs);
    };
    const { invoke, log } = setUp({ ...ports, getObject });
    await expect(invoke(notification("a", "b", "c"))).rejects.toThrow("kms:Decrypt is not allowed");
    expect(log()).toMatchObject([
      { level: "error", error: "AccessDenied", source: "s3", ids: ["b", "c"] },
      { level: "info", message: "item updated", source: "s3", ids: ["a"] },
    ]);
  });

  test("takes S3's test event without a call", async () => {
    const { ports, gets, updates } = services();
    const { invoke, log } = setUp(ports);
    expect(await invoke({ Service: "Amazon S3", Event: "s3:TestEvent", Bucket: "uploads" })).toBeUndefined();
    expect([gets, updates]).toEqual([[], []]);
    expect(log()).toMatchObject([{ level: "info", message: "test event", bucket: "uploads" }]);
  });

  test("makes no call that could outlast the invocation", async () => {
    const { ports, gets } = services("{}");
    await expect(setUp(ports, 400).invoke(notification("a"))).rejects.toThrow("no time left");
    expect(gets).toEqual([]);
  });
});

test("content throws on an event that is neither", async () => {
  await expect(setUp(services().ports).invoke({ Records: [{ eventSource: "aws:sqs" }] })).rejects.toThrow(
    "expected an API Gateway proxy request",
  );
});
