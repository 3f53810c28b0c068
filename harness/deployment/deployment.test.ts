import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CannotRun } from "../model/errors.ts";
import { readDeployment } from "./deployment.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "deployment-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function file(content: unknown, name = "deployment.json"): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
}

function read(path: string, region?: string) {
  return readDeployment(path, { STACKPROOF_TERRAFORM: "terraform-that-is-not-there", AWS_REGION: region });
}

function problemOf(path: string) {
  try {
    read(path);
  } catch (error) {
    if (error instanceof CannotRun) return error.problem;
    throw error;
  }
  throw new Error("expected CannotRun");
}

const outputs = {
  region: { value: "eu-west-1" },
  table_arn: { value: "arn:aws:dynamodb:eu-west-1:210987654321:table/a" },
};

describe("reading a deployment", () => {
  it.each([
    ["terraform output -json", outputs],
    ["terraform show -json", { format_version: "1.0", terraform_version: "1.11.4", values: { outputs } }],
    ["a local state file", { version: 4, terraform_version: "1.11.4", outputs, resources: [] }],
  ])("takes %s", (_, content) => {
    expect(read(file(content))).toMatchObject({ region: "eu-west-1", accountId: "210987654321" });
  });

  it("takes an applied Terraform folder", () => {
    file({ version: 4, terraform_version: "1.11.4", outputs, resources: [] }, "terraform.tfstate");
    expect(read(folder).outputs.get("region")).toBe("eu-west-1");
  });

  it("finds the region in an ARN, else in the environment's", () => {
    expect(read(file({ table_arn: outputs.table_arn })).region).toBe("eu-west-1");
    expect(read(file({ name: { value: "a" } }), "ap-south-1")).toMatchObject({
      region: "ap-south-1",
      accountId: "unknown",
    });
  });

  it.each(["terraform show -json", "a local state file"])("finds region and account in most ARNs of %s", (form) => {
    const arns = [
      "arn:aws:acm:us-east-1:111122223333:certificate/a",
      "arn:aws:lambda:eu-central-1:210987654321:function:a",
      "arn:aws:iam::210987654321:role/a",
      "arn:aws:sqs:eu-central-1:210987654321:a",
      "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole",
      "arn:aws:s3:::a",
    ];
    const about = { mode: "managed", type: "aws_x", name: "x" };
    const state =
      form === "a local state file"
        ? {
            version: 4,
            terraform_version: "1.11.4",
            outputs: {},
            resources: [{ ...about, instances: [{ attributes: { arns } }] }],
          }
        : {
            format_version: "1.0",
            terraform_version: "1.11.4",
            values: { root_module: { child_modules: [{ resources: [{ ...about, values: { nested: [{ arns }] } }] }] } },
          };
    expect(read(file(state), "ap-south-1")).toMatchObject({ region: "eu-central-1", accountId: "210987654321" });
  });

  it("takes outputs named region and account_id before any ARN", () => {
    const named = { ...outputs, region: { value: "us-west-2" }, account_id: { value: "111122223333" } };
    expect(read(file(named))).toMatchObject({ region: "us-west-2", accountId: "111122223333" });
  });

  it("leaves out what Terraform marks sensitive", () => {
    const { outputs: found } = read(file({ ...outputs, password: { value: "hunter2", sensitive: true } }));
    expect([...found.keys()]).toEqual(["region", "table_arn"]);
  });

  it.each([
    ["absent", () => join(folder, "none.json"), "deployment.absent"],
    ["empty", () => file(""), "deployment.empty"],
    ["not JSON", () => file("{oops"), "deployment.not-json"],
    ["a list", () => file([]), "deployment.unrecognized"],
    ["without outputs", () => file({}), "deployment.unrecognized"],
    ["something else", () => file({ cluster: { endpoint: 1 } }), "deployment.unrecognized"],
    ["the JSON of a plan", () => file({ format_version: "1.2", planned_values: {} }), "deployment.unrecognized"],
    ["the JSON of an empty state", () => file({ format_version: "1.0" }), "deployment.unrecognized"],
    ["without a region", () => file({ name: { value: "a" } }), "deployment.no-region"],
    ["a folder without state", () => folder, "deployment.not-applied"],
    [
      "a folder whose backend terraform cannot read",
      () => {
        mkdirSync(join(folder, ".terraform"));
        file("{}", join(".terraform", "terraform.tfstate"));
        return folder;
      },
      "deployment.terraform-failed",
    ],
  ])("says what is wrong with one that is %s", (_, path, code) => {
    const problem = problemOf(path());
    expect(problem.code).toBe(code);
    expect(problem.place).toContain(folder);
    expect(problem.remedy).not.toBe("");
  });
});
