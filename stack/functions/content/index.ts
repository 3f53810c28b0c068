import { DynamoDBClient, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { requiredVariable } from "../shared/environment.ts";
import { writeStandardOutput } from "../shared/log.ts";
import { TimedRequests } from "../shared/timed-requests.ts";
import { contentHandler } from "./handler.ts";
import { storedObject } from "./stored-object.ts";

// One client each per execution environment: their connections outlive the invocation.
const requests = new TimedRequests();
const dynamodb = new DynamoDBClient({ requestHandler: requests, cacheMiddleware: true });
const s3 = new S3Client();

export const handler = contentHandler({
  tableName: requiredVariable(process.env, "TABLE_NAME"),
  updateItem: (input, timeoutMs) => requests.within(timeoutMs, () => dynamodb.send(new UpdateItemCommand(input))),
  // The signal holds for the body too, which is read after this has answered.
  getObject: async (input, timeoutMs) =>
    storedObject(await s3.send(new GetObjectCommand(input), { abortSignal: AbortSignal.timeout(timeoutMs) })),
  nowMs: Date.now,
  writeLine: writeStandardOutput,
});
