import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { applySizing } from "./apply-sizing.ts";

const snapshot: unknown = JSON.parse(
  readFileSync(new URL("../../stack/snapshot/snapshot.json", import.meta.url), "utf8"),
);
const roles = {
  stream: "stackproof-dev-events",
  table: "arn:aws:dynamodb:us-east-1:123456789012:table/stackproof-dev-events",
  entryFunction: "stackproof-dev-ingest",
  consumerFunction: "arn:aws:lambda:us-east-1:123456789012:function:stackproof-dev-processor",
};

const values = z.record(z.string(), z.unknown());
const resource = z.object({ address: z.string(), values: values.optional() });
const module = z.object({ resources: z.array(resource).optional() });
const shown = z.object({
  values: z.object({ root_module: module.extend({ child_modules: z.array(module).optional() }) }),
});

function valuesAt(state: unknown, address: string): Record<string, unknown> {
  const root = shown.parse(state).values.root_module;
  const all = [root, ...(root.child_modules ?? [])].flatMap(({ resources }) => resources ?? []);
  return all.find((one) => one.address === address)?.values ?? {};
}

describe("a state with other sizes", () => {
  const sized = applySizing(snapshot, roles, {
    streamShards: 6,
    tableWriteCapacity: { min: 700, max: 900 },
    entryConcurrency: 40,
    consumerConcurrency: 60,
    mappingBatchSize: 50,
    mappingParallelization: 10,
  });

  it("has them in every resource that they are about", () => {
    expect(valuesAt(sized, "aws_kinesis_stream.events")).toMatchObject({ shard_count: 6 });
    expect(valuesAt(sized, "aws_dynamodb_table.events")).toMatchObject({ write_capacity: 700, read_capacity: 5 });
    expect(valuesAt(sized, 'aws_appautoscaling_target.events["write"]')).toMatchObject({
      min_capacity: 700,
      max_capacity: 900,
    });
    expect(valuesAt(sized, "module.ingest.aws_lambda_function.this")).toMatchObject({
      reserved_concurrent_executions: 40,
    });
    expect(valuesAt(sized, "module.processor.aws_lambda_function.this")).toMatchObject({
      reserved_concurrent_executions: 60,
    });
    expect(valuesAt(sized, "aws_lambda_event_source_mapping.events")).toMatchObject({
      batch_size: 50,
      parallelization_factor: 10,
    });
  });

  it("is else as it was, and leaves the one that came in alone", () => {
    for (const address of [
      'aws_appautoscaling_target.events["read"]',
      "aws_dynamodb_table.content",
      "module.content.aws_lambda_function.this",
      "aws_lb.main",
    ])
      expect(valuesAt(sized, address)).toEqual(valuesAt(snapshot, address));
    expect(valuesAt(snapshot, "aws_kinesis_stream.events")).toMatchObject({ shard_count: 2 });
    expect(applySizing(snapshot, roles, {})).toEqual(snapshot);
  });

  it("has the throttling of the API's stage", () => {
    const type = "aws_api_gateway_method_settings";
    const settings = [{ throttling_rate_limit: 100, throttling_burst_limit: 50, metrics_enabled: true }];
    const of = (api: string, stage = "live") => ({
      address: `${type}.${api}_${stage}`,
      mode: "managed",
      type,
      values: { rest_api_id: api, stage_name: stage, settings },
    });
    const state = { values: { root_module: { resources: [of("mine"), of("mine", "test"), of("other")] } } };
    const after = applySizing(state, { api: "mine", apiStage: "live" }, { apiRequestsPerSecond: 500, apiBurst: 250 });
    expect(valuesAt(after, `${type}.mine_live`)).toMatchObject({
      settings: [{ throttling_rate_limit: 500, throttling_burst_limit: 250, metrics_enabled: true }],
    });
    for (const other of ["mine_test", "other_live"])
      expect(valuesAt(after, `${type}.${other}`)).toMatchObject({ settings });
  });

  it("is not made of what is no state", () => {
    expect(applySizing({ outputs: {} }, roles, { streamShards: 3 })).toEqual({ outputs: {} });
  });
});
