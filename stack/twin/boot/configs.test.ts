import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { stateWith } from "../testing/states.ts";
import { bucketConfigs } from "./bucket-configs.ts";
import { eventSourceMappingConfigs } from "./event-source-mapping-configs.ts";
import { functionConfigs } from "./function-configs.ts";
import { loadBalancerConfigs } from "./load-balancer-configs.ts";
import { restApiConfigs } from "./rest-api-configs.ts";

const account = "111122223333";
const functionArn = `arn:aws:lambda:eu-west-1:${account}:function:shop`;

const shop = {
  arn: functionArn,
  function_name: "shop",
  role: `arn:aws:iam::${account}:role/shop`,
  handler: "index.handler",
  runtime: "nodejs20.x",
  filename: "./dist/shop.zip",
  environment: [{ variables: { STREAM_NAME: "orders" } }],
};

describe("a function's zip", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "stackproof-configs-"));
    await Promise.all(["dist", "built"].map((name) => mkdir(join(folder, name))));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const zipOf = (functionsFolder?: string) =>
    functionConfigs(stateWith({ "aws_lambda_function.shop": shop }), join(folder, "state.json"), functionsFolder)[0]
      ?.zipPath;

  test("is the one in the named folder, under the state's file name or the function's", async () => {
    const built = join(folder, "built");
    await writeFile(join(built, "shop.zip"), "");
    expect(zipOf(built)).toBe(join(built, "shop.zip"));
  });

  test("is where the state's file name leads, where the named folder has none", async () => {
    await writeFile(join(folder, "dist/shop.zip"), "");
    expect(zipOf(join(folder, "built"))).toBe(join(folder, "dist/shop.zip"));
    expect(zipOf()).toBe(join(folder, "dist/shop.zip"));
  });

  test("that is nowhere is named where it was expected", () => {
    expect(zipOf(join(folder, "built"))).toBe(join(folder, "built/shop.zip"));
  });
});

test("a function has Lambda's defaults where the state says nothing", () => {
  const [config] = functionConfigs(stateWith({ "aws_lambda_function.shop": shop }), "state.json", undefined);
  expect(config).toMatchObject({
    environment: { STREAM_NAME: "orders" },
    timeoutSeconds: 3,
    memoryMiB: 128,
    reservedConcurrency: undefined,
    logGroupName: "/aws/lambda/shop",
    asynchronous: { maximumRetryAttempts: 2, maximumEventAgeSeconds: 21_600 },
  });
});

test("reserved concurrency 0, another log group and other retries are kept", () => {
  const function_ = {
    ...shop,
    reserved_concurrent_executions: 0,
    logging_config: [{ log_group: "/shop", log_format: "JSON" }],
  };
  const state = stateWith({
    "aws_lambda_function.shop": function_,
    "aws_lambda_function_event_invoke_config.shop": { function_name: functionArn, maximum_retry_attempts: 0 },
  });
  expect(functionConfigs(state, "state.json", undefined)[0]).toMatchObject({
    reservedConcurrency: 0,
    logGroupName: "/shop",
    asynchronous: { maximumRetryAttempts: 0 },
  });
});

test("an event source mapping reads as its function's role; one of a queue is a note", () => {
  const mapping = {
    uuid: "u1",
    function_name: "shop",
    event_source_arn: `arn:aws:kinesis:eu-west-1:${account}:stream/orders`,
  };
  const state = stateWith({
    "aws_lambda_function.shop": shop,
    "aws_lambda_event_source_mapping.orders": {
      ...mapping,
      enabled: false,
      starting_position: "LATEST",
      function_response_types: ["ReportBatchItemFailures"],
      filter_criteria: [{ filter: [{ pattern: '{"data":{"a":[1]}}' }] }],
    },
    "aws_lambda_event_source_mapping.queue": { ...mapping, event_source_arn: `arn:aws:sqs:eu-west-1:${account}:q` },
  });
  const { configs, notes } = eventSourceMappingConfigs(state);
  expect(configs).toMatchObject([
    {
      functionRoleArn: shop.role,
      enabled: false,
      startingPosition: { kind: "latest" },
      reportBatchItemFailures: true,
      batchSize: 100,
      maximumRetryAttempts: -1,
      filterPatterns: ['{"data":{"a":[1]}}'],
    },
  ]);
  expect(notes).toEqual([expect.stringContaining("aws_lambda_event_source_mapping.queue")]);
});

