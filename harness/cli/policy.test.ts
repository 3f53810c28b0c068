import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { packageRoot } from "../deployment/package-root.ts";
import { reportSchema } from "../model/report.ts";
import { stackproof, temporaryFolder } from "../testing/stackproof.ts";

const policySchema = z.object({
  Version: z.string(),
  Statement: z.array(z.looseObject({ Action: z.array(z.string()) })),
});
const committed = readFileSync(join(packageRoot(), "harness", "checks", "verifier-policy.json"), "utf8");

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

async function verifyUnder(policy: string) {
  const file = folder.write("policy.json", policy);
  const { exitCode, stdout } = await stackproof([
    "verify",
    "--twin",
    "--caller-policy",
    file,
    "--json",
    "--out",
    folder.path,
  ]);
  return { exitCode, findings: reportSchema.parse(JSON.parse(stdout)).findings };
}

/** The policy without one action. */
function without(action: string): string {
  const policy = policySchema.parse(JSON.parse(committed));
  const statements = policy.Statement.map((statement) => ({
    ...statement,
    Action: statement.Action.filter((each) => each !== action),
  }));
  expect(JSON.stringify(statements)).not.toContain(`"${action}"`);
  return JSON.stringify({ ...policy, Statement: statements.filter(({ Action }) => Action.length > 0) });
}

describe("the verifier's policy", () => {
  it("that is kept for the reference stack is what its readers need today (npx stackproof policy)", async () => {
    const { exitCode, stdout } = await stackproof(["policy"], { cwd: packageRoot() });
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toEqual(JSON.parse(committed));
  });

  it("is enough for a complete run", async () => {
    const { exitCode, findings } = await verifyUnder(committed);
    expect(findings.filter(({ verdict }) => verdict !== "pass")).toEqual([]);
    expect(exitCode).toBe(0);
  });

  it.each(["lambda:GetPolicy", "kms:GetKeyPolicy", "dynamodb:DescribeContinuousBackups", "kinesis:GetRecords"])(
    "without %s leaves unknown what needs it, names it, and fails nothing",
    async (action) => {
      const { exitCode, findings } = await verifyUnder(without(action));
      expect(findings.filter(({ verdict }) => verdict === "fail")).toEqual([]);
      const unknown = findings.filter(({ verdict }) => verdict === "unknown");
      expect(JSON.stringify(unknown)).toContain(action);
      expect(exitCode).toBe(2);
    },
  );
});

describe("the policy for a load", () => {
  it("allows what a load needs beside what verify needs, on the stack's own table", async () => {
    const { stdout, exitCode } = await stackproof(["policy", "--for", "load"]);
    expect(exitCode).toBe(0);
    const allowed = policySchema.parse(JSON.parse(stdout)).Statement.flatMap(({ Action }) => Action);
    const forVerify = policySchema.parse(JSON.parse(committed)).Statement.flatMap(({ Action }) => Action);
    expect(allowed).toEqual(expect.arrayContaining(forVerify));
    const more = allowed.filter((action) => !forVerify.includes(action));
    expect(more.sort()).toEqual(["dynamodb:BatchWriteItem", "dynamodb:DescribeTimeToLive"]);
  });
});
