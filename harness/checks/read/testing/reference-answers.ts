import type { Roles } from "../../../model/role.ts";
import type { Answers, Input } from "./fake-clients.ts";

const ACCOUNT = "123456789012";
const regional = (service: string, resource: string) => `arn:aws:${service}:eu-central-1:${ACCOUNT}:${resource}`;

const LB = regional("elasticloadbalancing", "loadbalancer/app/main/50dc6c495c0c9188");
const TG = regional("elasticloadbalancing", "targetgroup/ingest/73e2d6bc24d8a067");
export const KEY = regional("kms", "key/1234abcd-12ab-34cd-56ef-1234567890ab");
const roleArn = (name: string) => `arn:aws:iam::${ACCOUNT}:role/${name}`;
const functionArn = (name: string) => regional("lambda", `function:${name}`);
const policy = JSON.stringify({ Statement: [{ Effect: "Allow", Principal: "*", Action: "*", Resource: "*" }] });

/** The roles of two pipelines that share their key, network and content function. */
export const ROLES: readonly Roles[] = [
  {
    loadBalancer: LB,
    targetGroup: TG,
    vpc: "vpc-1",
    logsBucket: "logs",
    entryFunction: "ingest",
    stream: "events",
    consumerFunction: functionArn("processor"),
    table: "events",
    key: "1234abcd-12ab-34cd-56ef-1234567890ab",
    flowLogGroup: "/vpc/flow",
  },
  {
    entryFunction: "content",
    table: "content",
    bucket: "content",
    api: "a1b2c3",
    apiStage: "live",
    apiRoute: "POST /process",
    proofInstance: "i-1",
    proofObjectKey: "proof/i-1.txt",
    key: KEY,
    accessLogGroup: "/api/access",
  },
];

