import { setTimeout as sleep } from "node:timers/promises";
import { BatchWriteItemCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { requiredVariable } from "../shared/environment.ts";
import { writeStandardOutput } from "../shared/log.ts";
import { TimedRequests } from "../shared/timed-requests.ts";
import { processorHandler } from "./handler.ts";

// One client per execution environment: its connections outlive the invocation.
const requests = new TimedRequests();
const dynamodb = new DynamoDBClient({ requestHandler: requests, cacheMiddleware: true });

export const handler = processorHandler({
  tableName: requiredVariable(process.env, "TABLE_NAME"),
  batchWriteItem: (input, timeoutMs) =>
    requests.within(timeoutMs, () => dynamodb.send(new BatchWriteItemCommand(input))),
  nowMs: Date.now,
  sleep: (ms) => sleep(ms),
  random: Math.random,
  writeLine: writeStandardOutput,
});
