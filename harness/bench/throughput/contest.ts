/** What a contestant did after its warm-up, and the CPU time that its process took for it, all threads together. */
export interface Effort {
  readonly requests: number;
  readonly cpuMs: number;
  readonly durationMs: number;
}

export interface Contest {
  readonly url: string;
  readonly warmUpMs: number;
  readonly durationMs: number;
  /** Requests under way at once, for those that wait for answers. */
  readonly connections: number;
  /** For ours, which is open loop. */
  readonly requestsPerSecond: number;
}
