import {
  DescribeScalableTargetsCommand,
  DescribeScalingPoliciesCommand,
} from "@aws-sdk/client-application-auto-scaling";
import { DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import {
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
} from "@aws-sdk/client-dynamodb";
import { DescribeStreamSummaryCommand } from "@aws-sdk/client-kinesis";
import { byName, picked, type Question, type Questions } from "../question.ts";

/** Streams, tables with their scaling, log groups: A4, A5, A11, B8, B10. */
export const dataQuestions: Questions = ({ streams, tables, logGroups, scalableTargets }) => [
  ...streams.map(
    ({ name: StreamName }): Question => ({
      name: `kinesis:DescribeStreamSummary ${StreamName}`,
      ask: async ({ kinesis }) => {
        const read = await kinesis.send(new DescribeStreamSummaryCommand({ StreamName }));
        return picked(
          read.StreamDescriptionSummary,
          ...(["StreamName", "StreamARN", "StreamStatus", "StreamModeDetails", "RetentionPeriodHours"] as const),
          ...(["EncryptionType", "KeyId", "OpenShardCount"] as const),
        );
      },
    }),
  ),
  ...tables.flatMap(({ name }) => tableQuestions(name)),
  ...logGroups.map(
    ({ name }): Question => ({
      name: `logs:DescribeLogGroups ${name}`,
      ask: async ({ logs }) => {
        const { logGroups: groups } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: name }));
        const found = groups?.map((group) => picked(group, "logGroupName", "kmsKeyId", "retentionInDays", "arn"));
        return byName(found, ({ logGroupName }) => logGroupName);
      },
    }),
  ),
  ...[...new Set(scalableTargets.map(({ resource_id }) => resource_id))].flatMap(scalingQuestions),
];

const tableQuestions = (TableName: string): Question[] => [
  {
    name: `dynamodb:DescribeTable ${TableName}`,
    ask: async ({ dynamodb }) => {
      const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName }));
      const capacity = Table?.ProvisionedThroughput;
      return {
        ...picked(Table, "TableName", "TableArn", "TableStatus", "KeySchema", "AttributeDefinitions"),
        billing: Table?.BillingModeSummary?.BillingMode,
        capacity: picked(capacity, "ReadCapacityUnits", "WriteCapacityUnits"),
        encryption: picked(Table?.SSEDescription, "Status", "SSEType", "KMSMasterKeyArn"),
      };
    },
  },
  {
    name: `dynamodb:DescribeContinuousBackups ${TableName}`,
    ask: async ({ dynamodb }) => {
      const read = await dynamodb.send(new DescribeContinuousBackupsCommand({ TableName }));
      const recovery = read.ContinuousBackupsDescription?.PointInTimeRecoveryDescription;
      return picked(recovery, "PointInTimeRecoveryStatus", "RecoveryPeriodInDays");
    },
  },
  {
    name: `dynamodb:DescribeTimeToLive ${TableName}`,
    ask: async ({ dynamodb }) =>
      (await dynamodb.send(new DescribeTimeToLiveCommand({ TableName }))).TimeToLiveDescription,
  },
];

const scalingQuestions = (resourceId: string): Question[] => [
  {
    name: `application-autoscaling:DescribeScalableTargets ${resourceId}`,
    ask: async ({ autoscaling }) => {
      const { ScalableTargets } = await autoscaling.send(
        new DescribeScalableTargetsCommand({ ServiceNamespace: "dynamodb", ResourceIds: [resourceId] }),
      );
      const targets = ScalableTargets?.map((target) =>
        picked(target, "ResourceId", "ScalableDimension", "MinCapacity", "MaxCapacity", "SuspendedState"),
      );
      return byName(targets, ({ ScalableDimension }) => ScalableDimension);
    },
  },
  {
    name: `application-autoscaling:DescribeScalingPolicies ${resourceId}`,
    ask: async ({ autoscaling }) => {
      const { ScalingPolicies } = await autoscaling.send(
        new DescribeScalingPoliciesCommand({ ServiceNamespace: "dynamodb", ResourceId: resourceId }),
      );
      const policies = ScalingPolicies?.map((policy) =>
        picked(
          policy,
          ...(["PolicyName", "PolicyARN", "PolicyType", "ResourceId", "ScalableDimension"] as const),
          "TargetTrackingScalingPolicyConfiguration",
        ),
      );
      return byName(policies, ({ PolicyName }) => PolicyName);
    },
  },
];
