import { describe, expect, it } from "vitest";
import { denied, fails } from "../testing/fake-clients.ts";
import { find } from "../testing/find.ts";

const KEY = "arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";

describe("a stream", () => {
  const summary = {
    StreamName: "events",
    StreamARN: "arn:aws:kinesis:eu-central-1:123456789012:stream/events",
    StreamStatus: "ACTIVE",
    StreamModeDetails: { StreamMode: "ON_DEMAND" },
    OpenShardCount: 4,
    EncryptionType: "KMS",
    KeyId: "1234abcd-12ab-34cd-56ef-1234567890ab",
  };

  it("is read, and leads to its key", async () => {
    const found = await find("stream", "events", {
      DescribeStreamSummary: ({ StreamName }) => ({
        StreamDescriptionSummary: StreamName === "events" ? summary : undefined,
      }),
    });
    expect(found?.setting).toEqual({
      kind: "stream",
      name: "events",
      arn: summary.StreamARN,
      status: "ACTIVE",
      mode: "ON_DEMAND",
      openShards: 4,
      keyArn: summary.KeyId,
    });
    expect(found?.links).toEqual([{ kind: "key", subject: KEY }]);
  });

  it("that is not encrypted leads to no key", async () => {
    const plain = { ...summary, EncryptionType: "NONE", KeyId: undefined };
    const found = await find("stream", "events", {
      DescribeStreamSummary: () => ({ StreamDescriptionSummary: plain }),
    });
    expect(found).toMatchObject({ setting: { keyArn: "" }, links: [] });
  });

  it("is absent where AWS says so by name", async () => {
    const DescribeStreamSummary = fails("ResourceNotFoundException");
    expect(await find("stream", "events", { DescribeStreamSummary })).toBeUndefined();
  });
});

describe("a table", () => {
  const arn = "arn:aws:dynamodb:eu-central-1:123456789012:table/items";
  const table = {
    TableName: "items",
    TableArn: arn,
    TableStatus: "ACTIVE",
    ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 7 },
    AttributeDefinitions: [
      { AttributeName: "at", AttributeType: "N" },
      { AttributeName: "id", AttributeType: "S" },
    ],
    KeySchema: [
      { AttributeName: "id", KeyType: "HASH" },
      { AttributeName: "at", KeyType: "RANGE" },
    ],
    SSEDescription: { Status: "ENABLED", SSEType: "KMS", KMSMasterKeyArn: KEY },
  };
  const backups = (PointInTimeRecoveryStatus: string) => () => ({
    ContinuousBackupsDescription: {
      ContinuousBackupsStatus: "ENABLED",
      PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus },
    },
  });

  it("is read with its recovery, and leads to its key and scaling", async () => {
    const found = await find("table", "items", {
      DescribeTable: () => ({ Table: table }),
      DescribeContinuousBackups: backups("ENABLED"),
    });
    expect(found?.setting).toEqual({
      kind: "table",
      name: "items",
      arn,
      status: "ACTIVE",
      billingMode: "PROVISIONED",
      readCapacity: 5,
      writeCapacity: 7,
      keySchema: [
        { attribute: "id", keyType: "HASH", attributeType: "S" },
        { attribute: "at", keyType: "RANGE", attributeType: "N" },
      ],
      keyArn: KEY,
      pointInTimeRecovery: true,
    });
    expect(found?.links).toEqual([
      { kind: "scaling", subject: "items" },
      { kind: "key", subject: KEY },
    ]);
  });

  it("on demand, with AWS' own key and without recovery", async () => {
    const BillingModeSummary = { BillingMode: "PAY_PER_REQUEST" };
    const found = await find("table", "items", {
      DescribeTable: () => ({ Table: { ...table, BillingModeSummary, SSEDescription: undefined } }),
      DescribeContinuousBackups: backups("DISABLED"),
    });
    expect(found?.setting).toMatchObject({ billingMode: "PAY_PER_REQUEST", keyArn: "", pointInTimeRecovery: false });
  });

  it("is absent where AWS says so by name", async () => {
    const answers = {
      DescribeTable: fails("ResourceNotFoundException"),
      DescribeContinuousBackups: fails("TableNotFoundException"),
    };
    expect(await find("table", "items", answers)).toBeUndefined();
  });

  it("is unread where its recovery is denied, rather than without recovery", async () => {
    const answers = { DescribeTable: () => ({ Table: table }), DescribeContinuousBackups: denied };
    await expect(find("table", "items", answers)).rejects.toMatchObject({
      errors: [{ operation: "dynamodb:DescribeContinuousBackups" }],
    });
  });
});

