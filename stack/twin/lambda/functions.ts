import { availableParallelism, cpus } from "node:os";
import { join } from "node:path";
import { invocationPassage } from "../faults/invocation-passage.ts";
import type { BootResult } from "../model/boot-error.ts";
import { functionNameOf } from "../model/function-name.ts";
import type { FunctionInvoker, InvokeOutcome, Principal } from "../model/ports.ts";
import { createAsyncQueue, MAX_ASYNC_EVENT_BYTES } from "./async-queue.ts";
import { createCpuGauge, utilizationOf } from "./cpu-gauge.ts";
import { type FunctionConfig, runsOnNode } from "./function-config.ts";
import type { FunctionOptions } from "./function-options.ts";
import { provideSdk, unpack } from "./function-package.ts";
import { idleCores } from "./idle-cores.ts";
import { createInvocableFunction, type FunctionPorts, type InvocableFunction } from "./invocable-function.ts";
import { invokeWithFault } from "./invoke-with-fault.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** All functions of the stack. */
export interface Functions extends FunctionInvoker {
  /** What cannot run here, one sentence each. */
  readonly notes: readonly string[];
  /** Ends every thread and removes the unpacked code. */
  close(): Promise<void>;
}

/** Unpacks every Node.js function's zip into a temporary folder and makes the functions ready to be invoked. */
export async function createFunctions(
  configs: readonly FunctionConfig[],
  ports: FunctionPorts,
  options: FunctionOptions,
): Promise<BootResult<Functions>> {
  const folder = await temporaryFolder("stackproof-functions-");
  if (options.sdkModulesFolder !== undefined) await provideSdk(folder.path, options.sdkModulesFolder);
  const byName = new Map<string, InvocableFunction>();
  const cpu = createCpuGauge({
    cores: availableParallelism(),
    own: utilizationOf(performance),
    idleCores: idleCores(cpus),
    nowMs: () => performance.now(),
  });
  for (const config of configs) {
    const taskRoot = join(folder.path, config.functionName);
    const error = runsOnNode(config) ? await unpack(config, taskRoot) : undefined;
    if (error !== undefined) {
      await folder.remove();
      return { kind: "error", error };
    }
    byName.set(config.functionName, createInvocableFunction(config, taskRoot, ports, options, cpu));
  }
  const queue = createAsyncQueue(ports.clock, ports.faults, options);
  const invoker = createInvoker(byName, queue, ports, options);
  const close = async () => {
    await Promise.all([queue.close(), ...[...byName.values()].map((each) => each.close())]);
    await folder.remove();
  };
  return { kind: "ok", value: { ...invoker, notes: configs.flatMap(noteOf), close } };
}

function createInvoker(
  byName: ReadonlyMap<string, InvocableFunction>,
  queue: ReturnType<typeof createAsyncQueue>,
  { authorizer, faults, clock }: FunctionPorts,
  { newRequestId }: FunctionOptions,
): FunctionInvoker {
  const authorize = (target: InvocableFunction, functionArn: string, principal: Principal) =>
    invokesWithoutPermission(principal)
      ? ({ allowed: true } as const)
      : authorizer.decide({
          principal,
          action: "lambda:InvokeFunction",
          resourceArn: target.config.arn + qualifierOf(functionArn),
          context: sourceContext(principal),
        });
  return {
    async invoke(functionArn, payload, invokedBy): Promise<InvokeOutcome> {
      const target = byName.get(functionNameOf(functionArn));
      if (target === undefined) return { kind: "not-found" };
      const decision = authorize(target, functionArn, invokedBy);
      if (!decision.allowed) return { kind: "denied", reason: decision.reason };
      const fault = faults.actionAt(`lambda:${target.config.functionName}`, () => invocationPassage(payload));
      return invokeWithFault(fault, clock, target, () => target.invoke(payload, newRequestId()));
    },
    async invokeLater(functionArn, payload, invokedBy) {
      const target = byName.get(functionNameOf(functionArn));
      if (target === undefined) return "not-found";
      if (!authorize(target, functionArn, invokedBy).allowed) return "denied";
      if (Buffer.byteLength(payload) > MAX_ASYNC_EVENT_BYTES) return "too-large";
      return queue.add(target, payload) ? "queued" : "dropped";
    },
  };
}

/**
 * An event source mapping is part of Lambda and needs no permission to invoke: what it needs are the function's role's rights on the
 * stream (https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html).
 */
function invokesWithoutPermission(principal: Principal): boolean {
  return principal.kind === "service" && principal.service === "lambda.amazonaws.com";
}

/** `:live` of `arn:…:function:name:live`: a permission is for an alias, a version or the function itself, each its own. */
function qualifierOf(functionArn: string): string {
  return /:function:[^:]+(:[^:]+)$/.exec(functionArn)?.[1] ?? "";
}

function sourceContext(principal: Principal): Record<string, string> {
  if (principal.kind !== "service") return {};
  return { "aws:SourceArn": principal.sourceArn, "aws:SourceAccount": principal.sourceAccount };
}

function noteOf(config: FunctionConfig): string[] {
  if (runsOnNode(config)) return [];
  const what = config.runtime === undefined ? "is a container image" : `has runtime ${config.runtime}`;
  return [`function ${config.functionName} ${what}: the twin runs Node.js functions only, invocations of it fail`];
}
