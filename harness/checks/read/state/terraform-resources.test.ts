import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { settingsOfResources } from "./state-settings.ts";
import { resourcesOf } from "./terraform-resources.ts";

const snapshot: unknown = JSON.parse(
  readFileSync(new URL("../../../../stack/snapshot/snapshot.json", import.meta.url), "utf8"),
);

/** What the rules judge of a state. */
function settingsOf(json: unknown) {
  const [buckets, notifications, functions] = settingsOfResources(resourcesOf(json) ?? []);
  return { ...buckets, ...notifications, ...functions };
}

const STATE_FILE = {
  version: 4,
  terraform_version: "1.9.0",
  outputs: {},
  resources: [
    {
      mode: "managed",
      type: "aws_s3_bucket",
      name: "logs",
      instances: [
        { index_key: 0, attributes: { bucket: "logs-0", force_destroy: null } },
        { index_key: "b", attributes: { bucket: "logs-b", force_destroy: true } },
      ],
    },
    {
      module: "module.ingest",
      mode: "managed",
      type: "aws_lambda_function",
      name: "this",
      instances: [{ attributes: { function_name: "ingest", s3_bucket: "code", s3_key: "a.zip", code_sha256: "c2hh" } }],
    },
    { mode: "data", type: "aws_s3_bucket", name: "other", instances: [{ attributes: { bucket: "not-ours" } }] },
  ],
};

describe("a state as terraform show -json prints it", () => {
  it("gives the buckets, notifications and functions of the reference stack, modules included", () => {
    const { buckets, notifications, functions } = settingsOf(snapshot);
    expect(buckets.map(({ address, forceDestroy }) => [address, forceDestroy])).toEqual([
      ["aws_s3_bucket.content", true],
      ["aws_s3_bucket.logs", true],
    ]);
    expect(notifications).toMatchObject([
      {
        address: "aws_s3_bucket_notification.content",
        functionRules: [
          { id: "objects-put-whole", prefix: "", suffix: "" },
          { id: "objects-put-in-parts", events: ["s3:ObjectCreated:CompleteMultipartUpload"] },
        ],
      },
    ]);
    expect(functions.map(({ address, fileName }) => [address, fileName])).toEqual([
      ["module.content.aws_lambda_function.this", "./dist/content.zip"],
      ["module.ingest.aws_lambda_function.this", "./dist/ingest.zip"],
      ["module.processor.aws_lambda_function.this", "./dist/processor.zip"],
    ]);
    for (const { sourceCodeHash } of functions) expect(sourceCodeHash).toMatch(/^[A-Za-z0-9+/]{43}=$/);
  });
});

describe("a terraform.tfstate file", () => {
  it("gives the same, with indexes and modules in the addresses and without data sources", () => {
    const { buckets, functions } = settingsOf(STATE_FILE);
    expect(buckets).toEqual([
      { address: "aws_s3_bucket.logs[0]", name: "logs-0", forceDestroy: false },
      { address: 'aws_s3_bucket.logs["b"]', name: "logs-b", forceDestroy: true },
    ]);
    expect(functions).toEqual([
      { address: "module.ingest.aws_lambda_function.this", name: "ingest", fileName: "", sourceCodeHash: "c2hh" },
    ]);
  });
});

describe("what is no state", () => {
  it.each([
    ["outputs", { alb_url: { value: "http://a" } }],
    ["a plan", { format_version: "1.2", planned_values: {} }],
    ["rubbish", "rubbish"],
  ])("gives nothing: %s", (_, json) => {
    expect(resourcesOf(json)).toBeUndefined();
  });
});

describe("a resource of another provider's shape", () => {
  it("is left out, and the others are kept", () => {
    const odd = {
      mode: "managed",
      type: "aws_s3_bucket",
      name: "odd",
      instances: [{ attributes: { bucket: 7 } }, { attributes: null }],
    };
    expect(settingsOf({ ...STATE_FILE, resources: [odd, ...STATE_FILE.resources] }).buckets).toHaveLength(2);
  });
});
