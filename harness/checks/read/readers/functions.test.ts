import { describe, expect, it } from "vitest";
import { fails } from "../testing/fake-clients.ts";
import { find } from "../testing/find.ts";

const ARN = "arn:aws:lambda:eu-central-1:123456789012:function:ingest";
const ROLE = "arn:aws:iam::123456789012:role/service/ingest";
const KEY = "arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const STREAM = "arn:aws:kinesis:eu-central-1:123456789012:stream/events";

const minimal = {
  FunctionName: "ingest",
  FunctionArn: ARN,
  Role: ROLE,
  Timeout: 3,
  MemorySize: 128,
  CodeSha256: "5tT2qgzYUHoqwR616pZ2dpkn/0J1FrzJmlKidWaaCgk=",
};

describe("a function", () => {
  it("is read, and leads to what it is made of", async () => {
    const found = await find(
      "function",
      "ingest",
      {
        GetFunctionConfiguration: () => ({
          ...minimal,
          Runtime: "nodejs20.x",
          Handler: "index.handler",
          State: "Active",
          LastUpdateStatus: "Failed",
          LastUpdateStatusReason: "KMS key is disabled",
          Environment: { Variables: { STREAM_NAME: "events", TOKEN: "a secret" } },
          KMSKeyArn: KEY,
          LoggingConfig: { LogFormat: "Text", LogGroup: "/aws/lambda/shared" },
          VpcConfig: { SubnetIds: ["subnet-a"], SecurityGroupIds: ["sg-1"], VpcId: "vpc-1" },
        }),
        GetFunctionConcurrency: () => ({ ReservedConcurrentExecutions: 0 }),
      },
      ["events"],
    );
    expect(found?.setting).toEqual({
      kind: "function",
      name: "ingest",
      arn: ARN,
      roleArn: ROLE,
      runtime: "nodejs20.x",
      handler: "index.handler",
      timeoutSeconds: 3,
      memoryMiB: 128,
      state: "Active",
      stateReason: "",
      lastUpdateStatus: "Failed",
      lastUpdateStatusReason: "KMS key is disabled",
      codeSha256: minimal.CodeSha256,
      environment: { STREAM_NAME: "events", TOKEN: null },
      environmentError: "",
      keyArn: KEY,
      logGroup: "/aws/lambda/shared",
      reservedConcurrency: 0,
      subnetIds: ["subnet-a"],
      securityGroupIds: ["sg-1"],
    });
    expect(found?.links).toEqual([
      { kind: "function-policy", subject: "ingest" },
      { kind: "event-source-mappings", subject: "ingest" },
      { kind: "role", subject: ROLE },
      { kind: "log-group", subject: "/aws/lambda/shared" },
      { kind: "key", subject: KEY },
      { kind: "subnet", subject: "subnet-a" },
      { kind: "security-group", subject: "sg-1" },
    ]);
  });

  it("without settings of its own has Lambda's: its own log group, no key, no reserved concurrency, no VPC", async () => {
    const found = await find("function", "ingest", {
      GetFunctionConfiguration: () => minimal,
      GetFunctionConcurrency: () => ({}),
    });
    expect(found?.setting).toMatchObject({
      logGroup: "/aws/lambda/ingest",
      keyArn: "",
      reservedConcurrency: null,
      subnetIds: [],
      environment: {},
    });
  });

  it("says why its variables could not be shown", async () => {
    const Environment = { Error: { ErrorCode: "AccessDeniedException", Message: "Lambda was unable to decrypt" } };
    const found = await find("function", "ingest", {
      GetFunctionConfiguration: () => ({ ...minimal, Environment }),
      GetFunctionConcurrency: () => ({}),
    });
    expect(found?.setting).toMatchObject({
      environment: {},
      environmentError: "AccessDeniedException: Lambda was unable to decrypt",
    });
  });

  it("never keeps a value that is no name of the deployment", async () => {
    const Environment = { Variables: { A: "events-and-more", B: "", C: "EVENTS" } };
    const answers = {
      GetFunctionConfiguration: () => ({ ...minimal, Environment }),
      GetFunctionConcurrency: () => ({}),
    };
    const found = await find("function", "ingest", answers, ["events"]);
    expect(found?.setting).toMatchObject({ environment: { A: null, B: null, C: null } });
  });

  it("keeps names of the deployment within other values, and names of streams", async () => {
    const Variables = {
      CONFIG: JSON.stringify({ stream: "events", token: "hunter2", hunter3: [{ arn: STREAM }] }),
      OTHER_CONFIG: '{"token":"hunter2"}',
      ARN: STREAM,
      AUDIT_STREAM_NAME: "audit",
      streamArn: `${STREAM}-2`,
      STREAM_TOKEN: "hunter2",
      UPSTREAM: "hunter2",
      STREAM: "postgres://user:hunter2@db/events",
    };
    const answers = {
      GetFunctionConfiguration: () => ({ ...minimal, Environment: { Variables } }),
      GetFunctionConcurrency: () => ({}),
    };
    const found = await find("function", "ingest", answers, ["events"]);
    expect(found?.setting).toMatchObject({
      environment: {
        CONFIG: JSON.stringify(["events", STREAM]),
        OTHER_CONFIG: null,
        ARN: STREAM,
        AUDIT_STREAM_NAME: "audit",
        streamArn: `${STREAM}-2`,
        STREAM_TOKEN: null,
        UPSTREAM: null,
        STREAM: null,
      },
    });
  });

  it("is absent where AWS says so by name", async () => {
    const gone = fails("ResourceNotFoundException", 404);
    const answers = { GetFunctionConfiguration: gone, GetFunctionConcurrency: gone };
    expect(await find("function", "ingest", answers)).toBeUndefined();
  });

  it("names every permission that is missing", async () => {
    const denied = fails("AccessDeniedException", 403);
    await expect(
      find("function", "ingest", { GetFunctionConfiguration: denied, GetFunctionConcurrency: denied }),
    ).rejects.toMatchObject({
      errors: [{ operation: "lambda:GetFunctionConfiguration" }, { operation: "lambda:GetFunctionConcurrency" }],
    });
  });
});

