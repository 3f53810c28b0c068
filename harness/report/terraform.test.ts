import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RULES } from "../checks/catalogue/index.ts";
import { terraformOf } from "./terraform.ts";

describe("the Terraform in a remedy", () => {
  it("is an attribute under the resource that it belongs to", () => {
    expect(terraformOf("Set enabled = true on the aws_lambda_event_source_mapping.")).toBe(
      "# aws_lambda_event_source_mapping\nenabled = true",
    );
    expect(
      terraformOf(
        'On the aws_cloudwatch_log_group named /aws/lambda/a set kms_key_id = "k" and retention_in_days = 14.',
      ),
    ).toBe('# aws_cloudwatch_log_group named /aws/lambda/a\nkms_key_id        = "k"\nretention_in_days = 14');
  });

  it("is a whole resource, broken at its commas and aligned as terraform fmt does", () => {
    expect(
      terraformOf(
        'Add resource "aws_lambda_permission" "api" { action = "lambda:InvokeFunction", source_arn = "a,b" }.',
      ),
    ).toBe('resource "aws_lambda_permission" "api" {\n  action     = "lambda:InvokeFunction"\n  source_arn = "a,b"\n}');
  });

  it("is a statement of a policy, whose lists and blocks stay on their lines", () => {
    expect(
      terraformOf(
        'In the aws_iam_role_policy of r: { Effect = "Allow", Action = ["a:B", "a:C"], Condition = { Bool = { x = "y" } } }.',
      ),
    ).toBe(
      '# aws_iam_role_policy of r\n{\n  Effect    = "Allow"\n  Action    = ["a:B", "a:C"]\n  Condition = { Bool = { x = "y" } }\n}',
    );
  });

  it("is not made up where the remedy has none, or leaves a choice", () => {
    expect(terraformOf("Raise the deadline metricsMs.")).toBeUndefined();
    expect(terraformOf('The service answered {"a": 1}.')).toBeUndefined();
    expect(terraformOf("Set enabled = true.")).toBeUndefined();
    expect(terraformOf('Set billing_mode = "A" on aws_dynamodb_table, or billing_mode = "B".')).toBeUndefined();
  });

  it("has no word, for any rule of the catalogue, that its remedy does not have", () => {
    const found = RULES.flatMap(({ remedy }) => {
      const code = terraformOf(remedy);
      return code === undefined ? [] : [{ remedy, code }];
    });
    expect(found.length).toBeGreaterThan(5);
    for (const { remedy, code } of found)
      for (const word of code.match(/[\w.:/-]+/g) ?? []) expect(remedy).toContain(word);
  });

  it("never fails on a text, however its braces and quotes stand", () => {
    const text = fc.string({ unit: fc.constantFrom("{", "}", "[", "]", '"', ",", " = ", "aws_x", "a", " ", "or") });
    fc.assert(fc.property(text, (remedy) => ["string", "undefined"].includes(typeof terraformOf(remedy))));
  });
});
