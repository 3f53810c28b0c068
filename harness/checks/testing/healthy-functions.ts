import type { PolicyDocument } from "../../model/settings/identity-setting.ts";
import type { Setting } from "../../model/settings/setting.ts";
import { ACCOUNT_ID, ARNS, logGroupArn, NAMES } from "./healthy-names.ts";
import { policyOf } from "./policy-of.ts";

/** The functions of the reference stack, who may invoke them, what feeds them and where they log. */
export function healthyFunctions(): readonly Setting[] {
  return [
    functionSetting("ingest", "fYZ89Z7DE9+tJWOEyVb6wDlJlr3671gXDD1akWs+bGU=", { STREAM_NAME: NAMES.stream }),
    functionSetting("processor", "dOi8hudd6CMm7BkKC4XAS8dZDnank3Zv6OBTxZ29I+0=", { TABLE_NAME: NAMES.eventsTable }),
    functionSetting("content", "dpwHNZo4X4Is6CpO3re9Dir1oQgM65Prxs8IuobD1Qs=", { TABLE_NAME: NAMES.contentTable }),
    { kind: "function-policy", functionName: NAMES.ingest, policy: INGEST_POLICY },
    { kind: "function-policy", functionName: NAMES.content, policy: CONTENT_POLICY },
    {
      kind: "event-source-mappings",
      functionName: NAMES.processor,
      mappings: [
        {
          uuid: NAMES.mapping,
          eventSourceArn: ARNS.stream,
          state: "Enabled",
          stateReason: "User action",
          lastProcessingResult: "OK",
          batchSize: 100,
          filterPatterns: [],
          maximumRetryAttempts: 10,
          reportsBatchItemFailures: true,
        },
      ],
    },
    { kind: "event-source-mappings", functionName: NAMES.ingest, mappings: [] },
    { kind: "event-source-mappings", functionName: NAMES.content, mappings: [] },
    ...[NAMES.ingestLogGroup, NAMES.processorLogGroup, NAMES.contentLogGroup].map(logGroup),
    logGroup(NAMES.accessLogGroup),
    logGroup(NAMES.flowLogGroup),
  ];
}

const INGEST_POLICY: PolicyDocument = policyOf({
  Sid: "AllowInvokeFromTargetGroup",
  Effect: "Allow",
  Principal: { Service: "elasticloadbalancing.amazonaws.com" },
  Action: "lambda:InvokeFunction",
  Resource: ARNS.ingest,
  Condition: { ArnLike: { "AWS:SourceArn": ARNS.targetGroup } },
});

const CONTENT_POLICY: PolicyDocument = policyOf(
  {
    Sid: "AllowInvokeFromApi",
    Effect: "Allow",
    Principal: { Service: "apigateway.amazonaws.com" },
    Action: "lambda:InvokeFunction",
    Resource: ARNS.content,
    Condition: { ArnLike: { "AWS:SourceArn": `${ARNS.apiExecution}/*/POST/process` } },
  },
  {
    Sid: "AllowInvokeFromContentBucket",
    Effect: "Allow",
    Principal: { Service: "s3.amazonaws.com" },
    Action: "lambda:InvokeFunction",
    Resource: ARNS.content,
    Condition: {
      StringEquals: { "AWS:SourceAccount": ACCOUNT_ID },
      ArnLike: { "AWS:SourceArn": ARNS.contentBucket },
    },
  },
);

function functionSetting(
  part: "ingest" | "processor" | "content",
  codeSha256: string,
  environment: Readonly<Record<string, string>>,
): Setting {
  return {
    kind: "function",
    name: NAMES[part],
    arn: ARNS[part],
    roleArn: ARNS[`${part}Role`],
    runtime: "nodejs20.x",
    handler: "index.handler",
    timeoutSeconds: 29,
    memoryMiB: 512,
    state: "Active",
    stateReason: "",
    lastUpdateStatus: "Successful",
    lastUpdateStatusReason: "",
    codeSha256,
    environment,
    environmentError: "",
    keyArn: ARNS.key,
    logGroup: NAMES[`${part}LogGroup`],
    reservedConcurrency: null,
    subnetIds: [],
    securityGroupIds: [],
  };
}

function logGroup(name: string): Setting {
  return { kind: "log-group", name, arn: logGroupArn(name), keyArn: ARNS.key, retentionDays: 14 };
}
