import { createServer, type RequestListener, type Server } from "node:http";
import { KinesisClient, PutRecordsCommand } from "@aws-sdk/client-kinesis";
import { afterEach, expect, test, vi } from "vitest";
import { TimedRequests } from "./timed-requests.ts";

const ended: (() => void)[] = [];
afterEach(() => {
  for (const end of ended.splice(0)) end();
});

const answer: RequestListener = (request, response) => {
  request.resume().once("end", () => {
    response.writeHead(200, { "content-type": "application/x-amz-json-1.1" });
    response.end(JSON.stringify({ FailedRecordCount: 0, Records: [{ SequenceNumber: "1", ShardId: "shard" }] }));
  });
};

/** A client of a server that does what it is told. */
async function clientOf(serve: RequestListener) {
  const server = createServer(serve);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const requests = new TimedRequests();
  const kinesis = new KinesisClient({
    requestHandler: requests,
    cacheMiddleware: true,
    endpoint: `http://127.0.0.1:${portOf(server)}`,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });
  ended.push(() => {
    kinesis.destroy();
    server.closeAllConnections();
    server.close();
  });
  const Records = [{ Data: Buffer.from("{}"), PartitionKey: "1" }];
  return (timeoutMs: number) =>
    requests.within(timeoutMs, () => kinesis.send(new PutRecordsCommand({ StreamName: "events", Records })));
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the test's server listens on no port");
  return address.port;
}

test("calls that are answered in time share their middleware", async () => {
  const resolveMiddleware = vi.spyOn(PutRecordsCommand.prototype, "resolveMiddleware");
  const call = await clientOf(answer);
  for (const timeoutMs of [5_000, 10_000]) expect(await call(timeoutMs)).toMatchObject({ FailedRecordCount: 0 });
  expect(resolveMiddleware).toHaveBeenCalledTimes(1);
});

test("a request that is not answered in time is ended, with a TimeoutError", async () => {
  let hasClosed: () => void = () => {};
  const closed = new Promise<void>((resolve) => {
    hasClosed = resolve;
  });
  const call = await clientOf((request) => void request.socket.once("close", hasClosed));
  await expect(call(50)).rejects.toMatchObject({ name: "TimeoutError" });
  await closed;
});

test("the time holds for all attempts of a call and what lies between them", async () => {
  const call = await clientOf((request, response) => {
    request.resume().once("end", () => response.writeHead(503, { "retry-after": "30" }).end());
  });
  await expect(call(1_000)).rejects.toMatchObject({ name: "TimeoutError" });
});
