import type { PolicyDocument } from "../../model/settings/identity-setting.ts";
import type { Setting } from "../../model/settings/setting.ts";
import { ACCOUNT_ID, ARNS, logGroupArn, NAMES } from "./healthy-names.ts";
import { policyOf, type StatementJson } from "./policy-of.ts";

const PRODUCE = ["kms:GenerateDataKey", "kms:DescribeKey"];
const CONSUME = ["kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey", "kms:DescribeKey"];
const UPLOAD = ["kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey*", "kms:DescribeKey"];

/** The roles of the reference stack with what each may do. */
export function healthyRoles(): readonly Setting[] {
  return [
    functionRole(ARNS.ingestRole, NAMES.ingestLogGroup, [
      allow(["kinesis:PutRecord", "kinesis:PutRecords"], ARNS.stream),
      allow(PRODUCE, ARNS.key),
    ]),
    functionRole(ARNS.processorRole, NAMES.processorLogGroup, [
      allow(
        [
          "kinesis:DescribeStream",
          "kinesis:DescribeStreamSummary",
          "kinesis:GetRecords",
          "kinesis:GetShardIterator",
          "kinesis:ListShards",
        ],
        ARNS.stream,
      ),
      allow(["dynamodb:BatchWriteItem", "dynamodb:PutItem"], ARNS.eventsTable),
      allow(CONSUME, ARNS.key),
      allow("s3:ListBucket", ARNS.logsBucket),
      allow("s3:PutObject", `${ARNS.logsBucket}/aws/lambda/*`),
    ]),
    functionRole(ARNS.contentRole, NAMES.contentLogGroup, [
      allow(["GetItem", "PutItem", "UpdateItem", "DeleteItem", "Query", "Scan"].map(dynamodb), ARNS.contentTable),
      allow(["s3:GetObject", "s3:GetObjectVersion"], `${ARNS.contentBucket}/*`),
      allow(CONSUME, ARNS.key),
    ]),
    flowLogsRole(),
    role(ARNS.apiLogsRole, trust("apigateway.amazonaws.com"), PUSH_TO_CLOUDWATCH_LOGS),
    role(
      ARNS.proofInstanceRole,
      trust("ec2.amazonaws.com"),
      policyOf(allow("s3:PutObject", `${ARNS.contentBucket}/${NAMES.proofObjectKey}`), allow(UPLOAD, ARNS.key)),
    ),
  ];
}

/** A role with one policy. */
export function role(arn: string, trusting: PolicyDocument, ...documents: readonly PolicyDocument[]): Setting {
  return {
    kind: "role",
    name: arn.slice(arn.lastIndexOf("/") + 1),
    arn,
    trust: trusting,
    policies: documents.map((document, index) => ({ name: `policy-${index}`, document })),
    permissionsBoundary: null,
  };
}

/** A trust policy for one service. */
export function trust(service: string): PolicyDocument {
  return policyOf({ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" });
}

/** A statement that allows, for a role's policy. */
export function allow(actions: string | readonly string[], resources: string | readonly string[]): StatementJson {
  return { Effect: "Allow", Action: actions, Resource: resources };
}

/** docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonAPIGatewayPushToCloudWatchLogs.html */
const PUSH_TO_CLOUDWATCH_LOGS = policyOf(
  allow(
    [
      "logs:CreateLogGroup",
      "logs:CreateLogStream",
      "logs:DescribeLogGroups",
      "logs:DescribeLogStreams",
      "logs:PutLogEvents",
      "logs:GetLogEvents",
      "logs:FilterLogEvents",
    ],
    "*",
  ),
);

function functionRole(arn: string, logGroup: string, statements: readonly StatementJson[]): Setting {
  const writeOwnLogs = allow(["logs:CreateLogStream", "logs:PutLogEvents"], `${logGroupArn(logGroup)}:*`);
  return role(arn, trust("lambda.amazonaws.com"), policyOf(writeOwnLogs, ...statements));
}

function flowLogsRole(): Setting {
  const group = logGroupArn(NAMES.flowLogGroup);
  return role(
    ARNS.flowLogsRole,
    policyOf({
      Effect: "Allow",
      Principal: { Service: "vpc-flow-logs.amazonaws.com" },
      Action: "sts:AssumeRole",
      Condition: { StringEquals: { "aws:SourceAccount": ACCOUNT_ID } },
    }),
    policyOf(
      allow(["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"], [group, `${group}:*`]),
      allow("logs:DescribeLogGroups", "*"),
    ),
  );
}

function dynamodb(action: string): string {
  return `dynamodb:${action}`;
}
