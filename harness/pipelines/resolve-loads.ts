import { CannotRun } from "../model/errors.ts";
import { isWatchedUnderLoad } from "../model/hop.ts";
import type { LoadSpec } from "../model/load.ts";
import type { Scenario } from "../model/scenario.ts";
import type { LoadDefinition } from "./load-definition.ts";
import { type Resolved, type ResolveInput, resolveScenarios } from "./resolve.ts";
import { type ScenarioDefinition, scenarioDefinitionSchema } from "./scenario-definition.ts";

/** A load with every name filled in: what it drives, and how hard. */
export interface ResolvedLoad {
  readonly scenario: Scenario;
  readonly spec: LoadSpec;
}

export interface ResolvedLoads {
  readonly loads: readonly ResolvedLoad[];
  readonly neededOutputs: Resolved["neededOutputs"];
}

/** Loads with every name filled in from a deployment. Throws `CannotRun` as `resolveScenarios` does. */
export function resolveLoads(
  definitions: readonly LoadDefinition[],
  input: Omit<ResolveInput, "definitions">,
): ResolvedLoads {
  const asScenarios = definitions.map(scenarioOf);
  const { scenarios, neededOutputs } = resolveScenarios({ ...input, definitions: asScenarios });
  const loads = definitions.flatMap((definition, index) => {
    const scenario = scenarios[index];
    return scenario === undefined ? [] : [resolveLoad(definition, scenario)];
  });
  return { loads, neededOutputs };
}

function scenarioOf(load: LoadDefinition): ScenarioDefinition {
  const { requestMs, eventsMs, metricsMs } = load.deadlines;
  return scenarioDefinitionSchema.parse({
    name: load.name,
    proves: load.proves,
    pipeline: load.pipeline,
    send: { eventsPerRequest: [load.eventsPerRequest], intervalMs: 0 },
    deadlines: { requestMs, eventsMs, metricsMs },
    policy: { duplicated: load.policy.duplicated, unexpected: load.policy.unexpected },
  });
}

function resolveLoad(definition: LoadDefinition, scenario: Scenario): ResolvedLoad {
  if (scenario.entry.kind !== "http")
    throw new CannotRun({
      code: "load.entry-not-supported",
      message: `Load ${definition.name} drives pipeline ${definition.pipeline}, whose entry is a bucket`,
      place: `load ${definition.name}, field pipeline`,
      remedy: "Load goes through a load balancer or an API: name a pipeline with such an entry.",
    });
  const { latencyP99Ms, errorRatio, sinkP99Ms, iteratorAgeMs } = definition.policy;
  const [entry, ...rest] = scenario.hops;
  return {
    // Logs are not read under load: FilterLogEvents is limited for the whole account.
    scenario: {
      ...scenario,
      hops: [entry, ...rest.filter(isWatchedUnderLoad)],
      load: { requests: [], intervalMs: 0 },
    },
    spec: {
      scenario: definition.name,
      profile: definition.profile,
      eventsPerRequest: definition.eventsPerRequest,
      bodyBytes: definition.bodyBytes ?? null,
      workers: 1,
      policy: { latencyP99Ms, errorRatio, sinkP99Ms, iteratorAgeMs },
      targetEventsPerSecond: null,
      sizing: definition.sizing,
    },
  };
}
