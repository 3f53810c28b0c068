import { ARNS, ROLE } from "../../testing/names.ts";
import { editing, rolePolicy } from "../../testing/policies.ts";
import { add, has, output, remove, resourceLike, setValues } from "../../testing/state.ts";
import type { Variant } from "../variant.ts";

const EVENTS = has("name", output("events_table_name"));
const CONTENT = has("name", output("content_table_name"));
const ingestFunction = resourceLike("aws_lambda_function", has("function_name", output("ingest_function_name")));
const renamed = (arn: string) => arn.replace(/[^:/]+$/, "unrelated");
const contentRule = resourceLike("aws_s3_bucket_notification").values["lambda_function"];
const [anyRule] = Array.isArray(contentRule) ? contentRule : [];

const anotherKey = (id: string) => ({ arn: ARNS.key.replace(/[^/]+$/, id), id, key_id: id });
const LOGS_KEY = anotherKey("11111111-2222-4333-8444-555555555555");
const CONTENT_KEY = anotherKey("66666666-7777-4888-8999-aaaaaaaaaaaa");
const withContentKey = editing("UseKey", (each) => ({ ...each, Resource: [String(each.Resource), CONTENT_KEY.arn] }));

/** Other sizes, modes and neighbours. */
export const OTHER_RESOURCES: readonly Variant[] = [
  {
    way: "an on-demand stream",
    changes: [setValues("aws_kinesis_stream", { shard_count: 0, stream_mode_details: [{ stream_mode: "ON_DEMAND" }] })],
    only: "alb-*",
  },
  {
    way: "a stream of one shard that keeps its records longer",
    changes: [setValues("aws_kinesis_stream", { shard_count: 1, retention_period: 168 })],
    only: "alb-*",
  },
  {
    way: "a stream of many shards, read in parallel by small batches",
    changes: [
      setValues("aws_kinesis_stream", { shard_count: 8 }),
      setValues("aws_lambda_event_source_mapping", { batch_size: 2, parallelization_factor: 4 }),
    ],
    only: "alb-*",
  },
  {
    way: "an event filter that lets the events through",
    changes: [
      setValues("aws_lambda_event_source_mapping", {
        filter_criteria: [{ filter: [{ pattern: JSON.stringify({ data: { source: ["stackproof"] } }) }] }],
      }),
    ],
    only: "alb-*",
  },
  {
    way: "an on-demand events table without scaling",
    changes: [
      setValues("aws_dynamodb_table", { billing_mode: "PAY_PER_REQUEST", read_capacity: 0, write_capacity: 0 }, EVENTS),
      remove("aws_appautoscaling_target"),
      remove("aws_appautoscaling_policy"),
    ],
    only: "alb-*",
  },
  {
    way: "other provisioned capacities",
    changes: [
      setValues("aws_dynamodb_table", { read_capacity: 40, write_capacity: 80 }, EVENTS),
      setValues("aws_appautoscaling_target", { min_capacity: 40, max_capacity: 4000 }),
    ],
    only: "alb-*",
  },
  {
    way: "a content table with AWS' own key",
    changes: [setValues("aws_dynamodb_table", { server_side_encryption: [] }, CONTENT)],
    only: "api-*",
  },
  {
    way: "the stream's key by its alias",
    changes: [setValues("aws_kinesis_stream", { kms_key_id: output("kms_key_alias") })],
    only: "alb-*",
  },
  {
    way: "a notification rule for the prefix of the uploads, beside one for images",
    changes: [
      setValues("aws_s3_bucket_notification", {
        lambda_function: [
          {
            ...anyRule,
            id: "events",
            events: ["s3:ObjectCreated:*"],
            filter_prefix: "stackproof/",
            filter_suffix: ".json",
          },
          { ...anyRule, id: "images", events: ["s3:ObjectCreated:*"], filter_prefix: "images/" },
        ],
      }),
    ],
    only: "upload-*",
  },
  {
    way: "logs that are kept for a year",
    changes: [setValues("aws_cloudwatch_log_group", { retention_in_days: 365 })],
  },
  {
    way: "an extra function, table, bucket and role that have nothing to do with it",
    changes: [
      add(ingestFunction, "unrelated", {
        arn: renamed(String(ingestFunction.values["arn"])),
        function_name: "unrelated",
        id: "unrelated",
        environment: [],
        kms_key_arn: "",
      }),
      add(resourceLike("aws_dynamodb_table", EVENTS), "unrelated", {
        arn: renamed(output("events_table_arn")),
        name: "unrelated",
        id: "unrelated",
        server_side_encryption: [],
        point_in_time_recovery: [],
      }),
      add(resourceLike("aws_s3_bucket"), "unrelated", {
        arn: "arn:aws:s3:::unrelated-bucket",
        bucket: "unrelated-bucket",
        id: "unrelated-bucket",
        policy: "",
        force_destroy: false,
      }),
      add(resourceLike("aws_iam_role"), "unrelated", {
        arn: `arn:aws:iam::${output("account_id")}:role/unrelated`,
        name: "unrelated",
        id: "unrelated",
        inline_policy: [],
        managed_policy_arns: [],
      }),
      add(resourceLike("aws_cloudwatch_log_group"), "unrelated", {
        arn: `arn:aws:logs:${output("region")}:${output("account_id")}:log-group:unrelated`,
        name: "unrelated",
        id: "unrelated",
        kms_key_id: "",
        retention_in_days: 0,
      }),
    ],
  },
  {
    way: "a second customer-managed key for the logs, and a third for the content bucket",
    changes: [
      add(resourceLike("aws_kms_key"), "logs", LOGS_KEY),
      add(resourceLike("aws_kms_key"), "content", CONTENT_KEY),
      setValues("aws_cloudwatch_log_group", { kms_key_id: LOGS_KEY.arn }),
      setValues(
        "aws_s3_bucket_server_side_encryption_configuration",
        {
          rule: [
            {
              apply_server_side_encryption_by_default: [
                { sse_algorithm: "aws:kms", kms_master_key_id: CONTENT_KEY.arn },
              ],
              bucket_key_enabled: true,
            },
          ],
        },
        has("bucket", output("content_bucket_name")),
      ),
      rolePolicy(ROLE.content, withContentKey),
      rolePolicy(ROLE.proofInstance, withContentKey),
    ],
  },
  {
    way: "a stream without a key of its own",
    changes: [setValues("aws_kinesis_stream", { encryption_type: "NONE", kms_key_id: "" })],
    only: "alb-*",
  },
  {
    way: "functions of another size, their variables under AWS' own key",
    changes: [
      setValues("aws_lambda_function", { kms_key_arn: "" }),
      setValues("aws_lambda_function", { memory_size: 1024, timeout: 15 }),
    ],
  },
  {
    way: "objects each with a data key of its own",
    changes: [
      setValues(
        "aws_s3_bucket_server_side_encryption_configuration",
        {
          rule: [
            {
              apply_server_side_encryption_by_default: [{ sse_algorithm: "aws:kms", kms_master_key_id: ARNS.key }],
              bucket_key_enabled: false,
            },
          ],
        },
        has("bucket", output("content_bucket_name")),
      ),
    ],
    only: "upload-*",
  },
];
