import { setTimeout as sleep } from "node:timers/promises";
import { KinesisClient, PutRecordsCommand } from "@aws-sdk/client-kinesis";
import { requiredVariable } from "../shared/environment.ts";
import { writeStandardOutput } from "../shared/log.ts";
import { TimedRequests } from "../shared/timed-requests.ts";
import { ingestHandler } from "./handler.ts";

// One client per execution environment: its connections outlive the invocation.
// By default this client alone speaks HTTP/2 and opens a session for each call; HTTP/1.1 keeps its connection, and a call
// costs half the CPU.
const requests = new TimedRequests();
const kinesis = new KinesisClient({ requestHandler: requests, cacheMiddleware: true });

export const handler = ingestHandler({
  streamName: requiredVariable(process.env, "STREAM_NAME"),
  putRecords: (input, timeoutMs) => requests.within(timeoutMs, () => kinesis.send(new PutRecordsCommand(input))),
  sleep: (ms) => sleep(ms),
  random: Math.random,
  writeLine: writeStandardOutput,
});
