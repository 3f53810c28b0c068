import { randomUUID } from "node:crypto";
import { availableParallelism } from "node:os";
import type { PoolOptions } from "./environment-pool.ts";

/** How the twin runs functions, as against what the functions are. */
export interface FunctionOptions extends Pick<PoolOptions, "fewEnvironments" | "patienceMs"> {
  /** The thread's own entry, built from `worker.ts` (see `worker-file.ts`). */
  readonly workerFile: string;
  /** For example `eu-central-1`. */
  readonly region: string;
  /** Where the SDK in the handlers finds the twin: becomes `AWS_ENDPOINT_URL`. */
  readonly endpointUrl: string;
  /** A `node_modules` folder whose `@aws-sdk` and `@smithy` stand for the SDK that Lambda's Node.js runtimes bring along. */
  readonly sdkModulesFolder: string | undefined;
  /** Most threads of one function. Beyond them an invocation waits where Lambda would start a further environment. */
  readonly maxEnvironments: number;
  /** Most threads of one function that start at the same time. */
  readonly maxStartingEnvironments: number;
  /** Lambda waits 1 and 2 minutes before it repeats a failed asynchronous invocation; the twin waits this part of it. */
  readonly retryDelayScale: number;
  /** Events waiting for asynchronous invocation, all functions together. */
  readonly maxQueuedEvents: number;
  readonly newRequestId: () => string;
}

export const defaultFunctionOptions = {
  sdkModulesFolder: undefined,
  maxEnvironments: 50,
  maxStartingEnvironments: 2,
  patienceMs: {
    few: { withSpareCore: 50, withoutSpareCore: 200 },
    many: { withSpareCore: 200, withoutSpareCore: 5_000 },
  },
  fewEnvironments: availableParallelism(),
  retryDelayScale: 1 / 60,
  maxQueuedEvents: 100_000,
  newRequestId: (): string => randomUUID(),
} as const satisfies Partial<FunctionOptions>;
