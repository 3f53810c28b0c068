import type { Roles } from "../../model/role.ts";
import type { TerraformResource } from "../../model/terraform-resource.ts";
import type { RecognisedHop, RecognisedWay } from "./recognised.ts";
import { blocks, field, type StackView, text } from "./stack-view.ts";
import { writeActions } from "./write-actions.ts";

/**
 * Follows an entry's function to its sink by the names in its environment: to a table, or to a stream, the function that an event source
 * mapping feeds from it, and that function's table. Undefined where no table is at the end.
 *
 * @param itemKey What the value of the item's hash key is: `{tag}`, or the object's key.
 */
export function wayOfFunction(view: StackView, entry: TerraformResource, itemKey: string): RecognisedWay | undefined {
  const stream = namedIn(view, entry, "aws_kinesis_stream", ["name", "arn"]);
  if (stream === undefined) {
    const table = namedIn(view, entry, "aws_dynamodb_table", ["name", "arn"]);
    if (table === undefined) return undefined;
    return finish(view, [logHop(view, entry)], { entryFunction: nameOf(view, entry) }, entry, table, itemKey);
  }
  const consumers = view
    .ofType("aws_lambda_event_source_mapping")
    .filter((mapping) => text(mapping, "event_source_arn") === text(stream, "arn"))
    .flatMap((mapping) => view.functionOf(text(mapping, "function_arn") || text(mapping, "function_name")) ?? []);
  for (const consumer of consumers) {
    const table = namedIn(view, consumer, "aws_dynamodb_table", ["name", "arn"]);
    if (table === undefined) continue;
    const name = view.reference(text(stream, "name"), "stream");
    const hops: RecognisedHop[] = [
      logHop(view, entry),
      { name: "stream", kind: "stream", stream: name },
      metricHop("IncomingRecords", name, "events"),
      metricHop("IncomingBytes", name, "bytes"),
      logHop(view, consumer),
    ];
    const roles = { entryFunction: nameOf(view, entry), stream: name, consumerFunction: nameOf(view, consumer) };
    return finish(view, hops, roles, consumer, table, itemKey);
  }
  return undefined;
}

function finish(
  view: StackView,
  hops: readonly RecognisedHop[],
  roles: Roles,
  writer: TerraformResource,
  table: TerraformResource,
  itemKey: string,
): RecognisedWay {
  const name = view.reference(text(table, "name"), "table");
  const hashKey = text(table, "hash_key");
  const rangeKey = text(table, "range_key");
  const actions = writeActions(view, writer);
  const keyArn = field(blocks(table, "server_side_encryption")[0], "kms_key_arn");
  const key = { [hashKey]: itemKey, ...(rangeKey === "" ? {} : { [rangeKey]: "{tag}" }) };
  return {
    hashKey,
    hops: [...hops, { name: "item", kind: "item", table: name, key }],
    roles: {
      ...roles,
      table: name,
      ...(actions.length === 0 ? {} : { tableActions: actions.join(" ") }),
      ...(keyArn === "" ? {} : { key: view.reference(keyArn) }),
    },
    questions: [
      `Is the item's key ${JSON.stringify(key)}? The table's hash key is ${hashKey}${rangeKey === "" ? "" : `, its range key ${rangeKey}`}; how the function makes their values, the state does not show.`,
      "Does the item count how often it was written, or hold when? Then name the attributes: deliveriesAttribute, writtenAtAttribute.",
      ...(actions.length === 0
        ? ["With which actions does the function write? For example tableActions: dynamodb:PutItem."]
        : []),
    ],
  };
}

/** The resource of a type whose name or ARN is a value of the function's environment. */
function namedIn(
  view: StackView,
  aFunction: TerraformResource,
  type: string,
  attributes: readonly string[],
): TerraformResource | undefined {
  const variables = blocks(aFunction, "environment")[0]?.["variables"];
  const values = typeof variables === "object" && variables !== null ? Object.values(variables) : [];
  for (const value of values) {
    const found = typeof value === "string" ? view.find(type, attributes, value) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

function nameOf(view: StackView, aFunction: TerraformResource): string {
  return view.reference(text(aFunction, "function_name"), "function");
}

function logHop(view: StackView, aFunction: TerraformResource): RecognisedHop {
  const functionName = text(aFunction, "function_name");
  const group = field(blocks(aFunction, "logging_config")[0], "log_group") || `/aws/lambda/${functionName}`;
  return { name: `${functionName} log`, kind: "log", logGroup: view.reference(group, "log_group") };
}

function metricHop(metric: string, stream: string, counts: "events" | "bytes"): RecognisedHop {
  return { name: metric, kind: "metric", namespace: "AWS/Kinesis", metric, dimensions: { StreamName: stream }, counts };
}
