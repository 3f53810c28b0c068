import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ListShardsCommand } from "@aws-sdk/client-kinesis";
import { HeadObjectCommand } from "@aws-sdk/client-s3";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { generate } from "selfsigned";
import { afterEach, describe, expect, it, vi } from "vitest";
import { CannotRun } from "../model/errors.ts";
import { type ClientOptions, createClients } from "./clients.ts";

const OPTIONS = { region: "eu-central-1", credentials: { accessKeyId: "test", secretAccessKey: "test" } };

let cleanUp: (() => void)[] = [];
afterEach(() => {
  for (const step of cleanUp) step();
  cleanUp = [];
  vi.unstubAllEnvs();
});

function clientsFor(options: ClientOptions) {
  const clients = createClients(options);
  cleanUp.push(() => clients.close());
  return clients;
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  cleanUp.push(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the test server has no port");
  return address.port;
}

async function serve(respond: RequestListener) {
  const seen: { httpVersion: string; url: string; accessKey: string }[] = [];
  const server = createServer((request, response) => {
    const accessKey = /Credential=([^/]*)/.exec(request.headers.authorization ?? "")?.[1] ?? "";
    seen.push({ httpVersion: request.httpVersion, url: request.url ?? "", accessKey });
    respond(request, response);
  });
  const port = await listen(server);
  return { server, seen, port, endpoint: `http://127.0.0.1:${port}` };
}

const noShards: RequestListener = (_, response) => response.end('{"Shards":[]}');
const listShards = new ListShardsCommand({ StreamName: "events" });

describe("the SDK clients", () => {
  it("are made once each", async () => {
    const clients = clientsFor(OPTIONS);
    expect(await clients.kinesis()).toBe(await clients.kinesis());
  });

  it("speak HTTP/1.1 to Kinesis", async () => {
    const { seen, endpoint } = await serve(noShards);
    await (await clientsFor({ ...OPTIONS, endpoint }).kinesis()).send(listShards);
    expect(seen).toMatchObject([{ httpVersion: "1.1", accessKey: "test" }]);
  });

  it("try each call once", async () => {
    const { seen, endpoint } = await serve((_, response) => response.writeHead(500).end());
    await expect((await clientsFor({ ...OPTIONS, endpoint }).kinesis()).send(listShards)).rejects.toThrow();
    expect(seen).toHaveLength(1);
  });

  it("let the SDK find endpoint and credentials in the environment where none are given", async () => {
    const { seen, endpoint } = await serve(noShards);
    vi.stubEnv("AWS_ENDPOINT_URL", endpoint);
    vi.stubEnv("AWS_ACCESS_KEY_ID", "from-environment");
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", "test");
    await (await clientsFor({ region: "eu-central-1" }).kinesis()).send(listShards);
    expect(seen).toMatchObject([{ accessKey: "from-environment" }]);
  });

  it.each(["given", "environment"])("address buckets by path where the endpoint is another (%s)", async (where) => {
    const { seen, port } = await serve((_, response) => response.end());
    // A name: for an IP address the SDK addresses by path anyway.
    const endpoint = `http://localhost:${port}`;
    if (where === "environment") vi.stubEnv("AWS_ENDPOINT_URL", endpoint);
    const clients = clientsFor(where === "given" ? { ...OPTIONS, endpoint } : OPTIONS);
    await (await clients.s3()).send(new HeadObjectCommand({ Bucket: "content", Key: "in/a.json" }));
    expect(seen[0]?.url).toBe("/content/in/a.json");
  });

  it("address buckets by host on AWS", async () => {
    vi.stubEnv("AWS_ENDPOINT_URL", undefined);
    vi.stubEnv("AWS_ENDPOINT_URL_S3", undefined);
    expect((await clientsFor(OPTIONS).s3()).config.forcePathStyle).toBe(false);
  });

  it("never wait for an endpoint without a limit", async () => {
    const { endpoint } = await serve(noShards);
    const client = await clientsFor({ ...OPTIONS, endpoint }).kinesis();
    await client.send(listShards);
    const { requestHandler } = client.config;
    expect(requestHandler instanceof NodeHttpHandler && requestHandler.httpHandlerConfigs()).toMatchObject({
      connectionTimeout: 3_000,
      requestTimeout: 10_000,
      throwOnRequestTimeout: true,
    });
  });

  it("keep a connection for the next call, until they are closed", async () => {
    const { server, endpoint } = await serve(noShards);
    let connections = 0;
    const closed = new Promise<void>((resolve) => {
      server.on("connection", (socket) => {
        connections += 1;
        socket.on("close", resolve);
      });
    });
    const clients = clientsFor({ ...OPTIONS, endpoint });
    const client = await clients.kinesis();
    for (let call = 0; call < 3; call += 1) await client.send(listShards);
    expect(connections).toBe(1);
    clients.close();
    await closed;
  });

  it("trust the certificates of a given file, and no others", async () => {
    const pem = await generate([{ name: "commonName", value: "127.0.0.1" }], {
      extensions: [{ name: "subjectAltName", altNames: [{ type: 7, ip: "127.0.0.1" }] }],
    });
    const port = await listen(createTlsServer({ key: pem.private, cert: pem.cert }, noShards));
    const endpoint = `https://127.0.0.1:${port}`;
    const folder = mkdtempSync(join(tmpdir(), "clients-"));
    cleanUp.push(() => rmSync(folder, { recursive: true }));
    const caFile = join(folder, "ca.pem");
    writeFileSync(caFile, pem.cert);
    const trusting = await clientsFor({ ...OPTIONS, endpoint, caFile }).kinesis();
    expect(await trusting.send(listShards)).toMatchObject({ Shards: [] });
    const wary = await clientsFor({ ...OPTIONS, endpoint }).kinesis();
    await expect(wary.send(listShards)).rejects.toThrow(/self.signed/i);
  });

  it("name a file of certificates that cannot be read", () => {
    expect(() => createClients({ ...OPTIONS, caFile: "/no/such/ca.pem" })).toThrow(CannotRun);
  });
});
