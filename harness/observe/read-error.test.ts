import { createServer, type RequestListener } from "node:http";
import { CloudWatchClient, GetMetricStatisticsCommand } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { BatchGetItemCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { GetRecordsCommand, KinesisClient } from "@aws-sdk/client-kinesis";
import { HeadObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { describe, expect, it } from "vitest";
import { isDenied } from "../model/read-error.ts";
import { call } from "./call.ts";
import { ReadFailed, type ReadFailure } from "./read-error.ts";

interface Wire {
  readonly endpoint: string;
  readonly region: string;
  readonly maxAttempts: number;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

type Read = (wire: Wire, abortSignal: AbortSignal) => Promise<unknown>;

/** One read of each service, through its real client. Kinesis on HTTP/1.1, as the harness' clients have it. */
const READS: readonly { readonly service: string; readonly read: Read }[] = [
  {
    service: "Kinesis",
    read: (wire, abortSignal) =>
      new KinesisClient({ ...wire, requestHandler: handler() }).send(new GetRecordsCommand({ ShardIterator: "it" }), {
        abortSignal,
      }),
  },
  {
    service: "DynamoDB",
    read: (wire, abortSignal) =>
      new DynamoDBClient(wire).send(new BatchGetItemCommand({ RequestItems: { t: { Keys: [{ id: { S: "a" } }] } } }), {
        abortSignal,
      }),
  },
  {
    service: "CloudWatch",
    read: (wire, abortSignal) =>
      new CloudWatchClient(wire).send(
        new GetMetricStatisticsCommand({
          Namespace: "n",
          MetricName: "m",
          StartTime: new Date(0),
          EndTime: new Date(60_000),
          Period: 60,
        }),
        { abortSignal },
      ),
  },
  {
    service: "CloudWatch Logs",
    read: (wire, abortSignal) =>
      new CloudWatchLogsClient(wire).send(new FilterLogEventsCommand({ logGroupName: "g" }), { abortSignal }),
  },
  {
    service: "S3",
    read: (wire, abortSignal) =>
      new S3Client({ ...wire, forcePathStyle: true }).send(new HeadObjectCommand({ Bucket: "b", Key: "k" }), {
        abortSignal,
      }),
  },
];

function handler() {
  return new NodeHttpHandler();
}

/** What a read fails with against a server that answers so. */
async function failureOf(read: Read, respond: RequestListener, control = new AbortController()): Promise<ReadFailure> {
  const server = createServer(respond);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  const wire = {
    endpoint: `http://127.0.0.1:${port}`,
    region: "eu-central-1",
    maxAttempts: 1,
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  };
  try {
    await call("service:Operation", control.signal, () => read(wire, control.signal));
  } catch (error) {
    if (error instanceof ReadFailed) return error.failure;
    throw error;
  } finally {
    server.close();
    server.closeAllConnections();
  }
  throw new Error("the read did not fail");
}

const errorAnswer =
  (status: number, code: string): RequestListener =>
  (_, response) => {
    response.writeHead(status, { "content-type": "application/x-amz-json-1.1" });
    response.end(JSON.stringify({ __type: code, message: "for a test" }));
  };

describe.each(READS)("a failed read of $service, over the wire,", ({ read }) => {
  it.each([500, 502, 503, 504])("is worth another try after a %i without any code", async (status) => {
    const { nature } = await failureOf(read, (_, response) => response.writeHead(status).end("<html>sorry</html>"));
    expect(nature).toBe("transient");
  });

  it("is worth another try after a reset connection", async () => {
    const { nature, error } = await failureOf(read, (_, response) => response.destroy());
    expect(nature).toBe("transient");
    expect(error.code).toBe("ECONNRESET");
  });

  it("is worth another try after an answer that is no HTTP", async () => {
    const { nature } = await failureOf(read, (_, response) => response.socket?.end("rubbish\r\n\r\n"));
    expect(nature).toBe("transient");
  });

  it("is worth another try where it was cut off before the answer", async () => {
    const control = new AbortController();
    const { nature } = await failureOf(read, () => control.abort(), control);
    expect(nature).toBe("transient");
  });

  it("is denied by a bare 403, as a HEAD request gets", async () => {
    const { nature, error } = await failureOf(read, (_, response) => response.writeHead(403).end());
    expect(nature).toBe("denied");
    expect(isDenied(error.code)).toBe(true);
  });
});

// A HEAD request's answer has no body: S3 can say none of these.
const WITH_BODY = READS.filter(({ service }) => service !== "S3");

describe.each(WITH_BODY)("a failed read of $service, by what the answer says,", ({ read }) => {
  it.each([
    [200, "rubbish", "transient"],
    [200, '{"Records": 7, "Responses": 7, "Datapoints": 7, "events": 7', "transient"],
    [400, "<html>bad gateway</html>", "transient"],
  ])("is worth another try after a %i that holds %s", async (status, body, nature) => {
    expect(await failureOf(read, (_, response) => response.writeHead(status).end(body))).toMatchObject({ nature });
  });

  it.each([
    [400, "ThrottlingException", "transient"],
    [400, "ProvisionedThroughputExceededException", "transient"],
    [400, "LimitExceededException", "transient"],
    [400, "KMSThrottlingException", "transient"],
    [429, "TooManyRequestsException", "transient"],
    [400, "AccessDeniedException", "denied"],
    [400, "KMSAccessDeniedException", "denied"],
    [400, "ResourceNotFoundException", "definite"],
    [400, "ValidationException", "definite"],
    [400, "KMSDisabledException", "definite"],
    [400, "ExpiredTokenException", "definite"],
    [400, "UnrecognizedClientException", "definite"],
    [403, "InvalidSignatureException", "definite"],
  ])("with status %i and code %s is %3$s", async (status, code, nature) => {
    const failure = await failureOf(read, errorAnswer(status, code));
    expect(failure).toEqual({ nature, error: { code, message: expect.any(String), operation: "service:Operation" } });
  });
});
