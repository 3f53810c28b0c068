/** The limits of the services, as each service asks for them; `limits/` keeps them. */

/** What one shard may take in and give out: asked for every record and every read. */
export interface ShardLimits {
  /** Counts a record in where the shard still takes it this second. */
  admitRecord(sizeBytes: number): boolean;
  /** Counts a call of GetRecords, of whichever reader. */
  admitRead(): boolean;
  /** Counts what an admitted read gave out, which is known only then. */
  gaveOut(sizeBytes: number): void;
}

/** Capacity units of a table, read or write. */
export interface CapacityLimit {
  /** Takes so many units where they are there. */
  admit(units: number): boolean;
  /** Takes what the use came to beyond the units admitted, or gives back (negative) what it did not come to. */
  correct(units: number): void;
}

export interface TableLimits {
  /** DynamoDB throttles the two with errors of their own. */
  readonly mode: "provisioned" | "on-demand";
  readonly read: CapacityLimit;
  readonly write: CapacityLimit;
}

/** How many executions of a function there may be, and how quickly they may be asked for. */
export interface FunctionLimits {
  /** An invocation lasts at least so long; 0 unless planted. */
  readonly leastDurationMs: number;
  /** Begins an execution where it is not throttled; each that has begun is to be ended. */
  begin(kind: "synchronous" | "asynchronous"): boolean;
  end(): void;
  /** Executions under way; `unreserved` where this function shares what no function has reserved. */
  executions(): { readonly ofFunction: number; readonly ofAccount: number; readonly unreserved: number | undefined };
}

export interface ApiThrottle {
  /** Counts a request in where it is not throttled. */
  admit(): boolean;
}

/** The service limits: asked before each use; what is not admitted is throttled as the service does it. */
export interface ServiceLimits {
  ofShard(streamArn: string, shardId: string): ShardLimits;
  ofTable(tableName: string): TableLimits;
  ofFunction(functionName: string): FunctionLimits;
  /** Executions that the account may have at the same time. */
  readonly accountConcurrency: number;
  /** Requests to all APIs together. */
  readonly apiRequests: ApiThrottle;
  /** The throttle of one method of a stage, with these settings of its own. */
  throttleOf(settings: { readonly requestsPerSecond: number; readonly burst: number }): ApiThrottle;
}
