import { existsSync } from "node:fs";
import { basename, dirname, isAbsolute, join, resolve } from "node:path";
import { DEFAULT_ASYNCHRONOUS_CONFIG, type FunctionConfig } from "../lambda/function-config.ts";
import { functionNameOf } from "../model/function-name.ts";
import type { Resource, TwinState } from "../state/twin-state.ts";

/** The functions of the state as the runtime takes them, each with its zip on this machine where there is one. */
export function functionConfigs(
  state: TwinState,
  stateFile: string,
  functionsFolder: string | undefined,
): FunctionConfig[] {
  return state.functions.map((resource) => {
    const invokeConfig = state.functionEventInvokeConfigs.find(
      (each) => functionNameOf(each.function_name) === resource.function_name,
    );
    return {
      functionName: resource.function_name,
      arn: resource.arn,
      handler: resource.handler,
      runtime: resource.runtime,
      timeoutSeconds: resource.timeout,
      memoryMiB: resource.memory_size,
      environment: resource.environment?.variables ?? {},
      roleArn: resource.role,
      kmsKeyArn: resource.kms_key_arn,
      zipPath: zipPathOf(resource, stateFile, functionsFolder),
      reservedConcurrency: reservedConcurrencyOf(resource),
      logGroupName: resource.logging_config?.log_group ?? `/aws/lambda/${resource.function_name}`,
      asynchronous:
        invokeConfig === undefined
          ? DEFAULT_ASYNCHRONOUS_CONFIG
          : {
              maximumRetryAttempts: invokeConfig.maximum_retry_attempts,
              maximumEventAgeSeconds: invokeConfig.maximum_event_age_in_seconds,
            },
    };
  });
}

/**
 * The zip in the named folder, under the state's file name or the function's own; else where the state's file name
 * leads from the state's folder. Where none exists it is the first of these, so that the error names what was expected.
 */
function zipPathOf(
  resource: Resource<"functions">,
  stateFile: string,
  functionsFolder: string | undefined,
): string | undefined {
  const named = resource.filename ?? resource.s3_key;
  const candidates: string[] = [];
  if (functionsFolder !== undefined) {
    if (named !== undefined) candidates.push(join(functionsFolder, basename(named)));
    candidates.push(join(functionsFolder, `${resource.function_name}.zip`));
  }
  if (resource.filename !== undefined) {
    candidates.push(isAbsolute(resource.filename) ? resource.filename : resolve(dirname(stateFile), resource.filename));
  }
  return candidates.find((path) => existsSync(path)) ?? candidates[0];
}

/** Terraform writes -1 where nothing is reserved. */
export function reservedConcurrencyOf(resource: Resource<"functions">): number | undefined {
  const reserved = resource.reserved_concurrent_executions;
  return reserved < 0 ? undefined : reserved;
}
