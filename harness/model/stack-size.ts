/**
 * How large the parts of a pipeline are: what its settings say of the limits that load meets. Null where the pipeline has no such
 * part, or its setting was not read; `unread` says which.
 */
export interface StackSize {
  readonly region: string;
  readonly stream: {
    readonly name: string;
    readonly openShards: number;
    readonly isOnDemand: boolean;
  } | null;
  readonly table: {
    readonly name: string;
    readonly isOnDemand: boolean;
    /** As provisioned now. */
    readonly writeCapacity: number;
    readonly readCapacity: number;
    /** What autoscaling may set it to; null where nothing scales it. */
    readonly writeScaling: CapacityRange | null;
    readonly readScaling: CapacityRange | null;
  } | null;
  readonly entryFunction: FunctionSize | null;
  readonly consumerFunction: FunctionSize | null;
  /** Of the stream to the consumer. */
  readonly mapping: {
    readonly batchSize: number;
    /** Batches of one shard at once; null where the setting does not say. */
    readonly parallelization: number | null;
  } | null;
  readonly api: {
    readonly name: string;
    /** Throttling of the stage's method; null where none is set and the account's serves, or it was not read. */
    readonly requestsPerSecond: number | null;
    readonly burst: number | null;
  } | null;
  readonly loadBalancer: string | null;
  readonly unread: readonly { readonly part: string; readonly reason: string }[];
}

export interface CapacityRange {
  readonly min: number;
  readonly max: number;
}

export interface FunctionSize {
  readonly name: string;
  readonly memoryMb: number;
  /** Null where none is reserved: the account's is shared. */
  readonly reservedConcurrency: number | null;
}
