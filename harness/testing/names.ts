import { output } from "./state.ts";

/** What the reference stack is called, from the snapshot's own outputs. */
export const ACCOUNT_ID = output("account_id");
export const REGION = output("region");
export const PLACE = { partition: "aws", accountId: ACCOUNT_ID, region: REGION } as const;
export const OTHER_ACCOUNT = "210987654321";

const STACK = output("stack_name");

export const NAMES = {
  ingest: output("ingest_function_name"),
  processor: output("processor_function_name"),
  content: output("content_function_name"),
  stream: output("stream_name"),
  eventsTable: output("events_table_name"),
  contentTable: output("content_table_name"),
  contentBucket: output("content_bucket_name"),
  logsBucket: output("logs_bucket_name"),
  ingestLogGroup: output("ingest_log_group_name"),
  processorLogGroup: `/aws/lambda/${STACK}-processor`,
  contentLogGroup: output("content_log_group_name"),
  accessLogGroup: output("api_access_log_group_name"),
  flowLogGroup: output("flow_log_group_name"),
  api: output("api_id"),
  apiStage: output("api_stage_name"),
  vpc: output("vpc_id"),
  securityGroup: output("alb_security_group_id"),
  proofInstance: output("proof_instance_id"),
  proofObjectKey: output("proof_object_key"),
} as const;

export const ROLE = {
  ingest: `${STACK}-${REGION}-ingest`,
  processor: `${STACK}-${REGION}-processor`,
  content: `${STACK}-${REGION}-content`,
  apiLogs: `${STACK}-${REGION}-api-logs`,
  flowLogs: `${STACK}-${REGION}-flow-logs`,
  proofInstance: `${STACK}-${REGION}-proof-instance`,
} as const;

export const ARNS = {
  loadBalancer: output("alb_arn"),
  targetGroup: output("target_group_arn"),
  ingest: output("ingest_function_arn"),
  processor: output("processor_function_arn"),
  content: output("content_function_arn"),
  stream: output("stream_arn"),
  eventsTable: output("events_table_arn"),
  contentTable: output("content_table_arn"),
  contentBucket: output("content_bucket_arn"),
  logsBucket: output("logs_bucket_arn"),
  apiExecution: output("api_execution_arn"),
  key: output("kms_key_arn"),
  otherKey: regional("kms", "key/00000000-1111-2222-3333-444444444444"),
  ingestRole: roleArn(ROLE.ingest),
  processorRole: roleArn(ROLE.processor),
  contentRole: roleArn(ROLE.content),
  flowLogsRole: roleArn(ROLE.flowLogs),
  apiLogsRole: roleArn(ROLE.apiLogs),
  proofInstanceRole: roleArn(ROLE.proofInstance),
  root: `arn:aws:iam::${ACCOUNT_ID}:root`,
} as const;

export function regional(service: string, resource: string): string {
  return `arn:aws:${service}:${REGION}:${ACCOUNT_ID}:${resource}`;
}

export function logGroupArn(name: string): string {
  return regional("logs", `log-group:${name}`);
}

export function roleArn(name: string, account = ACCOUNT_ID): string {
  return `arn:aws:iam::${account}:role/${name}`;
}
