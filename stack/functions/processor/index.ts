import { setTimeout as sleep } from "node:timers/promises";
import { BatchWriteItemCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { requiredVariable } from "../shared/environment.ts";
import { writeStandardOutput } from "../shared/log.ts";
import { withTimeout } from "../shared/with-timeout.ts";
import { processorHandler } from "./handler.ts";

// One client per execution environment: its connections outlive the invocation.
const dynamodb = new DynamoDBClient();

export const handler = processorHandler({
  tableName: requiredVariable(process.env, "TABLE_NAME"),
  batchWriteItem: (input, timeoutMs) =>
    withTimeout(timeoutMs, (abortSignal) => dynamodb.send(new BatchWriteItemCommand(input), { abortSignal })),
  nowMs: Date.now,
  sleep: (ms) => sleep(ms),
  random: Math.random,
  writeLine: writeStandardOutput,
});
