import { describe, expect, it } from "vitest";
import { allowByKey, allowRole, block, expression, lines, resource, terraform, together, within } from "./remedy.ts";

describe("Terraform in a remedy", () => {
  it("is written as terraform fmt writes it: aligned, nested blocks apart", () => {
    const code = expression('filebase64sha256("a.zip")');
    expect(resource("aws_lambda_function", "a", { name: "a", source_code_hash: code }, block("x", { on: true }))).toBe(
      `resource "aws_lambda_function" "a" {
  name             = "a"
  source_code_hash = filebase64sha256("a.zip")

  x {
    on = true
  }
}`,
    );
  });

  it("keeps lists and objects on a line, and quotes names that are no identifiers", () => {
    expect(lines({ List: ["a", 1], Condition: { Bool: { "aws:SecureTransport": "false" } } })).toBe(
      'List      = ["a", 1]\nCondition = { Bool = { "aws:SecureTransport" = "false" } }',
    );
  });

  it("escapes what HCL would evaluate", () => {
    expect(lines({ text: `say "\${a}" and %{b} for $c` })).toBe(`text = "say \\"$\${a}\\" and %%{b} for $c"`);
  });

  it("lets a role or a key's user do one thing or several", () => {
    expect(allowRole("r", ["s3:PutObject"], "arn")).toEqual({
      text: "Allow s3:PutObject on arn in the aws_iam_role_policy of r.",
      terraform: {
        hcl: '# aws_iam_role_policy of r\n{\n  Effect   = "Allow"\n  Action   = "s3:PutObject"\n  Resource = "arn"\n}',
      },
    });
    expect(allowByKey({ AWS: "arn" }, ["kms:Encrypt", "kms:Decrypt"]).terraform?.hcl).toContain(
      '  Principal = { AWS = "arn" }\n  Action    = ["kms:Encrypt", "kms:Decrypt"]\n',
    );
  });

  it("of several remedies stands together, below all their words", () => {
    const [first, second] = ["a", "b"].map((name) => terraform(`Set ${name}.`, within(name, lines({ on: true }))));
    expect(together([first ?? { text: "" }, { text: "Look." }, second ?? { text: "" }])).toEqual({
      text: "Set a. Look. Set b.",
      terraform: { hcl: "# a\non = true\n\n# b\non = true" },
    });
    expect(together([{ text: "Look." }])).toEqual({ text: "Look." });
  });
});
