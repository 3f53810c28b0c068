import type { AwsManagedPolicy } from "./aws-managed-policy.ts";

/** What is attached to the roles of services and instances. */
export const serviceRolePolicies: readonly AwsManagedPolicy[] = [
  {
    name: "service-role/AmazonAPIGatewayPushToCloudWatchLogs",
    version: "v1",
    updated: "2015-11-11",
    document: {
      Statement: [
        {
          Action: [
            "logs:CreateLogGroup",
            "logs:CreateLogStream",
            "logs:DescribeLogGroups",
            "logs:DescribeLogStreams",
            "logs:PutLogEvents",
            "logs:GetLogEvents",
            "logs:FilterLogEvents",
          ],
          Effect: "Allow",
          Resource: "*",
        },
      ],
      Version: "2012-10-17",
    },
  },
  {
    name: "AmazonAPIGatewayInvokeFullAccess",
    version: "v2",
    updated: "2018-12-18",
    document: {
      Statement: [
        {
          Action: ["execute-api:Invoke", "execute-api:ManageConnections"],
          Effect: "Allow",
          Resource: "arn:aws:execute-api:*:*:*",
        },
      ],
      Version: "2012-10-17",
    },
  },
  {
    name: "AmazonSSMManagedInstanceCore",
    version: "v2",
    updated: "2019-05-23",
    document: {
      Statement: [
        {
          Action: [
            "ssm:DescribeAssociation",
            "ssm:GetDeployablePatchSnapshotForInstance",
            "ssm:GetDocument",
            "ssm:DescribeDocument",
            "ssm:GetManifest",
            "ssm:GetParameter",
            "ssm:GetParameters",
            "ssm:ListAssociations",
            "ssm:ListInstanceAssociations",
            "ssm:PutInventory",
            "ssm:PutComplianceItems",
            "ssm:PutConfigurePackageResult",
            "ssm:UpdateAssociationStatus",
            "ssm:UpdateInstanceAssociationStatus",
            "ssm:UpdateInstanceInformation",
          ],
          Effect: "Allow",
          Resource: "*",
        },
        {
          Action: [
            "ssmmessages:CreateControlChannel",
            "ssmmessages:CreateDataChannel",
            "ssmmessages:OpenControlChannel",
            "ssmmessages:OpenDataChannel",
          ],
          Effect: "Allow",
          Resource: "*",
        },
        {
          Action: [
            "ec2messages:AcknowledgeMessage",
            "ec2messages:DeleteMessage",
            "ec2messages:FailMessage",
            "ec2messages:GetEndpoint",
            "ec2messages:GetMessages",
            "ec2messages:SendReply",
          ],
          Effect: "Allow",
          Resource: "*",
        },
      ],
      Version: "2012-10-17",
    },
  },
  {
    name: "AmazonSSMPatchAssociation",
    version: "v1",
    updated: "2020-05-13",
    document: {
      Statement: [
        {
          Action: "ssm:DescribeEffectivePatchesForPatchBaseline",
          Effect: "Allow",
          Resource: "arn:aws:ssm:*:*:patchbaseline/*",
        },
        { Action: "ssm:GetPatchBaseline", Effect: "Allow", Resource: "arn:aws:ssm:*:*:patchbaseline/*" },
        { Action: "tag:GetResources", Effect: "Allow", Resource: "*" },
        { Action: "ssm:DescribePatchBaselines", Effect: "Allow", Resource: "*" },
      ],
      Version: "2012-10-17",
    },
  },
  {
    name: "service-role/AmazonEC2RoleforSSM",
    version: "v8",
    updated: "2019-01-24",
    document: {
      Statement: [
        {
          Action: [
            "ssm:DescribeAssociation",
            "ssm:GetDeployablePatchSnapshotForInstance",
            "ssm:GetDocument",
            "ssm:DescribeDocument",
            "ssm:GetManifest",
            "ssm:GetParameters",
            "ssm:ListAssociations",
            "ssm:ListInstanceAssociations",
            "ssm:PutInventory",
            "ssm:PutComplianceItems",
            "ssm:PutConfigurePackageResult",
            "ssm:UpdateAssociationStatus",
            "ssm:UpdateInstanceAssociationStatus",
            "ssm:UpdateInstanceInformation",
          ],
          Effect: "Allow",
          Resource: "*",
        },
        {
          Action: [
            "ssmmessages:CreateControlChannel",
            "ssmmessages:CreateDataChannel",
            "ssmmessages:OpenControlChannel",
            "ssmmessages:OpenDataChannel",
          ],
          Effect: "Allow",
          Resource: "*",
        },
        {
          Action: [
            "ec2messages:AcknowledgeMessage",
            "ec2messages:DeleteMessage",
            "ec2messages:FailMessage",
            "ec2messages:GetEndpoint",
            "ec2messages:GetMessages",
            "ec2messages:SendReply",
          ],
          Effect: "Allow",
          Resource: "*",
        },
        { Action: ["cloudwatch:PutMetricData"], Effect: "Allow", Resource: "*" },
        { Action: ["ec2:DescribeInstanceStatus"], Effect: "Allow", Resource: "*" },
        { Action: ["ds:CreateComputer", "ds:DescribeDirectories"], Effect: "Allow", Resource: "*" },
        {
          Action: [
            "logs:CreateLogGroup",
            "logs:CreateLogStream",
            "logs:DescribeLogGroups",
            "logs:DescribeLogStreams",
            "logs:PutLogEvents",
          ],
          Effect: "Allow",
          Resource: "*",
        },
        {
          Action: [
            "s3:GetBucketLocation",
            "s3:PutObject",
            "s3:GetObject",
            "s3:GetEncryptionConfiguration",
            "s3:AbortMultipartUpload",
            "s3:ListMultipartUploadParts",
            "s3:ListBucket",
            "s3:ListBucketMultipartUploads",
          ],
          Effect: "Allow",
          Resource: "*",
        },
      ],
      Version: "2012-10-17",
    },
  },
  {
    name: "CloudWatchAgentServerPolicy",
    version: "v3",
    updated: "2024-02-06",
    document: {
      Statement: [
        {
          Action: [
            "cloudwatch:PutMetricData",
            "ec2:DescribeVolumes",
            "ec2:DescribeTags",
            "logs:PutLogEvents",
            "logs:PutRetentionPolicy",
            "logs:DescribeLogStreams",
            "logs:DescribeLogGroups",
            "logs:CreateLogStream",
            "logs:CreateLogGroup",
            "xray:PutTraceSegments",
            "xray:PutTelemetryRecords",
            "xray:GetSamplingRules",
            "xray:GetSamplingTargets",
            "xray:GetSamplingStatisticSummaries",
          ],
          Effect: "Allow",
          Resource: "*",
          Sid: "CWACloudWatchServerPermissions",
        },
        {
          Action: ["ssm:GetParameter"],
          Effect: "Allow",
          Resource: "arn:aws:ssm:*:*:parameter/AmazonCloudWatch-*",
          Sid: "CWASSMServerPermissions",
        },
      ],
      Version: "2012-10-17",
    },
  },
];
