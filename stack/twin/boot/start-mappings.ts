import { startEventSourceMappings } from "../event-sources/index.ts";
import type { FunctionInvoker, ObjectWriter } from "../model/ports.ts";
import type { MappingResults } from "../services/lambda/lambda-parts.ts";
import type { TwinState } from "../state/twin-state.ts";
import type { Ports } from "./data-services.ts";
import { eventSourceMappingConfigs } from "./event-source-mapping-configs.ts";
import type { StartedPart } from "./twin.ts";

/** The mappings, and what came of the last batch of each. */
type StartedMappings = StartedPart & MappingResults;

/** Starts the event source mappings of the state. */
export function startMappings(
  state: TwinState,
  ports: Ports,
  invoker: FunctionInvoker,
  objects: ObjectWriter,
): StartedMappings {
  const { configs, notes } = eventSourceMappingConfigs(state);
  const mappings = startEventSourceMappings(configs, { ...ports, invoker, objects });
  return {
    notes: [...notes, ...mappings.notes],
    lastProcessingResult: (mappingUuid) =>
      mappings.statuses().find(({ uuid }) => uuid === mappingUuid)?.lastProcessingResult,
    close: () => mappings.close(),
  };
}