describe("a function's policy", () => {
  it("is read", async () => {
    const Policy = JSON.stringify({
      Version: "2012-10-17",
      Id: "default",
      Statement: [
        {
          Sid: "alb",
          Effect: "Allow",
          Principal: { Service: "elasticloadbalancing.amazonaws.com" },
          Action: "lambda:InvokeFunction",
          Resource: ARN,
          Condition: { ArnLike: { "AWS:SourceArn": "arn:aws:elasticloadbalancing:*" } },
        },
      ],
    });
    const found = await find("function-policy", "ingest", { GetPolicy: () => ({ Policy, RevisionId: "1" }) });
    expect(found?.setting).toMatchObject({
      functionName: "ingest",
      policy: {
        version: "2012-10-17",
        statements: [
          {
            sid: "alb",
            effect: "Allow",
            principals: { Service: ["elasticloadbalancing.amazonaws.com"] },
            actions: ["lambda:InvokeFunction"],
            resources: [ARN],
            conditions: { ArnLike: { "AWS:SourceArn": ["arn:aws:elasticloadbalancing:*"] } },
          },
        ],
      },
    });
  });

  it("is absent where the function has none", async () => {
    const GetPolicy = fails("ResourceNotFoundException", 404);
    expect(await find("function-policy", "ingest", { GetPolicy })).toBeUndefined();
  });

  it("is unread where the answer holds no policy", async () => {
    const GetPolicy = () => ({ Policy: "<html>" });
    await expect(find("function-policy", "ingest", { GetPolicy })).rejects.toMatchObject({
      errors: [{ code: "MalformedPolicyDocument", operation: "lambda:GetPolicy" }],
    });
  });
});

describe("event source mappings", () => {
  it("are read, and lead to their streams and tables", async () => {
    const found = await find("event-source-mappings", "processor", {
      ListEventSourceMappings: ({ Marker }) =>
        Marker === undefined
          ? {
              EventSourceMappings: [
                {
                  UUID: "a",
                  EventSourceArn: STREAM,
                  State: "Disabled",
                  StateTransitionReason: "User action",
                  LastProcessingResult: "PROBLEM: Function call failed",
                  BatchSize: 100,
                  FilterCriteria: { Filters: [{ Pattern: '{"data":{"kind":["x"]}}' }] },
                  MaximumRetryAttempts: 3,
                  FunctionResponseTypes: ["ReportBatchItemFailures"],
                },
              ],
              NextMarker: "more",
            }
          : {
              EventSourceMappings: [
                {
                  UUID: "b",
                  EventSourceArn:
                    "arn:aws:dynamodb:eu-central-1:123456789012:table/items/stream/2026-11-22T00:00:00.000",
                  State: "Enabled",
                  BatchSize: 10,
                },
                { UUID: "c", EventSourceArn: "arn:aws:sqs:eu-central-1:123456789012:queue", State: "Enabled" },
              ],
            },
    });
    expect(found?.setting).toMatchObject({
      functionName: "processor",
      mappings: [
        {
          uuid: "a",
          eventSourceArn: STREAM,
          state: "Disabled",
          stateReason: "User action",
          lastProcessingResult: "PROBLEM: Function call failed",
          batchSize: 100,
          filterPatterns: ['{"data":{"kind":["x"]}}'],
          maximumRetryAttempts: 3,
          reportsBatchItemFailures: true,
        },
        { uuid: "b", filterPatterns: [], maximumRetryAttempts: -1, reportsBatchItemFailures: false },
        { uuid: "c" },
      ],
    });
    expect(found?.links).toEqual([
      { kind: "stream", subject: "events" },
      { kind: "table", subject: "items" },
    ]);
  });

  it("are an empty list where the function has none, and absent with the function", async () => {
    const none = await find("event-source-mappings", "f", {
      ListEventSourceMappings: () => ({ EventSourceMappings: [] }),
    });
    expect(none?.setting).toMatchObject({ mappings: [] });
    const ListEventSourceMappings = fails("ResourceNotFoundException", 404);
    expect(await find("event-source-mappings", "f", { ListEventSourceMappings })).toBeUndefined();
  });
});
