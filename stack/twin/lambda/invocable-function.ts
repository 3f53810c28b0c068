import { createClosing } from "../model/closing.ts";
import type {
  Authorizer,
  Clock,
  FaultPlan,
  Identities,
  InvokeOutcome,
  KeyUses,
  LogSink,
  MetricSink,
} from "../model/ports.ts";
import type { ServiceLimits } from "../model/service-limits.ts";
import type { CpuGauge } from "./cpu-gauge.ts";
import { createPool } from "./environment-pool.ts";
import { environmentVariables } from "./environment-variables.ts";
import { startEnvironment } from "./execution-environment.ts";
import { type FunctionConfig, runsOnNode } from "./function-config.ts";
import { functionLogs } from "./function-logs.ts";
import { type FunctionMetrics, functionMetrics } from "./function-metrics.ts";
import type { FunctionOptions } from "./function-options.ts";
import { newLogStreamName } from "./invocation-log.ts";
import { failure, runInvocation } from "./run-invocation.ts";
import { startRefusal } from "./start-refusal.ts";

export interface FunctionPorts {
  readonly clock: Clock;
  readonly authorizer: Authorizer;
  readonly keys: KeyUses;
  readonly identities: Identities;
  readonly logs: LogSink;
  readonly metrics: MetricSink;
  readonly faults: FaultPlan;
  readonly limits: Pick<ServiceLimits, "ofFunction">;
}

/** One function that can be invoked, permissions aside. */
export interface InvocableFunction {
  readonly config: FunctionConfig;
  readonly metrics: FunctionMetrics;
  /** Events of the asynchronous queue are throttled by concurrency alone. */
  invoke(payload: string, requestId: string, kind?: "synchronous" | "asynchronous"): Promise<InvokeOutcome>;
  close(): Promise<void>;
}

/** Lambda gives loading the code 10 s. */
const INIT_TIMEOUT_MS = 10_000;
/** Lambda's bound on a synchronous request. */
const MAX_REQUEST_BYTES = 6 * 1024 * 1024;

export function createInvocableFunction(
  config: FunctionConfig,
  taskRoot: string,
  ports: FunctionPorts,
  options: FunctionOptions,
  cpu: CpuGauge,
): InvocableFunction {
  const { clock } = ports;
  const closing = createClosing();
  const metrics = functionMetrics(config.functionName, ports.metrics);
  const environmentPorts = { clock, cpu, signal: closing.signal };
  const pool = createPool(
    {
      clock,
      start: () => startEnvironment(environmentStart(config, taskRoot, ports, options), environmentPorts),
      hasSpareCore: () => cpu.hasSpareCore(),
    },
    {
      maxEnvironments: options.maxEnvironments,
      maxStarting: options.maxStartingEnvironments,
      fewEnvironments: options.fewEnvironments,
      patienceMs: options.patienceMs,
    },
  );
  const limits = ports.limits.ofFunction(config.functionName);
  const parts = {
    config,
    leastDurationMs: limits.leastDurationMs,
    signal: closing.signal,
    pool,
    clock,
    metrics,
    writeLog: functionLogs(config, ports.logs),
    newId: options.newRequestId,
  };
  const refusal = once(() => startRefusal(config, ports));

  return {
    config,
    metrics,
    async invoke(payload, requestId, kind = "synchronous") {
      if (!runsOnNode(config)) return cannotRun(config);
      if (Buffer.byteLength(payload) > MAX_REQUEST_BYTES) return requestTooLarge(payload);
      const refused = refusal();
      if (refused !== undefined) return refused;
      if (!limits.begin(kind)) {
        metrics.throttled(clock.nowMs());
        return { kind: "throttled" };
      }
      metrics.invoked(clock.nowMs(), limits.executions());
      try {
        return await runInvocation(parts, requestId, payload);
      } finally {
        limits.end();
      }
    },
    async close() {
      closing.abort();
      await pool.close();
    },
  };
}

/** Asked at the first invocation and remembered: the policies of a twin never change. */
function once<T>(ask: () => T): () => T {
  let answer: { readonly value: T } | undefined;
  return () => {
    answer ??= { value: ask() };
    return answer.value;
  };
}

function environmentStart(config: FunctionConfig, taskRoot: string, ports: FunctionPorts, options: FunctionOptions) {
  const logStreamName = newLogStreamName(ports.clock.nowMs(), options.newRequestId);
  const { functionName, memoryMiB, logGroupName } = config;
  return {
    workerFile: options.workerFile,
    thread: {
      taskRoot,
      handler: config.handler ?? "",
      functionName,
      functionArn: config.arn,
      memoryMiB,
      logGroupName,
      logStreamName,
    },
    variables: environmentVariables(config, options, taskRoot, logStreamName, ports.identities),
    initTimeoutMs: INIT_TIMEOUT_MS,
  };
}

function cannotRun({ functionName, runtime }: FunctionConfig): InvokeOutcome {
  const errorMessage = `The twin runs Node.js functions only: ${functionName} has ${runtime === undefined ? "a container image" : `runtime ${runtime}`}.`;
  return failure({ errorType: "Runtime.NotSupportedByTwin", errorMessage, trace: [] }, 0);
}

function requestTooLarge(payload: string): InvokeOutcome {
  const errorMessage = `${Buffer.byteLength(payload)} byte payload is too large for the RequestResponse invocation type (limit ${MAX_REQUEST_BYTES} bytes)`;
  return failure({ errorType: "RequestEntityTooLargeException", errorMessage, trace: [] }, 0);
}
