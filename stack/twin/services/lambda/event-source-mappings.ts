import { z } from "zod";
import type { Resource, TwinState } from "../../state/twin-state.ts";
import { failed, ok } from "../answer.ts";
import type { ControlPlaneParts } from "../control-plane-parts.ts";
import { momentOf } from "../derived.ts";
import { type Mapping, mapped } from "../mapping.ts";
import { type Operation, operation } from "../operation.ts";
import { pageOf } from "../page.ts";
import { namedFunction } from "./lambda-parts.ts";

/** https://docs.aws.amazon.com/lambda/latest/dg/API_EventSourceMappingConfiguration.html */
const mappingOf = ({ state, mappingResults }: ControlPlaneParts): Mapping<Resource<"eventSourceMappings">> => ({
  UUID: "uuid",
  EventSourceMappingArn: (mapping) => mappingArn(state, mapping.uuid),
  EventSourceArn: "event_source_arn",
  FunctionArn: (mapping) => functionArnOf(state, mapping),
  State: ({ enabled }) => (enabled ? "Enabled" : "Disabled"),
  StateTransitionReason: ({ state_transition_reason }) => state_transition_reason ?? "User action",
  LastModified: ({ last_modified }) => momentOf(last_modified),
  LastProcessingResult: ({ uuid, last_processing_result }) =>
    mappingResults.lastProcessingResult(uuid) ?? last_processing_result,
  BatchSize: "batch_size",
  MaximumBatchingWindowInSeconds: "maximum_batching_window_in_seconds",
  ParallelizationFactor: "parallelization_factor",
  StartingPosition: "starting_position",
  StartingPositionTimestamp: ({ starting_position_timestamp }) => momentOf(starting_position_timestamp),
  MaximumRecordAgeInSeconds: "maximum_record_age_in_seconds",
  MaximumRetryAttempts: "maximum_retry_attempts",
  BisectBatchOnFunctionError: "bisect_batch_on_function_error",
  TumblingWindowInSeconds: "tumbling_window_in_seconds",
  FunctionResponseTypes: "function_response_types",
  FilterCriteria: ({ filter_criteria }) =>
    filter_criteria && { Filters: filter_criteria.filter.map(({ pattern }) => ({ Pattern: pattern })) },
  DestinationConfig: ({ destination_config }) => ({
    OnFailure: destination_config?.on_failure && { Destination: destination_config.on_failure.destination_arn },
  }),
  KMSKeyArn: "kms_key_arn",
});

export function listEventSourceMappings(parts: ControlPlaneParts): Operation {
  const { state } = parts;
  return operation({
    input: z.object({
      EventSourceArn: z.string().optional(),
      FunctionName: z.string().optional(),
      Marker: z.string().optional(),
      MaxItems: z.coerce.number().int().min(1).max(10_000).optional(),
    }),
    access: () => [{ action: "lambda:ListEventSourceMappings", resourceArn: "*" }],
    run({ EventSourceArn, FunctionName, Marker, MaxItems }) {
      const functionArn = FunctionName === undefined ? undefined : namedFunction(state, FunctionName).arn;
      const wanted = state.eventSourceMappings.filter(
        (mapping) =>
          (EventSourceArn === undefined || mapping.event_source_arn === EventSourceArn) &&
          (functionArn === undefined || namedFunction(state, functionArnOf(state, mapping)).arn === functionArn),
      );
      const page = pageOf(wanted, Marker, Math.min(MaxItems ?? 100, 100));
      if (page === undefined) return failed("InvalidParameterValueException", "Invalid pagination marker");
      const mappings = page.items.map((mapping) => mapped(mapping, mappingOf(parts)));
      return ok({ EventSourceMappings: mappings, NextMarker: page.next });
    },
  });
}

export function getEventSourceMapping(parts: ControlPlaneParts): Operation {
  const { state } = parts;
  return operation({
    input: z.object({ UUID: z.string() }),
    access: ({ UUID }) => [{ action: "lambda:GetEventSourceMapping", resourceArn: mappingArn(state, UUID) }],
    run({ UUID }) {
      const mapping = state.eventSourceMappings.find(({ uuid }) => uuid === UUID);
      if (mapping !== undefined) return ok(mapped(mapping, mappingOf(parts)));
      return failed("ResourceNotFoundException", "The resource you requested does not exist.", 404);
    },
  });
}

export function mappingArn({ partition, region, accountId }: TwinState, uuid: string): string {
  return `arn:${partition}:lambda:${region}:${accountId}:event-source-mapping:${uuid}`;
}

/** Terraform lets the function be named or given by its ARN; Lambda always answers with the ARN. */
function functionArnOf(state: TwinState, mapping: Resource<"eventSourceMappings">): string {
  if (mapping.function_arn !== undefined) return mapping.function_arn;
  const { arn, qualifier } = namedFunction(state, mapping.function_name);
  return qualifier === undefined ? arn : `${arn}:${qualifier}`;
}
