import { has, named, output, remove, resourceLike, type StateChange, setValues } from "../../testing/state.ts";
import type { OutsideVariant } from "../variant.ts";

const FUNCTION = "aws_lambda_function";
const MAPPING = "aws_lambda_event_source_mapping";
const of = (name: string) => has("function_name", output(name));
const table = (name: string, values: Readonly<Record<string, unknown>>): StateChange =>
  setValues("aws_dynamodb_table", values, has("name", output(name)));
const environment = (name: string, variables: Readonly<Record<string, string>>): StateChange =>
  setValues(FUNCTION, { environment: [{ variables }] }, of(name));
const rule = resourceLike("aws_s3_bucket_notification").values["lambda_function"];
const [anyRule] = Array.isArray(rule) ? rule : [];

/** Settings that no row is about. */
export const SETTINGS: readonly OutsideVariant[] = [
  {
    way: "the processor has no concurrency",
    changes: [setValues(FUNCTION, { reserved_concurrent_executions: 0 }, of("processor_function_name"))],
    only: "alb-*",
    fails: ["event.lost at alb-to-table / processor log"],
    shows: ["Throttles"],
  },
  {
    way: "the content function has no concurrency",
    changes: [setValues(FUNCTION, { reserved_concurrent_executions: 0 }, of("content_function_name"))],
    only: "api-*",
    fails: ["entry.failing at api-to-table / entry"],
    shows: ["concurrency"],
  },
  {
    way: "an event filter lets nothing through",
    changes: [
      setValues(MAPPING, {
        filter_criteria: [{ filter: [{ pattern: JSON.stringify({ data: { source: ["somebody else"] } }) }] }],
      }),
    ],
    only: "alb-*",
    fails: ["event.lost at alb-to-table / processor log"],
    shows: ["somebody else"],
  },
  {
    way: "the processor writes to another table",
    changes: [environment("processor_function_name", { TABLE_NAME: output("content_table_name") })],
    only: "alb-*",
    fails: ["event.lost at alb-to-table / processor log"],
    mayFail: ["event.lost at alb-to-table / item"],
    shows: [output("content_table_name")],
  },
  {
    way: "the content function writes to a table that does not exist",
    changes: [environment("content_function_name", { TABLE_NAME: "no-such-table" })],
    only: "api-*",
    fails: ["entry.failing at api-to-table / entry"],
    shows: ["no-such-table"],
  },
  {
    way: "the content function has no table name",
    changes: [environment("content_function_name", {})],
    only: "api-*",
    fails: ["entry.failing at api-to-table / entry"],
    shows: ["TABLE_NAME"],
  },
  {
    way: "the table's key is another attribute",
    changes: [table("content_table_name", { hash_key: "event_id", attribute: [{ name: "event_id", type: "S" }] })],
    only: "api-*",
    fails: ["entry.failing at api-to-table / entry"],
    shows: ["event_id"],
  },
  {
    way: "the events table's key is another attribute",
    changes: [table("events_table_name", { hash_key: "event_id", attribute: [{ name: "event_id", type: "S" }] })],
    only: "alb-*",
    fails: ["event.lost at alb-to-table / processor log"],
    mayFail: ["event.lost at alb-to-table / item"],
    shows: ["event_id (HASH, S)", "have the key id (S)"],
  },
  {
    way: "the table's key is a number",
    changes: [table("content_table_name", { attribute: [{ name: "id", type: "N" }] })],
    only: "api-*",
    fails: ["entry.failing at api-to-table / entry"],
    shows: ["ValidationException"],
  },
  {
    way: "the table is gone",
    changes: [remove("aws_dynamodb_table", has("name", output("content_table_name")))],
    only: "api-*",
    fails: ["entry.failing at api-to-table / entry"],
    shows: ["ResourceNotFoundException"],
  },
  {
    way: "a listener rule before the default takes the entry's path",
    changes: [
      {
        kind: "add",
        resource: {
          ...resourceLike("aws_lb_listener"),
          address: "aws_lb_listener_rule.maintenance",
          type: "aws_lb_listener_rule",
          name: "maintenance",
          values: {
            arn: `${output("alb_listener_arn").replace(":listener/", ":listener-rule/")}/0123456789abcdef`,
            listener_arn: output("alb_listener_arn"),
            priority: 1,
            condition: [{ path_pattern: [{ values: ["/e*"] }] }],
            action: [
              {
                type: "fixed-response",
                order: 1,
                fixed_response: [{ content_type: "text/plain", message_body: "down", status_code: "410" }],
              },
            ],
          },
        },
      },
    ],
    only: "alb-*",
    fails: ["ingest.path-missing at load balancer stackproof-dev-alb"],
    shows: ["fixed-response", "410"],
  },
  {
    way: "the bucket's rule is for another prefix",
    changes: [
      setValues("aws_s3_bucket_notification", {
        lambda_function: [{ ...anyRule, events: ["s3:ObjectCreated:*"], filter_prefix: "incoming/" }],
      }),
    ],
    only: "upload-*",
    fails: ["event.lost at upload-to-table / content log"],
    shows: ["incoming/"],
  },
  {
    way: "the bucket's rule is for another suffix",
    changes: [
      setValues("aws_s3_bucket_notification", {
        lambda_function: [{ ...anyRule, events: ["s3:ObjectCreated:*"], filter_suffix: ".csv" }],
      }),
    ],
    only: "upload-*",
    fails: ["event.lost at upload-to-table / content log"],
    shows: [".csv"],
  },
  {
    way: "the API's stage is gone",
    changes: [remove("aws_api_gateway_stage")],
    only: "api-*",
    fails: ["entry.rejected at api-to-table / entry"],
    shows: ["403"],
  },
  {
    way: "the API's method wants a signature",
    changes: [setValues("aws_api_gateway_method", { authorization: "AWS_IAM" })],
    only: "api-*",
    fails: ["entry.rejected at api-to-table / entry"],
    shows: ["403"],
  },
  {
    way: "the bucket is gone",
    changes: [remove("aws_s3_bucket", named("content"))],
    only: "upload-*",
    fails: ["entry.rejected at upload-to-table / entry"],
    shows: ["NoSuchBucket"],
  },
];
