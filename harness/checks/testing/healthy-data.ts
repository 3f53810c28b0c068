import type { BucketSetting, TableSetting } from "../../model/settings/data-setting.ts";
import type { PolicyDocument } from "../../model/settings/identity-setting.ts";
import type { Setting } from "../../model/settings/setting.ts";
import { ACCOUNT_ID, ARNS, NAMES, REGION } from "./healthy-names.ts";
import { policyOf, type StatementJson } from "./policy-of.ts";

/** Stream, tables, buckets, API and proof of the reference stack. */
export function healthyData(): readonly Setting[] {
  return [
    {
      kind: "stream",
      name: NAMES.stream,
      arn: ARNS.stream,
      status: "ACTIVE",
      mode: "PROVISIONED",
      openShards: 2,
      keyArn: ARNS.key,
    },
    table(NAMES.eventsTable, ARNS.eventsTable, { billingMode: "PROVISIONED", readCapacity: 5, writeCapacity: 10 }),
    table(NAMES.contentTable, ARNS.contentTable, {
      billingMode: "PAY_PER_REQUEST",
      readCapacity: 0,
      writeCapacity: 0,
    }),
    {
      kind: "scaling",
      tableName: NAMES.eventsTable,
      targets: [
        { dimension: "dynamodb:table:ReadCapacityUnits", minimum: 5, maximum: 100, suspended: false },
        { dimension: "dynamodb:table:WriteCapacityUnits", minimum: 10, maximum: 400, suspended: false },
      ],
      policies: ["Read", "Write"].map((which) => ({
        dimension: `dynamodb:table:${which}CapacityUnits`,
        policyType: "TargetTrackingScaling",
        metric: `DynamoDB${which}CapacityUtilization`,
      })),
    },
    { kind: "scaling", tableName: NAMES.contentTable, targets: [], policies: [] },
    contentBucket(),
    logsBucket(),
    {
      kind: "api",
      id: NAMES.api,
      name: "stackproof-dev-content",
      endpointTypes: ["REGIONAL"],
      executeApiEndpointDisabled: false,
      policy: null,
      methods: [
        {
          path: "/process",
          httpMethod: "POST",
          authorization: "NONE",
          apiKeyRequired: false,
          integrationType: "AWS_PROXY",
          integrationUri: invocationUri(ARNS.content),
          integrationHttpMethod: "POST",
          integrationCredentialsArn: "",
        },
      ],
    },
    {
      kind: "api-stage",
      apiId: NAMES.api,
      name: NAMES.apiStage,
      deploymentId: "54l86vrzrx",
      accessLogDestinationArn: `arn:aws:logs:${REGION}:${ACCOUNT_ID}:log-group:${NAMES.accessLogGroup}`,
      accessLogFormat: '{"requestId":"$context.requestId"}',
    },
    { kind: "api-account", region: REGION, cloudwatchRoleArn: ARNS.apiLogsRole },
    {
      kind: "instance",
      id: NAMES.proofInstance,
      state: "running",
      subnetId: NAMES.publicSubnets[0],
      securityGroupIds: ["sg-0f1e2d3c4b5a69788"],
      publicIpAddress: "203.0.113.44",
      roleArn: ARNS.proofInstanceRole,
    },
    {
      kind: "object",
      bucket: NAMES.contentBucket,
      key: NAMES.proofObjectKey,
      encryption: "aws:kms",
      keyArn: ARNS.key,
      lastModifiedMs: 1_735_689_600_000,
    },
  ];
}

/** How API Gateway names a function that it invokes. */
export function invocationUri(functionArn: string): string {
  return `arn:aws:apigateway:${REGION}:lambda:path/2015-03-31/functions/${functionArn}/invocations`;
}

/** Denies what does not come over TLS. */
export function tlsOnly(bucketArn: string): StatementJson {
  return {
    Sid: "TlsOnly",
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: [bucketArn, `${bucketArn}/*`],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
}

function contentBucket(): BucketSetting {
  return {
    ...bucket(NAMES.contentBucket, policyOf(tlsOnly(ARNS.contentBucket))),
    versioning: "Enabled",
    encryption: { algorithm: "aws:kms", keyArn: ARNS.key, bucketKey: true },
    functionNotifications: [
      notification("objects-put-whole", ["s3:ObjectCreated:Copy", "s3:ObjectCreated:Post", "s3:ObjectCreated:Put"]),
      notification("objects-put-in-parts", ["s3:ObjectCreated:CompleteMultipartUpload"]),
    ],
  };
}

function logsBucket(): BucketSetting {
  const deliver: StatementJson = {
    Effect: "Allow",
    Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
    Action: "s3:PutObject",
    Resource: `${ARNS.logsBucket}/alb/AWSLogs/${ACCOUNT_ID}/*`,
  };
  return bucket(NAMES.logsBucket, policyOf(deliver, tlsOnly(ARNS.logsBucket)));
}

function bucket(name: string, policy: PolicyDocument): BucketSetting {
  return {
    kind: "bucket",
    name,
    versioning: "Off",
    encryption: { algorithm: "AES256", keyArn: "", bucketKey: false },
    publicAccessBlock: {
      blockPublicAcls: true,
      ignorePublicAcls: true,
      blockPublicPolicy: true,
      restrictPublicBuckets: true,
    },
    policy,
    functionNotifications: [],
  };
}

function notification(id: string, events: readonly string[]) {
  return { id, functionArn: ARNS.content, events, prefix: "", suffix: "" };
}

function table(
  name: string,
  arn: string,
  capacity: Pick<TableSetting, "billingMode" | "readCapacity" | "writeCapacity">,
): Setting {
  return {
    kind: "table",
    name,
    arn,
    status: "ACTIVE",
    ...capacity,
    keySchema: [{ attribute: "id", keyType: "HASH", attributeType: "S" }],
    keyArn: ARNS.key,
    pointInTimeRecovery: true,
  };
}