describe("the scaling of a table", () => {
  it("is read", async () => {
    const found = await find("scaling", "items", {
      DescribeScalableTargets: ({ ResourceIds }) => ({
        ScalableTargets: [
          {
            ResourceId: `${ResourceIds}`,
            ScalableDimension: "dynamodb:table:ReadCapacityUnits",
            MinCapacity: 5,
            MaxCapacity: 50,
            SuspendedState: { DynamicScalingInSuspended: true, DynamicScalingOutSuspended: true },
          },
        ],
      }),
      DescribeScalingPolicies: () => ({
        ScalingPolicies: [
          {
            ScalableDimension: "dynamodb:table:ReadCapacityUnits",
            PolicyType: "TargetTrackingScaling",
            TargetTrackingScalingPolicyConfiguration: {
              TargetValue: 70,
              PredefinedMetricSpecification: { PredefinedMetricType: "DynamoDBReadCapacityUtilization" },
            },
          },
        ],
      }),
    });
    expect(found?.setting).toEqual({
      kind: "scaling",
      tableName: "items",
      targets: [{ dimension: "dynamodb:table:ReadCapacityUnits", minimum: 5, maximum: 50, suspended: true }],
      policies: [
        {
          dimension: "dynamodb:table:ReadCapacityUnits",
          policyType: "TargetTrackingScaling",
          metric: "DynamoDBReadCapacityUtilization",
        },
      ],
    });
  });

  it("is given by dimension, in whatever order the service has it", async () => {
    const target = (ScalableDimension: string) => ({ ScalableDimension, MinCapacity: 1, MaxCapacity: 2 });
    const policy = (ScalableDimension: string) => ({ ScalableDimension, PolicyType: "TargetTrackingScaling" });
    const found = await find("scaling", "items", {
      DescribeScalableTargets: () => ({ ScalableTargets: [target("b"), target("a")] }),
      DescribeScalingPolicies: () => ({ ScalingPolicies: [policy("b"), policy("a")] }),
    });
    expect(found?.setting).toMatchObject({
      targets: [{ dimension: "a" }, { dimension: "b" }],
      policies: [{ dimension: "a" }, { dimension: "b" }],
    });
  });

  it("is empty where nothing is registered", async () => {
    const found = await find("scaling", "items", {
      DescribeScalableTargets: () => ({ ScalableTargets: [] }),
      DescribeScalingPolicies: () => ({ ScalingPolicies: [] }),
    });
    expect(found?.setting).toEqual({ kind: "scaling", tableName: "items", targets: [], policies: [] });
  });
});

describe("a log group", () => {
  it("is the one of exactly this name, on whatever page", async () => {
    const found = await find("log-group", "/aws/lambda/in", {
      DescribeLogGroups: ({ nextToken }) =>
        nextToken === undefined
          ? { logGroups: [{ logGroupName: "/aws/lambda/ingest", arn: "arn:…:*" }], nextToken: "2" }
          : {
              logGroups: [
                {
                  logGroupName: "/aws/lambda/in",
                  arn: "arn:aws:logs:eu-central-1:123456789012:log-group:/aws/lambda/in:*",
                  kmsKeyId: KEY,
                  retentionInDays: 14,
                },
              ],
            },
    });
    expect(found).toEqual({
      setting: {
        kind: "log-group",
        name: "/aws/lambda/in",
        arn: "arn:aws:logs:eu-central-1:123456789012:log-group:/aws/lambda/in",
        keyArn: KEY,
        retentionDays: 14,
      },
      links: [{ kind: "key", subject: KEY }],
    });
  });

  it("may keep its events for ever, without a key", async () => {
    const DescribeLogGroups = () => ({ logGroups: [{ logGroupName: "a", arn: "arn:a" }] });
    const found = await find("log-group", "a", { DescribeLogGroups });
    expect(found?.setting).toMatchObject({ keyArn: "", retentionDays: null });
  });

  it("is absent where only longer names are there", async () => {
    const DescribeLogGroups = () => ({ logGroups: [{ logGroupName: "/aws/lambda/ingest", arn: "arn:…:*" }] });
    expect(await find("log-group", "/aws/lambda/in", { DescribeLogGroups })).toBeUndefined();
  });
});
