import { type EventSourceMappingConfiguration, ListEventSourceMappingsCommand } from "@aws-sdk/client-lambda";
import type { EventSourceMappingsSetting } from "../../../model/settings/function-setting.ts";
import { needsOn } from "../../../model/settings/need.ts";
import { targetOf } from "../../../model/settings/subject.ts";
import { allPagesIfAny } from "../pages.ts";
import type { Reader } from "../reader.ts";
import { required } from "../unread.ts";

const LIST = "lambda:ListEventSourceMappings";

export const eventSourceMappingsReader: Reader<"event-source-mappings"> = {
  kind: "event-source-mappings",
  namedBy: ({ entryFunction, consumerFunction }) => [entryFunction, consumerFunction],
  isLinked: true,

  /** The action does not support resource-level permissions. */
  needs: () => needsOn([LIST], ["*"]),

  async read(functionName, { clients, askIfAny }) {
    const lambda = await clients.lambda();
    const mappings = await allPagesIfAny(LIST, async (token) => {
      const page = await askIfAny(LIST, ["ResourceNotFoundException"], (options) =>
        lambda.send(new ListEventSourceMappingsCommand({ FunctionName: functionName, Marker: token }), options),
      );
      return page && { items: required(page.EventSourceMappings, "EventSourceMappings", LIST), next: page.NextMarker };
    });
    return mappings && { kind: "event-source-mappings", functionName, mappings: mappings.map(toMapping) };
  },

  links: ({ mappings }, place) =>
    mappings.flatMap(({ eventSourceArn }) => {
      if (eventSourceArn.includes(":kinesis:")) return [targetOf("stream", eventSourceArn, place)];
      return eventSourceArn.includes(":dynamodb:") ? [targetOf("table", eventSourceArn, place)] : [];
    }),
};

function toMapping(mapping: EventSourceMappingConfiguration): EventSourceMappingsSetting["mappings"][number] {
  return {
    uuid: required(mapping.UUID, "UUID", LIST),
    eventSourceArn: mapping.EventSourceArn ?? "",
    state: required(mapping.State, "State", LIST),
    stateReason: mapping.StateTransitionReason ?? "",
    lastProcessingResult: mapping.LastProcessingResult ?? "",
    batchSize: mapping.BatchSize ?? 0,
    parallelizationFactor: mapping.ParallelizationFactor,
    filterPatterns: (mapping.FilterCriteria?.Filters ?? []).flatMap(({ Pattern }) => Pattern ?? []),
    // Kinesis' default, for which -1 stands: as often as the record is kept.
    maximumRetryAttempts: mapping.MaximumRetryAttempts ?? -1,
    reportsBatchItemFailures: (mapping.FunctionResponseTypes ?? []).includes("ReportBatchItemFailures"),
  };
}
