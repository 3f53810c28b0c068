import { definePipelines, type PipelineDefinition } from "../../../harness/pipelines/pipeline.ts";

/**
 * Two routes of one load balancer, each by a function and a stream of its own, into one table. `stackproof init state.json` wrote it;
 * its questions are answered, the pipelines have names that say something, and what differs between them is a parameter.
 */
function route(name: "orders" | "returns"): PipelineDefinition {
  return {
    name,
    entry: {
      kind: "alb",
      url: `{entry_url}/events?kind=${name}`,
      body: { id: "{tag}", source: "stackproof" },
      batchBody: { events: "{events}" },
    },
    hops: [
      { name: "intake log", kind: "log", logGroup: `/aws/lambda/shop-prod-${name}-intake` },
      { name: "stream", kind: "stream", stream: `{${name}_stream}` },
      {
        name: "IncomingRecords",
        kind: "metric",
        namespace: "AWS/Kinesis",
        metric: "IncomingRecords",
        dimensions: { StreamName: `{${name}_stream}` },
        counts: "events",
      },
      { name: "writer log", kind: "log", logGroup: "/aws/lambda/shop-prod-writer" },
      {
        name: "item",
        kind: "item",
        table: "{ledger_table}",
        key: { id: "{tag}" },
        writtenAtAttribute: "written_at_ms",
      },
    ],
    roles: {
      loadBalancer: "{load_balancer}",
      targetGroup: `{${name}_target}`,
      vpc: "vpc-57e21165e1c591aaf",
      flowLogGroup: "/aws/vpc/shop-prod-flow-logs",
      logsBucket: "shop-prod-logs-210987654321-eu-west-1",
      entryFunction: `shop-prod-${name}-intake`,
      stream: `{${name}_stream}`,
      consumerFunction: "shop-prod-writer",
      table: "{ledger_table}",
      tableActions: "dynamodb:BatchWriteItem",
      key: "{encryption_key}",
    },
  };
}

export default definePipelines([route("orders"), route("returns")]);
