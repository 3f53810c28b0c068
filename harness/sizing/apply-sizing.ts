import { nameIn } from "../model/resource-name.ts";
import type { Roles } from "../model/role.ts";
import { type KnobValue, type KnobValues, leastOf } from "./knob-values.ts";

type Json = Record<string, unknown>;

/** What changes in a resource of this type that these values are about; undefined where it is another's or nothing changes. */
type Edit = (values: Json, roles: Roles, sizes: KnobValues) => Json | undefined;

const EDITS: Readonly<Record<string, Edit>> = {
  aws_kinesis_stream: (resource, { stream }, { streamShards }) =>
    streamShards === undefined || !isNamed(resource, stream) ? undefined : { shard_count: leastOf(streamShards) },
  aws_dynamodb_table: (resource, { table }, sizes) =>
    isNamed(resource, table) && resource["billing_mode"] !== "PAY_PER_REQUEST"
      ? { ...number("write_capacity", sizes.tableWriteCapacity), ...number("read_capacity", sizes.tableReadCapacity) }
      : undefined,
  aws_appautoscaling_target: (resource, { table }, sizes) => {
    if (table === undefined || resource["resource_id"] !== `table/${nameIn(table)}`) return undefined;
    switch (resource["scalable_dimension"]) {
      case "dynamodb:table:WriteCapacityUnits":
        return scaled(resource, sizes.tableWriteCapacity);
      case "dynamodb:table:ReadCapacityUnits":
        return scaled(resource, sizes.tableReadCapacity);
      default:
        return undefined;
    }
  },
  aws_lambda_function: (resource, roles, sizes) => {
    if (isFunction(resource, roles.entryFunction))
      return {
        ...number("reserved_concurrent_executions", sizes.entryConcurrency),
        ...number("memory_size", sizes.entryMemoryMb),
      };
    if (isFunction(resource, roles.consumerFunction))
      return {
        ...number("reserved_concurrent_executions", sizes.consumerConcurrency),
        ...number("memory_size", sizes.consumerMemoryMb),
      };
    return undefined;
  },
  aws_lambda_event_source_mapping: (resource, { stream, consumerFunction }, sizes) =>
    stream !== undefined &&
    nameIn(text(resource["event_source_arn"])) === nameIn(stream) &&
    nameIn(text(resource["function_name"])) === nameIn(consumerFunction ?? "")
      ? {
          ...number("batch_size", sizes.mappingBatchSize),
          ...number("parallelization_factor", sizes.mappingParallelization),
        }
      : undefined,
  aws_api_gateway_method_settings: (resource, { api, apiStage }, { apiRequestsPerSecond, apiBurst }) => {
    if (api === undefined || resource["rest_api_id"] !== api || resource["stage_name"] !== apiStage) return undefined;
    const settings = Array.isArray(resource["settings"]) ? resource["settings"] : [];
    return {
      settings: settings.map((one: unknown) => ({
        ...(isObject(one) ? one : {}),
        ...number("throttling_rate_limit", apiRequestsPerSecond),
        ...number("throttling_burst_limit", apiBurst),
      })),
    };
  },
};

/**
 * A state as `terraform show -json` writes it, with the values that a `terraform apply` of the recommendation would give it: what a
 * twin boots from to try them. Resources are found by the pipeline's own names; the state that came in is left as it was.
 */
export function applySizing(state: unknown, roles: Roles, sizes: KnobValues): unknown {
  if (!isObject(state) || !isObject(state["values"])) return state;
  const values = state["values"];
  return { ...state, values: { ...values, root_module: sizedModule(values["root_module"], roles, sizes) } };
}

function sizedModule(module: unknown, roles: Roles, sizes: KnobValues): unknown {
  if (!isObject(module)) return module;
  const { resources, child_modules: children } = module;
  return {
    ...module,
    ...(Array.isArray(resources)
      ? { resources: resources.map((one: unknown) => sizedResource(one, roles, sizes)) }
      : {}),
    ...(Array.isArray(children)
      ? { child_modules: children.map((one: unknown) => sizedModule(one, roles, sizes)) }
      : {}),
  };
}

function sizedResource(resource: unknown, roles: Roles, sizes: KnobValues): unknown {
  if (!isObject(resource) || !isObject(resource["values"]) || resource["mode"] === "data") return resource;
  const changes = EDITS[text(resource["type"])]?.(resource["values"], roles, sizes);
  return changes === undefined ? resource : { ...resource, values: { ...resource["values"], ...changes } };
}

function number(attribute: string, value: KnobValue | undefined): Json {
  return value === undefined ? {} : { [attribute]: leastOf(value) };
}

/** Least and most of what autoscaling may set. */
function scaled(resource: Json, value: KnobValue | undefined): Json | undefined {
  if (value === undefined) return undefined;
  const most = typeof resource["max_capacity"] === "number" ? resource["max_capacity"] : 0;
  return typeof value === "number"
    ? { min_capacity: value, max_capacity: Math.max(value, most) }
    : { min_capacity: value.min, max_capacity: value.max };
}

function isNamed(resource: Json, reference: string | undefined): boolean {
  return reference !== undefined && (resource["name"] === nameIn(reference) || resource["arn"] === reference);
}

function isFunction(resource: Json, reference: string | undefined): boolean {
  return reference !== undefined && resource["function_name"] === nameIn(reference);
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
