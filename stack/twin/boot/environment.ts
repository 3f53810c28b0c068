import type { Clock } from "../model/ports.ts";

/** What boot needs of the process it runs in. */
export interface BootEnvironment {
  readonly clock: Clock;
  /** `import.meta.url` of the program: the threads' entry and the SDK are looked for from there. */
  readonly moduleUrl: string;
  /** Takes what must not go unnoticed, for standard error. */
  readonly report: (problem: string) => void;
}
