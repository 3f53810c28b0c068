/** Names of the reference stack, as an apply with its default variables makes them. */
export const ACCOUNT_ID = "123456789012";
export const REGION = "us-east-1";
export const PLACE = { partition: "aws", accountId: ACCOUNT_ID, region: REGION } as const;

const STACK = "stackproof-dev";

export const NAMES = {
  ingest: `${STACK}-ingest`,
  processor: `${STACK}-processor`,
  content: `${STACK}-content`,
  stream: `${STACK}-events`,
  eventsTable: `${STACK}-events`,
  contentTable: `${STACK}-content`,
  contentBucket: `${STACK}-content-${ACCOUNT_ID}-${REGION}`,
  logsBucket: `${STACK}-logs-${ACCOUNT_ID}-${REGION}`,
  ingestLogGroup: `/aws/lambda/${STACK}-ingest`,
  processorLogGroup: `/aws/lambda/${STACK}-processor`,
  contentLogGroup: `/aws/lambda/${STACK}-content`,
  accessLogGroup: `/aws/apigateway/${STACK}-access`,
  flowLogGroup: `/aws/vpc/${STACK}-flow-logs`,
  api: "19zjq0awwq",
  apiStage: "live",
  vpc: "vpc-57e21165e1c591aaf",
  securityGroup: "sg-c73f5845637b8176f",
  publicSubnets: ["subnet-f55f98ed6297595ef", "subnet-e8619f58213cb4d63"],
  proofInstance: "i-26e1b3a748ff2f373",
  proofObjectKey: "proof/instance.json",
} as const;

export const ARNS = {
  loadBalancer: regional("elasticloadbalancing", `loadbalancer/app/${STACK}-alb/ad345f339db470b7`),
  targetGroup: regional("elasticloadbalancing", `targetgroup/${NAMES.ingest}/66fb4f61a959f9b4`),
  ingest: regional("lambda", `function:${NAMES.ingest}`),
  processor: regional("lambda", `function:${NAMES.processor}`),
  content: regional("lambda", `function:${NAMES.content}`),
  stream: regional("kinesis", `stream/${NAMES.stream}`),
  eventsTable: regional("dynamodb", `table/${NAMES.eventsTable}`),
  contentTable: regional("dynamodb", `table/${NAMES.contentTable}`),
  contentBucket: `arn:aws:s3:::${NAMES.contentBucket}`,
  logsBucket: `arn:aws:s3:::${NAMES.logsBucket}`,
  apiExecution: regional("execute-api", NAMES.api),
  key: regional("kms", "key/994fa80f-59a6-f4a2-ae0c-7b708597994f"),
  ingestRole: roleArn("ingest"),
  processorRole: roleArn("processor"),
  contentRole: roleArn("content"),
  flowLogsRole: roleArn("flow-logs"),
  apiLogsRole: roleArn("api-logs"),
  proofInstanceRole: roleArn("proof-instance"),
  root: `arn:aws:iam::${ACCOUNT_ID}:root`,
} as const;

export function regional(service: string, resource: string): string {
  return `arn:aws:${service}:${REGION}:${ACCOUNT_ID}:${resource}`;
}

export function logGroupArn(name: string): string {
  return regional("logs", `log-group:${name}`);
}

function roleArn(name: string): string {
  return `arn:aws:iam::${ACCOUNT_ID}:role/${STACK}-${REGION}-${name}`;
}
