import { CannotRun } from "../model/errors.ts";
import { type Hop, hopSchema } from "../model/hop.ts";
import type { Roles } from "../model/role.ts";
import type { Entry, Scenario } from "../model/scenario.ts";
import type { Pipeline } from "./pipeline.ts";
import { Placeholders, type UnusableOutput } from "./placeholders.ts";
import type { ScenarioDefinition } from "./scenario-definition.ts";

export interface ResolveInput {
  readonly pipelines: readonly Pipeline[];
  readonly definitions: readonly ScenarioDefinition[];
  readonly outputs: ReadonlyMap<string, unknown>;
  /** The deployment as the user named it, for error messages. */
  readonly deployment: string;
  /** Upper bound of every deadline but a request's, in milliseconds; null keeps the scenarios' own. */
  readonly longestWaitMs: number | null;
}

export interface Resolved {
  readonly scenarios: Scenario[];
  /** The outputs that the pipelines name, and the first field that names each. */
  readonly neededOutputs: readonly { readonly name: string; readonly neededBy: string }[];
}

/** Scenarios with every name filled in. Throws `CannotRun` that names every output that is absent or unusable at once. */
export function resolveScenarios(input: ResolveInput): Resolved {
  const placeholders = new Placeholders(input.outputs);
  const forRoles = new Placeholders(input.outputs);
  const scenarios = input.definitions.map((definition) => resolveScenario(definition, input, placeholders, forRoles));
  if (placeholders.unusable.length > 0) throw unusableOutputs(placeholders.unusable, input);
  for (const scenario of scenarios) checkUrl(scenario.entry, scenario.name, input.deployment);
  const needed = new Map([...forRoles.needed, ...placeholders.needed]);
  return { scenarios, neededOutputs: [...needed].map(([name, neededBy]) => ({ name, neededBy })) };
}

function resolveScenario(
  definition: ScenarioDefinition,
  input: ResolveInput,
  placeholders: Placeholders,
  forRoles: Placeholders,
): Scenario {
  const pipeline = input.pipelines.find(({ name }) => name === definition.pipeline);
  if (pipeline === undefined)
    throw new CannotRun({
      code: "scenario.unknown-pipeline",
      message: `Scenario ${definition.name} names a pipeline that does not exist: ${definition.pipeline}`,
      place: `scenario ${definition.name}, field pipeline`,
      remedy: `Name one of: ${input.pipelines.map(({ name }) => name).join(", ")}.`,
    });
  const { eventsPerRequest, intervalMs } = definition.send;
  if (eventsPerRequest.some((events) => events > 1) && !takesBatches(pipeline))
    throw new CannotRun({
      code: "scenario.no-batches",
      message: `Scenario ${definition.name} sends batches, and the entry of pipeline ${pipeline.name} has no batchBody`,
      place: `scenario ${definition.name}, field send.eventsPerRequest`,
      remedy: `Give the entry a batchBody that holds "{events}", or send single events only.`,
    });
  return {
    name: definition.name,
    sentence: definition.proves,
    pipeline: pipeline.name,
    producer: pipeline.name,
    entry: resolveEntry(pipeline, placeholders),
    hops: [{ kind: "entry", name: "entry" }, ...resolveHops(pipeline, placeholders)],
    load: { requests: eventsPerRequest.map((events) => ({ events })), intervalMs },
    deadlines: capDeadlines(definition.deadlines, input.longestWaitMs),
    policy: definition.policy,
    roles: resolveRoles(pipeline, forRoles),
  };
}

function takesBatches(pipeline: Pipeline): boolean {
  return pipeline.entry.kind !== "s3" && pipeline.entry.batchBody !== undefined;
}

function resolveEntry(pipeline: Pipeline, placeholders: Placeholders): Entry {
  const { entry, name } = pipeline;
  const body = JSON.stringify(placeholders.fillJson(entry.body, `${name}.entry.body`));
  if (entry.kind === "s3")
    return {
      kind: "s3",
      bucket: placeholders.fill(entry.bucket, `${name}.entry.bucket`),
      key: placeholders.fill(entry.key, `${name}.entry.key`),
      body,
    };
  const { batchBody } = entry;
  return {
    kind: "http",
    via: entry.kind,
    method: entry.method,
    url: placeholders.fill(entry.url, `${name}.entry.url`),
    body,
    batchBody:
      batchBody === undefined ? null : JSON.stringify(placeholders.fillJson(batchBody, `${name}.entry.batchBody`)),
  };
}

function resolveHops({ name, hops }: Pipeline, placeholders: Placeholders): Hop[] {
  return hops.map((hop) => hopSchema.parse(placeholders.fillJson(hop, `${name}.${hop.name}`)));
}

/** A role whose output is absent is omitted: the checks that need it are off, and events can still be followed. */
function resolveRoles({ name, roles }: Pipeline, placeholders: Placeholders): Roles {
  return Object.fromEntries(
    Object.entries(roles).flatMap(([role, text = ""]) => {
      const before = placeholders.unusable.length;
      const filled = placeholders.fill(text, `${name}.roles.${role}`);
      return placeholders.unusable.length === before && filled !== "" ? [[role, filled]] : [];
    }),
  );
}

function capDeadlines(deadlines: Scenario["deadlines"], longestWaitMs: number | null): Scenario["deadlines"] {
  if (longestWaitMs === null) return deadlines;
  const cap = (ms: number) => Math.min(ms, longestWaitMs);
  return {
    requestMs: deadlines.requestMs,
    eventsMs: cap(deadlines.eventsMs),
    logsMs: cap(deadlines.logsMs),
    metricsMs: cap(deadlines.metricsMs),
  };
}

function unusableOutputs(unusable: readonly UnusableOutput[], input: ResolveInput): CannotRun {
  const byName = new Map(unusable.map((output) => [output.name, output]));
  const list = [...byName.values()].map(({ name, reason, found, place }) =>
    reason === "wrong-type"
      ? `${name} (${found}, must be a string; used by ${place})`
      : `${name} (${reason}; used by ${place})`,
  );
  const nothingFits = input.outputs.size > 0 && [...byName.keys()].every((name) => !input.outputs.has(name));
  return new CannotRun({
    code: "outputs.incomplete",
    message: `The deployment lacks ${byName.size === 1 ? "an output" : `${byName.size} outputs`} that the pipelines need: ${list.join(", ")}`,
    place: `${input.deployment}, outputs`,
    remedy: nothingFits
      ? "This looks like the deployment of another stack: name its own pipelines with --pipelines FILE, or another deployment with --deployment PATH."
      : "Add the outputs to the Terraform configuration and apply, or name others in the pipelines file.",
  });
}

function checkUrl(entry: Entry, scenario: string, deployment: string): void {
  if (entry.kind !== "http" || URL.canParse(entry.url)) return;
  throw new CannotRun({
    code: "deployment.bad-url",
    message: `The entry of scenario ${scenario} is no URL: ${entry.url}`,
    place: `${deployment}, the outputs in the pipeline's entry.url`,
    remedy: "The output must be an absolute URL such as http://name.elb.amazonaws.com.",
  });
}
