import type { Clock, FaultPlan, FunctionInvoker, MetricSink, ObjectWriter, StreamReader } from "../model/ports.ts";
import type { EventSourceMappingConfig } from "./mapping-config.ts";

export interface ConsumerPorts {
  readonly clock: Clock;
  readonly reader: StreamReader;
  readonly invoker: FunctionInvoker;
  readonly metrics: MetricSink;
  readonly faults: FaultPlan;
  /** Takes the records of batches that are given up; without it they are counted only. */
  readonly objects?: ObjectWriter;
}

export interface ConsumerOptions {
  /** Least time between two reads of a shard: AWS allows 5 a second, and others read too. */
  readonly readIntervalMs: number;
}

/** Told what happens, for `LastProcessingResult` and for the count of records given up. */
interface ConsumerEvents {
  result(text: string): void;
  discarded(count: number): void;
}

/** One mapping's work on one shard. */
export interface ShardContext {
  readonly config: EventSourceMappingConfig;
  readonly shardId: string;
  readonly ports: ConsumerPorts;
  readonly options: ConsumerOptions;
  readonly events: ConsumerEvents;
  readonly signal: AbortSignal;
}