test("a load balancer has its listeners, their rules, and the targets of its groups", () => {
  const lb = `arn:aws:elasticloadbalancing:eu-west-1:${account}:loadbalancer/app/shop/1`;
  const listener = `arn:aws:elasticloadbalancing:eu-west-1:${account}:listener/app/shop/1/2`;
  const group = `arn:aws:elasticloadbalancing:eu-west-1:${account}:targetgroup/shop/3`;
  const state = stateWith({
    "aws_lb.shop": { arn: lb, arn_suffix: "app/shop/1", name: "shop", dns_name: "shop.elb.amazonaws.com" },
    "aws_lb_target_group.shop": { arn: group, arn_suffix: "targetgroup/shop/3", name: "shop", target_type: "lambda" },
    "aws_lb_target_group_attachment.shop": { target_group_arn: group, target_id: functionArn },
    "aws_lb_listener.http": {
      arn: listener,
      load_balancer_arn: lb,
      port: 8080,
      default_action: [
        {
          type: "fixed-response",
          fixed_response: [{ content_type: "text/plain", message_body: "", status_code: "404" }],
        },
      ],
    },
    "aws_lb_listener_rule.events": {
      arn: `${listener}/4`,
      listener_arn: listener,
      priority: 7,
      action: [{ type: "forward", target_group_arn: group }],
      condition: [{ path_pattern: [{ values: ["/events*"] }] }, { http_request_method: [{ values: ["POST"] }] }],
    },
  });
  expect(loadBalancerConfigs(state)).toEqual({
    loadBalancers: [
      {
        arn: lb,
        arnSuffix: "app/shop/1",
        dnsName: "shop.elb.amazonaws.com",
        listeners: [
          {
            arn: listener,
            port: 8080,
            protocol: "HTTP",
            defaultActions: [{ kind: "fixed-response", status: 404, contentType: "text/plain", body: "" }],
            rules: [
              {
                priority: 7,
                conditions: [
                  { kind: "path-pattern", values: ["/events*"] },
                  { kind: "http-request-method", values: ["POST"] },
                ],
                actions: [{ kind: "forward", targetGroups: [{ arn: group, weight: 1 }] }],
              },
            ],
          },
        ],
      },
    ],
    targetGroups: [
      {
        arn: group,
        arnSuffix: "targetgroup/shop/3",
        targetType: "lambda",
        multiValueHeaders: false,
        targetIds: [functionArn],
      },
    ],
    notes: [],
  });
});

test("a REST API has its methods with their paths, the root's among them, and its stages", () => {
  const uri = `arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${functionArn}/invocations`;
  const api = { rest_api_id: "a1" };
  const state = stateWith({
    "aws_api_gateway_rest_api.shop": {
      id: "a1",
      arn: "arn:aws:apigateway:eu-west-1::/restapis/a1",
      name: "shop",
      root_resource_id: "r0",
      execution_arn: `arn:aws:execute-api:eu-west-1:${account}:a1`,
    },
    "aws_lambda_function.shop": shop,
    "aws_api_gateway_resource.process": { ...api, id: "r1", parent_id: "r0", path: "/process", path_part: "process" },
    "aws_api_gateway_method.process": { ...api, resource_id: "r1", http_method: "POST" },
    "aws_api_gateway_method.root": { ...api, resource_id: "r0", http_method: "GET" },
    "aws_api_gateway_integration.process": { ...api, resource_id: "r1", http_method: "POST", type: "AWS_PROXY", uri },
    "aws_api_gateway_stage.live": { ...api, stage_name: "live", deployment_id: "d1" },
  });
  expect(restApiConfigs(state)).toMatchObject([
    {
      id: "a1",
      methods: [
        { resourcePath: "/process", httpMethod: "POST", integration: { type: "AWS_PROXY", uri, timeoutMs: 29_000 } },
        { resourcePath: "/", httpMethod: "GET", integration: undefined },
      ],
      stages: [{ name: "live", deploymentId: "d1", accessLog: undefined, detailedMetrics: false, throttles: [] }],
    },
  ]);
});

test("a stage has the throttles that are set, and none where Terraform writes -1", () => {
  const api = { rest_api_id: "a1", stage_name: "live" };
  const settings = (rate: number, burst: number) => [{ throttling_rate_limit: rate, throttling_burst_limit: burst }];
  const state = stateWith({
    "aws_lambda_function.shop": shop,
    "aws_api_gateway_rest_api.shop": { id: "a1", name: "shop", root_resource_id: "r0", execution_arn: "arn:a1" },
    "aws_api_gateway_stage.live": { ...api, deployment_id: "d1" },
    "aws_api_gateway_method_settings.all": { ...api, method_path: "*/*", settings: settings(50, 20) },
    "aws_api_gateway_method_settings.one": { ...api, method_path: "items/GET", settings: settings(-1, -1) },
    "aws_api_gateway_method_settings.other": {
      ...api,
      stage_name: "test",
      method_path: "*/*",
      settings: settings(1, 1),
    },
  });
  expect(restApiConfigs(state)[0]?.stages[0]?.throttles).toEqual([
    { methodPath: "*/*", requestsPerSecond: 50, burst: 20 },
  ]);
});

test("a bucket has what its separate resources set, and AWS' defaults for the rest", () => {
  const bucket = (name: string) => ({ bucket: name, arn: `arn:aws:s3:::${name}` });
  const rule = { events: ["s3:ObjectCreated:*"], lambda_function_arn: functionArn };
  const state = stateWith({
    "aws_lambda_function.shop": shop,
    "aws_s3_bucket.bare": bucket("bare"),
    "aws_s3_bucket.full": bucket("full"),
    "aws_s3_bucket_versioning.full": { bucket: "full", versioning_configuration: [{ status: "Enabled" }] },
    "aws_s3_bucket_server_side_encryption_configuration.full": {
      bucket: "full",
      rule: [{ apply_server_side_encryption_by_default: [{ sse_algorithm: "aws:kms", kms_master_key_id: "k" }] }],
    },
    "aws_s3_bucket_notification.first": { bucket: "full", lambda_function: [{ ...rule, id: "first" }] },
    "aws_s3_bucket_notification.second": { bucket: "full", lambda_function: [{ ...rule, id: "second" }] },
  });
  const [bare, full] = bucketConfigs(state);
  expect(bare).toMatchObject({
    versioning: "Unversioned",
    defaultEncryption: { algorithm: "AES256", kmsKeyId: undefined },
    notifications: [],
    policy: undefined,
    objectOwnership: "BucketOwnerEnforced",
  });
  expect(full).toMatchObject({
    versioning: "Enabled",
    defaultEncryption: { algorithm: "aws:kms", kmsKeyId: "k" },
    notifications: [{ id: "second", destination: { kind: "function", arn: functionArn } }],
  });
});
