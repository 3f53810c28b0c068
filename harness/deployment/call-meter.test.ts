import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { ListStreamsCommand } from "@aws-sdk/client-kinesis";
import { ListObjectsV2Command } from "@aws-sdk/client-s3";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createClients } from "./clients.ts";

let server: Server;
let requests = 0;
beforeAll(async () => {
  server = createServer((_, response) => {
    requests += 1;
    response.statusCode = 500;
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(() => server.close());

function clientsWith(beforeCall: (service: string, operation: string) => void) {
  const { port } = server.address() as AddressInfo;
  const credentials = { accessKeyId: "a", secretAccessKey: "b" };
  return createClients({
    region: "us-east-1",
    endpoint: `http://127.0.0.1:${port}`,
    credentials,
    meter: { beforeCall },
  });
}

describe("a meter of calls", () => {
  it("sees every request by service and operation, the SDK's own repetitions included", async () => {
    const calls: string[] = [];
    const clients = clientsWith((service, operation) => calls.push(`${service}:${operation}`));
    requests = 0;
    await (await clients.kinesis()).send(new ListStreamsCommand()).catch(() => {});
    await (await clients.s3()).send(new ListObjectsV2Command({ Bucket: "b" })).catch(() => {});
    await (await clients.sts()).send(new GetCallerIdentityCommand()).catch(() => {});
    clients.close();
    expect(new Set(calls)).toEqual(new Set(["kinesis:ListStreams", "s3:LIST", "sts:GetCallerIdentity"]));
    expect(calls).toHaveLength(requests);
    expect(calls.filter((call) => call === "sts:GetCallerIdentity")).toHaveLength(3);
  });

  it("keeps a call from being made by throwing", async () => {
    const clients = clientsWith(() => {
      throw new Error("no more");
    });
    requests = 0;
    await expect((await clients.kinesis()).send(new ListStreamsCommand())).rejects.toThrow("no more");
    clients.close();
    expect(requests).toBe(0);
  });
});
