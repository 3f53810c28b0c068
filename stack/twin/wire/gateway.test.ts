import { connect as connectHttp2 } from "node:http2";
import { connect } from "node:net";
import { gzipSync } from "node:zlib";
import { Agent, request } from "undici";
import { afterEach, describe, expect, test } from "vitest";
import { createIdentities } from "../identity/identities.ts";
import type { Listener } from "../model/listener.ts";
import type { RestService, Service } from "../model/service.ts";
import { gateway } from "./gateway.ts";
import { decodeCbor } from "./protocols/cbor-codec.ts";
import { MAXIMUM_BODY_BYTES } from "./read-body.ts";
import { selfSigned } from "./self-signed.ts";
import { listenTls } from "./tls-listener.ts";
import { listenTwoVersions } from "./two-version-listener.ts";
import { unimplementedCounter } from "./unimplemented.ts";

const echo: Service = {
  name: "kinesis",
  operations: {
    Echo: ({ input, principal, secureTransport }) => ({ kind: "ok", output: { input, principal, secureTransport } }),
    Refuse: () => ({ kind: "error", status: 400, code: "LimitExceededException", message: "too much" }),
    Break: () => {
      throw new Error("a defect");
    },
  },
};

const objects: RestService = {
  name: "s3",
  matches: ({ headers }) => headers.host?.includes(".s3.") === true,
  handle: async ({ method, url, headers }, { secureTransport }) => ({
    status: 200,
    headers: { "x-secure": String(secureTransport) },
    body: `${method} ${url} ${headers.host}`,
  }),
};

const listeners: Listener[] = [];
afterEach(async () => {
  await Promise.all(listeners.splice(0).map((listener) => listener.close()));
});

const principal = { kind: "user", arn: "arn:aws:iam::111122223333:user/tester" } as const;

