/** What the services of the twin allow. Rates are per second. */
export interface Limits {
  /** Per shard, written. https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html */
  readonly shardRecordsPerSecond: number;
  readonly shardBytesPerSecond: number;
  /** GetRecords per shard, all readers together. */
  readonly shardReadsPerSecond: number;
  readonly shardReadBytesPerSecond: number;
  /** How many seconds of unused capacity a provisioned table keeps. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/burst-adaptive-capacity.html */
  readonly tableBurstSeconds: number;
  /** What a table on demand takes from the start. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/on-demand-capacity-mode.html#on-demand-capacity-mode-initial */
  readonly onDemandWriteUnits: number;
  readonly onDemandReadUnits: number;
  /** Executions at the same time, all functions together. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
  readonly accountConcurrency: number;
  /** How long invocations of a function last at the least, by its name: none of AWS' limits, but it makes concurrency bind. */
  readonly functionDurationMs: Readonly<Record<string, number>>;
  /** All APIs together. https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html */
  readonly apiRequestsPerSecond: number;
  readonly apiBurst: number;
}

const MEBIBYTE = 1024 * 1024;

export const AWS_LIMITS: Limits = {
  shardRecordsPerSecond: 1000,
  shardBytesPerSecond: MEBIBYTE,
  shardReadsPerSecond: 5,
  shardReadBytesPerSecond: 2 * MEBIBYTE,
  tableBurstSeconds: 300,
  onDemandWriteUnits: 4000,
  onDemandReadUnits: 12_000,
  accountConcurrency: 1000,
  functionDurationMs: {},
  apiRequestsPerSecond: 10_000,
  apiBurst: 5000,
};
