import { setTimeout as sleep } from "node:timers/promises";
import { KinesisClient, PutRecordsCommand } from "@aws-sdk/client-kinesis";
import { requiredVariable } from "../shared/environment.ts";
import { writeStandardOutput } from "../shared/log.ts";
import { ingestHandler } from "./handler.ts";

// One client per execution environment: its connections outlive the invocation.
const kinesis = new KinesisClient();

export const handler = ingestHandler({
  streamName: requiredVariable(process.env, "STREAM_NAME"),
  putRecords: (input, timeoutMs) =>
    kinesis.send(new PutRecordsCommand(input), { abortSignal: AbortSignal.timeout(timeoutMs) }),
  sleep: (ms) => sleep(ms),
  random: Math.random,
  writeLine: writeStandardOutput,
});
