import { createServer } from "node:http";
import { KinesisClient, PutRecordsCommand } from "@aws-sdk/client-kinesis";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { median } from "../bench.ts";

/** So many calls until the SDK's code is compiled. */
const WARM_UP_CALLS = 6_000;
const STRETCHES = 5;
const CALLS_PER_STRETCH = 400;
const ANSWER = JSON.stringify({
  FailedRecordCount: 0,
  Records: [{ SequenceNumber: "1", ShardId: "shardId-000000000000" }],
});

/** A thread of the twin does something else, or nothing, for so long between two calls. */
const PAUSE_MS = 3;

export interface BareCall {
  /** One call right after the other. */
  readonly hotCpuMs: number;
  /** After a pause: where others use the machine's caches meanwhile, the code must come from memory again. */
  readonly coldCpuMs: number;
}

/**
 * Milliseconds of CPU that one PutRecords takes here and now, client and server together, where the server does nothing but answer: the
 * measure of the machine beside which the twin's cost can be read.
 */
export async function bareCall(): Promise<BareCall> {
  const server = createServer((request, response) => {
    request.resume().once("end", () => {
      response.writeHead(200, { "content-type": "application/x-amz-json-1.1" }).end(ANSWER);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the bench's server listens on no port");
  const kinesis = new KinesisClient({
    endpoint: `http://127.0.0.1:${address.port}`,
    region: "us-east-1",
    credentials: { accessKeyId: "bench", secretAccessKey: "bench" },
    requestHandler: new NodeHttpHandler(),
  });
  const call = () =>
    kinesis.send(
      new PutRecordsCommand({ StreamName: "bench", Records: [{ Data: Buffer.from("{}"), PartitionKey: "1" }] }),
    );
  try {
    for (let calls = 0; calls < WARM_UP_CALLS; calls += 1) await call();
    const hotCpuMs = await cpuMsOf(call);
    const coldCpuMs = await cpuMsOf(async () => {
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      await call();
    });
    return { hotCpuMs, coldCpuMs };
  } finally {
    kinesis.destroy();
    server.closeAllConnections();
    server.close();
  }
}

async function cpuMsOf(call: () => Promise<unknown>): Promise<number> {
  const stretches: number[] = [];
  while (stretches.length < STRETCHES) {
    const before = process.cpuUsage();
    for (let calls = 0; calls < CALLS_PER_STRETCH; calls += 1) await call();
    const { user, system } = process.cpuUsage(before);
    stretches.push((user + system) / 1000 / CALLS_PER_STRETCH);
  }
  return median(stretches);
}
