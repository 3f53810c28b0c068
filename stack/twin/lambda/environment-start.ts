import type { Clock } from "../model/ports.ts";
import type { CpuGauge } from "./cpu-gauge.ts";
import type { ThreadStart } from "./thread-messages.ts";

/** What starting an environment needs of the twin. */
export interface EnvironmentPorts {
  readonly clock: Clock;
  readonly cpu: CpuGauge;
  /** Aborts when the twin closes. */
  readonly signal: AbortSignal;
}

/** What an environment is started with. */
export interface EnvironmentStart {
  readonly workerFile: string;
  readonly thread: ThreadStart;
  readonly variables: Readonly<Record<string, string>>;
  /** Longest time for loading the code; Lambda's is 10 s. */
  readonly initTimeoutMs: number;
}
