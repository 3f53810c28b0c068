import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { codeHashes } from "./code-hashes.ts";
import { differences, hashSources, sourcesSchema } from "./sources.ts";
import { resourcesOf, stateSchema } from "./terraform-json.ts";

const text = await readFile(join(import.meta.dirname, "snapshot.json"), "utf8");
const state = stateSchema.parse(JSON.parse(text));
const resources = new Map([...resourcesOf(state.values.root_module)].map((resource) => [resource.address, resource]));

const addressesOf = (type: string): string[] =>
  [...resources.values()].filter((resource) => resource.type === type).map(({ address }) => address);

function attributeOf(address: string, attribute: string): unknown {
  const resource = resources.get(address);
  if (resource === undefined)
    throw new Error(`the snapshot has no ${address}; it has ${[...resources.keys()].join(", ")}`);
  return resource.values[attribute];
}

/** Addresses that a resource was made after. Terraform writes them without index and instance key. */
const madeAfter = (address: string): unknown => resources.get(address)?.["depends_on"];

test("the snapshot is of the Terraform that is here", async () => {
  const recorded = sourcesSchema.parse(
    JSON.parse(await readFile(join(import.meta.dirname, "snapshot.sources.json"), "utf8")),
  );
  const present = await hashSources(join(import.meta.dirname, ".."));
  const remedy =
    "stack/snapshot/snapshot.json is older than the Terraform; make it again: npm run snapshot (stack/README.md)";
  expect(differences(recorded, present), remedy).toEqual([]);
});

test("the snapshot is of the functions' code that is here", async () => {
  const remedy = "the functions' code is newer than stack/snapshot/snapshot.json; record it: npm run snapshot:code";
  for (const { address, sha256 } of await codeHashes(state, join(import.meta.dirname, "..")))
    expect(attributeOf(address, "code_sha256"), `${address}: ${remedy}`).toBe(sha256);
});

test("the snapshot names no folder of the machine that it was made on, no credentials and no time of day", () => {
  const found = (pattern: RegExp): string[] => text.match(pattern) ?? [];
  expect(found(/\/(?:home|root|tmp|Users|work|private)\/[^"]*|[A-Z]:\\[^"]*|"\/[^"]*\.(?:zip|tftpl|sh)"/g)).toEqual([]);
  expect(found(/\b(?:AKIA|ASIA)(?![A-Z0-9]*EXAMPLE)[A-Z0-9]{16}\b|BEGIN [A-Z ]*PRIVATE KEY/g)).toEqual([]);
  expect(new Set(found(/\b\d{4}-\d\d-\d\dT/g))).toEqual(new Set(["2025-01-01T"]));
});

test("zips are named relative to the stack's folder", () => {
  const functions = addressesOf("aws_lambda_function").map((address) => attributeOf(address, "filename"));
  expect(functions.sort()).toEqual(["./dist/content.zip", "./dist/ingest.zip", "./dist/processor.zip"]);
});

test("everything that can be is encrypted with the one key, as read back from the control plane", () => {
  const key = attributeOf("aws_kms_key.main", "arn");
  const groups = addressesOf("aws_cloudwatch_log_group");
  expect(groups).toHaveLength(5);
  for (const group of groups) {
    expect(attributeOf(group, "kms_key_id"), group).toBe(key);
    expect(attributeOf(group, "retention_in_days"), group).toBe(14);
  }
  for (const lambda of addressesOf("aws_lambda_function")) expect(attributeOf(lambda, "kms_key_arn"), lambda).toBe(key);
  for (const table of addressesOf("aws_dynamodb_table")) {
    expect(attributeOf(table, "server_side_encryption"), table).toEqual([{ enabled: true, kms_key_arn: key }]);
    expect(attributeOf(table, "point_in_time_recovery"), table).toEqual([expect.objectContaining({ enabled: true })]);
  }
  expect(attributeOf("aws_kinesis_stream.events", "kms_key_id")).toBe(key);
  expect(attributeOf("aws_s3_bucket_server_side_encryption_configuration.content", "rule")).toEqual([
    {
      apply_server_side_encryption_by_default: [{ kms_master_key_id: key, sse_algorithm: "aws:kms" }],
      bucket_key_enabled: true,
    },
  ]);
  expect(attributeOf("aws_instance.proof", "root_block_device")).toEqual([
    expect.objectContaining({ encrypted: true, kms_key_id: key, volume_size: 8 }),
  ]);
});

test.each([
  ["B1: the notification", "aws_s3_bucket_notification.content", "aws_lambda_permission.content_bucket"],
  ["A3: the target's attachment", "aws_lb_target_group_attachment.ingest", "aws_lambda_permission.load_balancer"],
  ["A7: the load balancer", "aws_lb.main", "aws_s3_bucket_policy.logs"],
  ["A8: the flow log", "aws_flow_log.vpc", "aws_cloudwatch_log_group.flow_logs"],
  ["A8: the flow log", "aws_flow_log.vpc", "aws_iam_role_policy.flow_logs"],
  ["A11: the mapping", "aws_lambda_event_source_mapping.events", "module.processor.aws_iam_role_policy.this"],
  ["B8: the ingest function", "module.ingest.aws_lambda_function.this", "module.ingest.aws_cloudwatch_log_group.this"],
  [
    "B8: the processor function",
    "module.processor.aws_lambda_function.this",
    "module.processor.aws_cloudwatch_log_group.this",
  ],
  [
    "B8: the content function",
    "module.content.aws_lambda_function.this",
    "module.content.aws_cloudwatch_log_group.this",
  ],
  ["B8: the API's stage", "aws_api_gateway_stage.live", "aws_cloudwatch_log_group.api_access"],
  ["B12: the instance", "aws_instance.proof", "aws_iam_role_policy.proof_instance"],
  ["B14: the API's stage", "aws_api_gateway_stage.live", "aws_api_gateway_account.logs"],
  ["B14: the account's role", "aws_api_gateway_account.logs", "aws_iam_role_policy_attachment.api_logs"],
])("%s is made after what it needs (%s after %s)", (_what, address, needed) => {
  expect(madeAfter(address)).toContain(needed);
});

test("the bucket's one notification resource holds both rules", () => {
  expect(addressesOf("aws_s3_bucket_notification")).toHaveLength(1);
  expect(attributeOf("aws_s3_bucket_notification.content", "lambda_function")).toHaveLength(2);
});

test("every output has a value", () => {
  const outputs = Object.entries(state.values.outputs ?? {});
  expect(outputs).toHaveLength(47);
  for (const [name, output] of outputs) {
    expect(output, name).toMatchObject({ sensitive: false, value: expect.anything() });
    expect(output, name).not.toMatchObject({ value: "" });
  }
});
