import { definePipelines } from "../harness/pipelines/pipeline.ts";

/**
 * The two pipelines of stack/ by their three entries. `{name}` is an output of Terraform, `{tag}` the event's tag.
 * A stack of your own needs a file like this and nothing else.
 */
export default definePipelines([
  {
    name: "alb",
    entry: {
      kind: "alb",
      url: "{alb_url}/events",
      body: { id: "{tag}", source: "stackproof" },
      batchBody: { events: "{events}" },
    },
    hops: [
      { name: "ingest log", kind: "log", logGroup: "{ingest_log_group_name}" },
      { name: "stream", kind: "stream", stream: "{stream_name}" },
      {
        name: "IncomingRecords",
        kind: "metric",
        namespace: "AWS/Kinesis",
        metric: "IncomingRecords",
        dimensions: { StreamName: "{stream_name}" },
        counts: "events",
      },
      {
        name: "IncomingBytes",
        kind: "metric",
        namespace: "AWS/Kinesis",
        metric: "IncomingBytes",
        dimensions: { StreamName: "{stream_name}" },
        counts: "bytes",
      },
      { name: "processor log", kind: "log", logGroup: "{processor_log_group_name}" },
      {
        name: "item",
        kind: "item",
        table: "{events_table_name}",
        key: { id: "{tag}" },
        writtenAtAttribute: "written_at_ms",
      },
    ],
    roles: {
      loadBalancer: "{alb_arn}",
      targetGroup: "{target_group_arn}",
      vpc: "{vpc_id}",
      flowLogGroup: "{flow_log_group_name}",
      logsBucket: "{logs_bucket_name}",
      entryFunction: "{ingest_function_name}",
      stream: "{stream_name}",
      consumerFunction: "{processor_function_name}",
      table: "{events_table_name}",
      tableActions: "dynamodb:BatchWriteItem",
      key: "{kms_key_arn}",
    },
  },
  {
    name: "api",
    entry: {
      kind: "api-gateway",
      url: "{api_url}/process",
      body: { id: "{tag}", source: "stackproof" },
    },
    hops: [
      { name: "content log", kind: "log", logGroup: "{content_log_group_name}" },
      {
        name: "item",
        kind: "item",
        table: "{content_table_name}",
        key: { id: "{tag}" },
        deliveriesAttribute: "deliveries",
        writtenAtAttribute: "updated_at_ms",
      },
    ],
    roles: {
      api: "{api_id}",
      apiStage: "{api_stage_name}",
      apiRoute: "POST /process",
      accessLogGroup: "{api_access_log_group_name}",
      entryFunction: "{content_function_name}",
      table: "{content_table_name}",
      tableActions: "dynamodb:UpdateItem",
      key: "{kms_key_arn}",
    },
  },
  {
    name: "upload",
    entry: {
      kind: "s3",
      bucket: "{content_bucket_name}",
      key: "stackproof/{tag}.json",
      body: { id: "{tag}", source: "stackproof" },
    },
    hops: [
      { name: "object", kind: "object", bucket: "{content_bucket_name}", key: "stackproof/{tag}.json" },
      { name: "content log", kind: "log", logGroup: "{content_log_group_name}" },
      {
        name: "item",
        kind: "item",
        table: "{content_table_name}",
        key: { id: "stackproof/{tag}.json" },
        deliveriesAttribute: "deliveries",
        writtenAtAttribute: "updated_at_ms",
      },
    ],
    roles: {
      bucket: "{content_bucket_name}",
      entryFunction: "{content_function_name}",
      table: "{content_table_name}",
      tableActions: "dynamodb:UpdateItem",
      proofInstance: "{proof_instance_id}",
      proofObjectKey: "{proof_object_key}",
      key: "{kms_key_arn}",
    },
  },
]);
