import type { AwsManagedPolicy } from "./aws-managed-policy.ts";

/** What is attached to the roles of functions. */
export const functionRolePolicies: readonly AwsManagedPolicy[] = [
  {
    name: "service-role/AWSLambdaBasicExecutionRole",
    version: "v1",
    updated: "2015-04-09",
    document: {
      Statement: [
        {
          Action: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
          Effect: "Allow",
          Resource: "*",
        },
      ],
      Version: "2012-10-17",
    },
  },
  {
    name: "service-role/AWSLambdaKinesisExecutionRole",
    version: "v2",
    updated: "2018-11-19",
    document: {
      Statement: [
        {
          Action: [
            "kinesis:DescribeStream",
            "kinesis:DescribeStreamSummary",
            "kinesis:GetRecords",
            "kinesis:GetShardIterator",
            "kinesis:ListShards",
            "kinesis:ListStreams",
            "kinesis:SubscribeToShard",
            "logs:CreateLogGroup",
            "logs:CreateLogStream",
            "logs:PutLogEvents",
          ],
          Effect: "Allow",
          Resource: "*",
        },
      ],
      Version: "2012-10-17",
    },
  },
  {
    name: "service-role/AWSLambdaVPCAccessExecutionRole",
    version: "v3",
    updated: "2024-01-05",
    document: {
      Statement: [
        {
          Action: [
            "logs:CreateLogGroup",
            "logs:CreateLogStream",
            "logs:PutLogEvents",
            "ec2:CreateNetworkInterface",
            "ec2:DescribeNetworkInterfaces",
            "ec2:DescribeSubnets",
            "ec2:DeleteNetworkInterface",
            "ec2:AssignPrivateIpAddresses",
            "ec2:UnassignPrivateIpAddresses",
          ],
          Effect: "Allow",
          Resource: "*",
          Sid: "AWSLambdaVPCAccessExecutionPermissions",
        },
      ],
      Version: "2012-10-17",
    },
  },
  {
    name: "service-role/AWSLambdaDynamoDBExecutionRole",
    version: "v1",
    updated: "2015-04-09",
    document: {
      Statement: [
        {
          Action: [
            "dynamodb:DescribeStream",
            "dynamodb:GetRecords",
            "dynamodb:GetShardIterator",
            "dynamodb:ListStreams",
            "logs:CreateLogGroup",
            "logs:CreateLogStream",
            "logs:PutLogEvents",
          ],
          Effect: "Allow",
          Resource: "*",
        },
      ],
      Version: "2012-10-17",
    },
  },
  {
    name: "service-role/AWSLambdaSQSQueueExecutionRole",
    version: "v1",
    updated: "2018-06-14",
    document: {
      Statement: [
        {
          Action: [
            "sqs:ReceiveMessage",
            "sqs:DeleteMessage",
            "sqs:GetQueueAttributes",
            "logs:CreateLogGroup",
            "logs:CreateLogStream",
            "logs:PutLogEvents",
          ],
          Effect: "Allow",
          Resource: "*",
        },
      ],
      Version: "2012-10-17",
    },
  },
  {
    name: "service-role/AWSLambdaENIManagementAccess",
    version: "v2",
    updated: "2020-10-01",
    document: {
      Statement: [
        {
          Action: [
            "ec2:CreateNetworkInterface",
            "ec2:DescribeNetworkInterfaces",
            "ec2:DeleteNetworkInterface",
            "ec2:AssignPrivateIpAddresses",
            "ec2:UnassignPrivateIpAddresses",
          ],
          Effect: "Allow",
          Resource: "*",
        },
      ],
      Version: "2012-10-17",
    },
  },
  {
    name: "service-role/AWSLambdaRole",
    version: "v1",
    updated: "2015-02-06",
    document: {
      Statement: [{ Action: ["lambda:InvokeFunction"], Effect: "Allow", Resource: ["*"] }],
      Version: "2012-10-17",
    },
  },
  {
    name: "AWSLambdaExecute",
    version: "v1",
    updated: "2015-02-06",
    document: {
      Statement: [
        { Action: ["logs:*"], Effect: "Allow", Resource: "arn:aws:logs:*:*:*" },
        { Action: ["s3:GetObject", "s3:PutObject"], Effect: "Allow", Resource: "arn:aws:s3:::*" },
      ],
      Version: "2012-10-17",
    },
  },
  {
    name: "AWSLambdaInvocation-DynamoDB",
    version: "v1",
    updated: "2015-02-06",
    document: {
      Statement: [
        { Action: ["lambda:InvokeFunction"], Effect: "Allow", Resource: "*" },
        {
          Action: [
            "dynamodb:DescribeStream",
            "dynamodb:GetRecords",
            "dynamodb:GetShardIterator",
            "dynamodb:ListStreams",
          ],
          Effect: "Allow",
          Resource: "*",
        },
      ],
      Version: "2012-10-17",
    },
  },
  {
    name: "AWSXRayDaemonWriteAccess",
    version: "v2",
    updated: "2024-02-13",
    document: {
      Statement: [
        {
          Action: [
            "xray:PutTraceSegments",
            "xray:PutTelemetryRecords",
            "xray:GetSamplingRules",
            "xray:GetSamplingTargets",
            "xray:GetSamplingStatisticSummaries",
          ],
          Effect: "Allow",
          Resource: ["*"],
          Sid: "AWSXRayDaemonWriteAccess",
        },
      ],
      Version: "2012-10-17",
    },
  },
  {
    name: "AWSXrayWriteOnlyAccess",
    version: "v2",
    updated: "2018-08-28",
    document: {
      Statement: [
        {
          Action: [
            "xray:PutTraceSegments",
            "xray:PutTelemetryRecords",
            "xray:GetSamplingRules",
            "xray:GetSamplingTargets",
            "xray:GetSamplingStatisticSummaries",
          ],
          Effect: "Allow",
          Resource: ["*"],
        },
      ],
      Version: "2012-10-17",
    },
  },
  {
    name: "CloudWatchLambdaInsightsExecutionRolePolicy",
    version: "v1",
    updated: "2020-10-07",
    document: {
      Statement: [
        { Action: "logs:CreateLogGroup", Effect: "Allow", Resource: "*" },
        {
          Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
          Effect: "Allow",
          Resource: "arn:aws:logs:*:*:log-group:/aws/lambda-insights:*",
        },
      ],
      Version: "2012-10-17",
    },
  },
];
