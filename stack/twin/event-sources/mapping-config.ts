/** One `aws_lambda_event_source_mapping` of a Kinesis stream. */
export interface EventSourceMappingConfig {
  readonly uuid: string;
  readonly streamArn: string;
  readonly functionArn: string;
  /** The function's role: the mapping reads the stream as this role. */
  readonly functionRoleArn: string;
  readonly enabled: boolean;
  /** Most records of one invocation, 1 to 10,000. */
  readonly batchSize: number;
  readonly maximumBatchingWindowSeconds: number;
  readonly startingPosition: StartingPosition;
  /** Batches of one shard that may run at the same time, 1 to 10; records of one partition key stay in order. */
  readonly parallelizationFactor: number;
  readonly bisectBatchOnFunctionError: boolean;
  /** -1 is without limit: one poison record blocks its part of the shard until it expires. */
  readonly maximumRetryAttempts: number;
  /** -1 is without limit. */
  readonly maximumRecordAgeSeconds: number;
  readonly reportBatchItemFailures: boolean;
  /** JSON event patterns; a record that matches none of them is passed over. None at all lets everything through. */
  readonly filterPatterns: readonly string[];
  /** Where batches go that are given up; the twin delivers to buckets (`arn:aws:s3:::<name>`). */
  readonly onFailureDestinationArn?: string | undefined;
}

export type StartingPosition =
  | { readonly kind: "latest" }
  | { readonly kind: "trim-horizon" }
  | { readonly kind: "at-timestamp"; readonly timestampMs: number };
