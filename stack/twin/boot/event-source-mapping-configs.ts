import type { EventSourceMappingConfig, StartingPosition } from "../event-sources/index.ts";
import { functionNameOf } from "../model/function-name.ts";
import { parseArn } from "../state/arn.ts";
import type { Resource, TwinState } from "../state/twin-state.ts";

interface MappingConfigs {
  readonly configs: readonly EventSourceMappingConfig[];
  readonly notes: readonly string[];
}

/** The Kinesis mappings of the state; mappings of other sources become notes. */
export function eventSourceMappingConfigs(state: TwinState): MappingConfigs {
  const configs: EventSourceMappingConfig[] = [];
  const notes: string[] = [];
  for (const mapping of state.eventSourceMappings) {
    const streamArn = mapping.event_source_arn;
    const functionArn = mapping.function_arn ?? mapping.function_name;
    if (streamArn === undefined || parseArn(streamArn)?.service !== "kinesis") {
      notes.push(`ignored ${mapping.address}: the twin plays event source mappings of Kinesis streams only`);
      continue;
    }
    const target = state.functions.find((each) => each.function_name === functionNameOf(functionArn));
    configs.push(configOf(mapping, streamArn, functionArn, target?.role ?? ""));
  }
  return { configs, notes };
}

function configOf(
  mapping: Resource<"eventSourceMappings">,
  streamArn: string,
  functionArn: string,
  functionRoleArn: string,
): EventSourceMappingConfig {
  return {
    uuid: mapping.uuid,
    streamArn,
    functionArn,
    functionRoleArn,
    enabled: mapping.enabled,
    batchSize: mapping.batch_size,
    maximumBatchingWindowSeconds: mapping.maximum_batching_window_in_seconds,
    startingPosition: startingPosition(mapping),
    parallelizationFactor: Math.max(1, mapping.parallelization_factor),
    bisectBatchOnFunctionError: mapping.bisect_batch_on_function_error,
    maximumRetryAttempts: mapping.maximum_retry_attempts,
    maximumRecordAgeSeconds: mapping.maximum_record_age_in_seconds,
    reportBatchItemFailures: mapping.function_response_types.includes("ReportBatchItemFailures"),
    onFailureDestinationArn: mapping.destination_config?.on_failure?.destination_arn,
    filterPatterns: mapping.filter_criteria?.filter.map(({ pattern }) => pattern) ?? [],
  };
}

function startingPosition(mapping: Resource<"eventSourceMappings">): StartingPosition {
  const timestampMs = Date.parse(mapping.starting_position_timestamp ?? "");
  switch (mapping.starting_position) {
    case "LATEST":
      return { kind: "latest" };
    case "AT_TIMESTAMP":
      return Number.isNaN(timestampMs) ? { kind: "trim-horizon" } : { kind: "at-timestamp", timestampMs };
    default:
      return { kind: "trim-horizon" };
  }
}