/** A small account in which everything that the roles name is there. */
export const ANSWERS: Answers = {
  DescribeLoadBalancers: () => ({
    LoadBalancers: [
      {
        LoadBalancerArn: LB,
        Scheme: "internet-facing",
        VpcId: "vpc-1",
        AvailabilityZones: [{ SubnetId: "subnet-a" }, { SubnetId: "subnet-b" }],
        SecurityGroups: ["sg-1"],
      },
    ],
  }),
  DescribeLoadBalancerAttributes: () => ({
    Attributes: [
      { Key: "access_logs.s3.enabled", Value: "true" },
      { Key: "access_logs.s3.bucket", Value: "logs" },
    ],
  }),
  DescribeListeners: () => ({ Listeners: [{ ListenerArn: "listener", Port: 80, Protocol: "HTTP" }] }),
  DescribeRules: () => ({
    Rules: [{ RuleArn: "rule", IsDefault: true, Actions: [{ Type: "forward", TargetGroupArn: TG }] }],
  }),
  DescribeTargetGroups: () => ({ TargetGroups: [{ TargetGroupArn: TG, TargetType: "lambda" }] }),
  DescribeTargetHealth: () => ({ TargetHealthDescriptions: [{ Target: { Id: functionArn("ingest") } }] }),
  DescribeSecurityGroups: () => ({ SecurityGroups: [{ IpPermissions: [], IpPermissionsEgress: [] }] }),
  DescribeSubnets: () => ({ Subnets: [{ VpcId: "vpc-1" }] }),
  DescribeRouteTables: ({ Filters }) => ({
    RouteTables: JSON.stringify(Filters).includes("main")
      ? [{ RouteTableId: "rtb-main", Routes: [{ DestinationCidrBlock: "0.0.0.0/0", GatewayId: "igw-1" }] }]
      : [],
  }),
  DescribeVpcs: () => ({ Vpcs: [{ CidrBlock: "10.0.0.0/16" }] }),
  DescribeFlowLogs: () => ({
    FlowLogs: [{ FlowLogId: "fl-1", LogGroupName: "/vpc/flow", DeliverLogsPermissionArn: roleArn("flow") }],
  }),
  DescribeInstances: () => ({
    Reservations: [
      {
        Instances: [
          {
            State: { Name: "running" },
            SubnetId: "subnet-a",
            SecurityGroups: [{ GroupId: "sg-2" }],
            IamInstanceProfile: { Arn: `arn:aws:iam::${ACCOUNT}:instance-profile/proof` },
          },
        ],
      },
    ],
  }),
  GetInstanceProfile: () => ({ InstanceProfile: { Roles: [{ Arn: roleArn("proof") }] } }),
  GetFunctionConfiguration: ({ FunctionName }) => ({
    FunctionName,
    FunctionArn: functionArn(`${FunctionName}`),
    Role: roleArn(`${FunctionName}`),
    Timeout: 3,
    MemorySize: 128,
    CodeSha256: "sha",
    KMSKeyArn: KEY,
    Environment: { Variables: { STREAM_NAME: "events", SECRET: "hunter2" } },
  }),
  GetFunctionConcurrency: () => ({}),
  GetPolicy: (input) => ("PolicyArn" in input ? { Policy: { DefaultVersionId: "v1" } } : { Policy: policy }),
  ListEventSourceMappings: ({ FunctionName }) => ({
    EventSourceMappings:
      FunctionName === "processor"
        ? [{ UUID: "m", State: "Enabled", EventSourceArn: regional("kinesis", "stream/events") }]
        : [],
  }),
  GetRole: ({ RoleName }) => ({
    Role: { Arn: roleArn(`${RoleName}`), AssumeRolePolicyDocument: encodeURIComponent(policy) },
  }),
  ListRolePolicies: () => ({ PolicyNames: ["inline"] }),
  GetRolePolicy: () => ({ PolicyDocument: encodeURIComponent(policy) }),
  ListAttachedRolePolicies: () => ({ AttachedPolicies: [{ PolicyArn: `arn:aws:iam::${ACCOUNT}:policy/shared` }] }),
  GetPolicyVersion: () => ({ PolicyVersion: { Document: encodeURIComponent(policy) } }),
  DescribeKey: () => ({ KeyMetadata: { Arn: KEY, KeyState: "Enabled" } }),
  GetKeyPolicy: () => ({ Policy: policy }),
  ListGrants: () => ({ Grants: [] }),
  DescribeStreamSummary: () => ({
    StreamDescriptionSummary: {
      StreamName: "events",
      StreamARN: regional("kinesis", "stream/events"),
      StreamStatus: "ACTIVE",
      OpenShardCount: 1,
      EncryptionType: "KMS",
      KeyId: "alias/stack",
    },
  }),
  DescribeTable: ({ TableName }) => ({
    Table: {
      TableName,
      TableArn: regional("dynamodb", `table/${TableName}`),
      TableStatus: "ACTIVE",
      KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
      SSEDescription: { Status: "ENABLED", KMSMasterKeyArn: KEY },
    },
  }),
  DescribeContinuousBackups: () => ({ ContinuousBackupsDescription: {} }),
  DescribeScalableTargets: () => ({ ScalableTargets: [] }),
  DescribeScalingPolicies: () => ({ ScalingPolicies: [] }),
  DescribeLogGroups: ({ logGroupNamePrefix }) => ({
    logGroups: [
      {
        logGroupName: logGroupNamePrefix,
        arn: regional("logs", `log-group:${logGroupNamePrefix}:*`),
        kmsKeyId: KEY,
      },
    ],
  }),
  GetBucketVersioning: () => ({}),
  GetBucketEncryption: () => ({
    ServerSideEncryptionConfiguration: {
      Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms", KMSMasterKeyID: KEY } }],
    },
  }),
  GetPublicAccessBlock: () => ({ PublicAccessBlockConfiguration: {} }),
  GetBucketPolicy: () => ({ Policy: policy }),
  GetBucketNotificationConfiguration: ({ Bucket }: Input) =>
    Bucket === "content" ? { LambdaFunctionConfigurations: [{ LambdaFunctionArn: functionArn("content") }] } : {},
  HeadObject: () => ({ LastModified: new Date(0), ServerSideEncryption: "aws:kms", SSEKMSKeyId: KEY }),
  GetRestApi: () => ({ id: "a1b2c3" }),
  GetResources: () => ({
    items: [{ path: "/process", resourceMethods: { POST: { methodIntegration: { type: "AWS_PROXY" } } } }],
  }),
  GetStage: () => ({
    stageName: "live",
    accessLogSettings: { destinationArn: regional("logs", "log-group:/api/access") },
  }),
  GetAccount: () => ({ throttleSettings: {}, cloudwatchRoleArn: roleArn("api-logs") }),
};