function parts(secureTransport: boolean) {
  const identities = createIdentities();
  const unimplemented = unimplementedCounter();
  const reported: string[] = [];
  const { accessKeyId } = identities.credentialsOf(principal);
  const authorization = (service: string, key = accessKeyId) =>
    `AWS4-HMAC-SHA256 Credential=${key}/20260101/eu-west-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;
  const handle = gateway({
    services: new Map<string, Service | RestService>([
      ["kinesis", echo],
      ["s3", objects],
    ]),
    identities,
    unimplemented,
    status: () => ({ fine: true }),
    secureTransport,
    report: (problem) => reported.push(problem),
  });
  return { handle, unimplemented, reported, authorization };
}

async function started() {
  const made = parts(true);
  const listener = await listenTwoVersions(0, made.handle);
  listeners.push(listener);
  const url = `http://127.0.0.1:${listener.port}`;
  const json = (operation: string, body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
    fetch(url, {
      method: "POST",
      body,
      headers: {
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": `Kinesis_20131202.${operation}`,
        authorization: made.authorization("kinesis"),
        ...headers,
      },
    });
  return { ...made, url, json, port: listener.port };
}

describe("a JSON call", () => {
  test("reaches its operation with the caller's identity, as over TLS", async () => {
    const { json } = await started();
    const response = await json("Echo", '{"a":1}');
    expect(response.headers.get("content-type")).toBe("application/x-amz-json-1.1");
    expect(response.headers.get("x-amzn-requestid")).toMatch(/^[0-9a-f-]{36}$/);
    expect(await response.json()).toEqual({ input: { a: 1 }, principal, secureTransport: true });
  });

  test("may be zipped", async () => {
    const { json } = await started();
    const response = await json("Echo", new Uint8Array(gzipSync('{"a":1}')), { "content-encoding": "gzip" });
    expect(await response.json()).toMatchObject({ input: { a: 1 } });
  });

  test("gets the service's error in the protocol's shape", async () => {
    const { json } = await started();
    const response = await json("Refuse", "{}");
    expect(response.status).toBe(400);
    expect(response.headers.get("x-amzn-errortype")).toBe("LimitExceededException");
    expect(await response.json()).toEqual({ __type: "LimitExceededException", message: "too much" });
  });

  test("that is no JSON is refused", async () => {
    const { json } = await started();
    expect(await (await json("Echo", "{")).json()).toMatchObject({ __type: "SerializationException" });
  });

  test("without a signature, or with a key that nobody has, is refused", async () => {
    const { json, authorization } = await started();
    const unknown = await json("Echo", "{}", { authorization: authorization("kinesis", "AKIANOBODY") });
    expect(await unknown.json()).toMatchObject({ __type: "UnrecognizedClientException" });
    const unsigned = await json("Echo", "{}", { authorization: "" });
    expect(await unsigned.json()).toMatchObject({ __type: "MissingAuthenticationTokenException" });
  });

  test("with a body over the bound is refused without keeping it", async () => {
    const { json } = await started();
    const response = await json("Echo", Buffer.alloc(MAXIMUM_BODY_BYTES + 1, 0x20));
    expect(response.status).toBe(413);
  });

  test("that meets a defect gets a 500, and the defect is reported", async () => {
    const { json, reported } = await started();
    expect((await json("Break", "{}")).status).toBe(500);
    expect(reported).toEqual([expect.stringContaining("a defect")]);
  });
});

describe("what is not implemented", () => {
  test("is answered in the caller's protocol and counted", async () => {
    const { json, url, authorization, unimplemented } = await started();
    const asJson = await json("MergeShards", "{}");
    expect([asJson.status, await asJson.json()]).toEqual([
      400,
      { __type: "UnknownOperationException", message: "The twin does not implement MergeShards of kinesis." },
    ]);
    const asQuery = await fetch(url, {
      method: "POST",
      body: "Action=GetRole&Version=2010-05-08",
      headers: { "content-type": "application/x-www-form-urlencoded", authorization: authorization("iam") },
    });
    expect([asQuery.status, await asQuery.text()]).toEqual([
      400,
      expect.stringContaining("<Code>InvalidAction</Code>"),
    ]);
    const asCbor = await fetch(`${url}/service/GraniteServiceVersion20100801/operation/PutDashboard`, {
      method: "POST",
      headers: { "smithy-protocol": "rpc-v2-cbor", authorization: authorization("monitoring") },
    });
    const cbor = decodeCbor(Buffer.from(await asCbor.arrayBuffer()));
    expect([asCbor.status, cbor]).toMatchObject([404, { __type: "UnknownOperationException" }]);
    const asRest = await fetch(`${url}/2015-03-31/functions?x=1`, {
      headers: { authorization: authorization("lambda") },
    });
    expect(asRest.status).toBe(404);
    await json("MergeShards", "{}");
    expect(unimplemented.counts()).toEqual([
      { service: "kinesis", operation: "MergeShards", count: 2 },
      { service: "iam", operation: "GetRole", count: 1 },
      { service: "monitoring", operation: "PutDashboard", count: 1 },
      { service: "lambda", operation: "GET /2015-03-31/functions", count: 1 },
    ]);
  });

  test("includes what every object has by birth", async () => {
    const { json } = await started();
    expect(await (await json("toString", "{}")).json()).toMatchObject({ __type: "UnknownOperationException" });
  });

  test("cannot fill the memory", () => {
    const counter = unimplementedCounter();
    for (let index = 0; index < 2000; index += 1) counter.count("kinesis", `Rubbish${index}`);
    expect(counter.counts().length).toBeLessThan(600);
    expect(counter.counts().reduce((sum, { count }) => sum + count, 0)).toBe(2000);
  });
});

describe("one port", () => {
  test("speaks HTTP/2 with prior knowledge beside HTTP/1.1", async () => {
    const { url } = await started();
    const session = connectHttp2(url);
    const stream = session.request({ ":path": "/_twin/status" });
    const body = await new Promise<string>((resolve) => stream.on("data", (data) => resolve(String(data))));
    expect(JSON.parse(body)).toEqual({ fine: true });
    session.close();
    expect(await (await fetch(`${url}/_twin/status`)).json()).toEqual({ fine: true });
  });

  test("waits for enough of a connection to tell its version", async () => {
    const { port, url } = await started();
    const socket = connect(port, "127.0.0.1").setNoDelay(true);
    const answered = new Promise<Buffer>((resolve) => socket.once("data", resolve));
    socket.write("P");
    // Once another connection has been answered, the one letter has been seen: it could still become PRI or POST.
    await fetch(`${url}/_twin/status`);
    socket.write("OST / HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n\r\n");
    expect(String(await answered)).toMatch(/^HTTP\/1\.1 404 /);
    socket.destroy();
  });

  test("hands REST to the service that claims it, with the host under one name in both versions", async () => {
    const { url, authorization } = await started();
    const signed = await fetch(`${url}/bucket/key?list`, { headers: { authorization: authorization("s3") } });
    expect([await signed.text(), signed.headers.get("x-secure")]).toEqual([
      `GET /bucket/key?list ${new URL(url).host}`,
      "true",
    ]);
    const session = connectHttp2(url);
    const stream = session.request({ ":path": "/key", ":authority": "b.s3.eu-west-1.amazonaws.com" });
    const body = await new Promise<string>((resolve) => stream.on("data", (data) => resolve(String(data))));
    expect(body).toBe("GET /key b.s3.eu-west-1.amazonaws.com");
    session.close();
  });

  test("ends at once with connections open", async () => {
    const { port } = await started();
    const socket = connect(port, "127.0.0.1");
    await new Promise<void>((resolve) => socket.once("connect", () => resolve()));
    const closed = new Promise<void>((resolve) => socket.on("error", () => undefined).once("close", () => resolve()));
    await Promise.all(listeners.splice(0).map((listener) => listener.close()));
    await closed;
  });
});

describe("an HTTPS port", () => {
  test("serves the same, with a certificate for the host that is made on demand", async () => {
    const { handle, reported } = parts(true);
    let made = 0;
    const certificate = () => {
      made += 1;
      return selfSigned(["b.s3.eu-west-1.amazonaws.com"]);
    };
    const listener = await listenTls(0, certificate, handle, (problem) => reported.push(problem));
    listeners.push(listener);
    expect(made).toBe(0);
    const { cert: ca } = await selfSigned(["another"]);
    const trusting = new Agent({ connect: { rejectUnauthorized: false, servername: "b.s3.eu-west-1.amazonaws.com" } });
    const strict = new Agent({ connect: { ca } });
    const url = `https://127.0.0.1:${listener.port}/key`;
    const headers = { host: "b.s3.eu-west-1.amazonaws.com" };
    const response = await request(url, { dispatcher: trusting, headers });
    expect(await response.body.text()).toBe("GET /key b.s3.eu-west-1.amazonaws.com");
    await expect(request(url, { dispatcher: strict })).rejects.toThrow();
    expect(made).toBe(1);
    expect(reported).toEqual([]);
    await Promise.all([trusting.destroy(), strict.destroy()]);
  });
});
