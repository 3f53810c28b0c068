/**
 * What one event costs the parts of a pipeline, measured over a load run. Null where the metrics did not come or the pipeline has
 * no such part: then nothing may be concluded from it.
 */
export interface Consumption {
  /** Requests at the entry per event. */
  readonly requestsPerEvent: number;
  /** Bytes sent to the entry per event; null where nothing was sent. */
  readonly requestBytesPerEvent: number | null;
  readonly streamRecordsPerEvent: number | null;
  readonly streamBytesPerEvent: number | null;
  readonly writeUnitsPerEvent: number | null;
  readonly entry: FunctionUse | null;
  readonly consumer: FunctionUse | null;
  /**
   * Events that the consumer wrote in one second of one invocation's time, the best that was seen: what one batch at a time
   * carries. Null where there is no consumer, or its metrics did not come.
   */
  readonly eventsPerBusySecond: number | null;
  /** Highest rate that a phase held. */
  readonly heldEventsPerSecond: number | null;
}

export interface FunctionUse {
  readonly invocationsPerEvent: number;
  /** Mean over the invocations of phases that held. */
  readonly durationMs: number;
  /** Most executions at once in phases that held; null where the metric did not come. */
  readonly concurrentExecutions: number | null;
}
