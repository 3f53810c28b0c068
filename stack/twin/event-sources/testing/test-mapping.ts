import type { EventSourceMappingConfig } from "../mapping-config.ts";

export const mappingConfig: EventSourceMappingConfig = {
  uuid: "11111111-2222-3333-4444-555555555555",
  streamArn: "arn:aws:kinesis:eu-central-1:123456789012:stream/events",
  functionArn: "arn:aws:lambda:eu-central-1:123456789012:function:subject",
  functionRoleArn: "arn:aws:iam::123456789012:role/subject-role",
  enabled: true,
  batchSize: 100,
  maximumBatchingWindowSeconds: 0,
  startingPosition: { kind: "latest" },
  parallelizationFactor: 1,
  bisectBatchOnFunctionError: false,
  maximumRetryAttempts: -1,
  maximumRecordAgeSeconds: -1,
  reportBatchItemFailures: true,
  filterPatterns: [],
};
