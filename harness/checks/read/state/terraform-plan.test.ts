import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { changesOf, planChanges } from "./terraform-plan.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "plan-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const CHANGE = {
  address: "aws_lambda_function.a",
  mode: "managed",
  type: "aws_lambda_function",
  change: {
    actions: ["update"],
    before: { filename: "a.zip", source_code_hash: "one", environment: [{ variables: { PASSWORD: "secret" } }] },
    after: { filename: "a.zip", source_code_hash: "other", environment: [{ variables: { PASSWORD: "other" } }] },
    after_unknown: { last_modified: true },
  },
};

/** A stand-in for terraform: exits with `exitCode` for plan, and prints `shown` for show. */
function terraform(exitCode: number, shown: string): string {
  const file = join(folder, "terraform");
  writeFileSync(
    file,
    `#!${process.execPath}
const fs = require("node:fs");
const [chdir, command] = process.argv.slice(2);
fs.appendFileSync(${JSON.stringify(join(folder, "calls"))}, chdir + " " + command + "\\n");
if (command === "plan" && ${exitCode} === 1) console.error("╷\\n│ Error: Inconsistent dependency lock file\\n");
if (command === "plan" && ${exitCode} === 9) setInterval(() => {}, 1000);
else if (command === "plan") process.exit(${exitCode});
else process.stdout.write(${JSON.stringify(shown)});
`,
  );
  chmodSync(file, 0o755);
  return file;
}

function plan(exitCode: number, shown = "", timeoutMs = 20_000) {
  const signal = new AbortController().signal;
  return planChanges({
    command: terraform(exitCode, shown),
    folder: "infra",
    environment: process.env,
    timeoutMs,
    signal,
  });
}

describe("planChanges", () => {
  it("is empty where the exit code says that nothing changes", async () => {
    expect(await plan(0)).toEqual({ kind: "terraform-plan", folder: "infra", changes: [] });
  });

  it("names what changes, and never a value", async () => {
    const { changes } = await plan(2, JSON.stringify({ resource_changes: [CHANGE] }));
    expect(changes).toEqual([
      {
        address: "aws_lambda_function.a",
        type: "aws_lambda_function",
        actions: ["update"],
        attributes: ["environment", "last_modified", "source_code_hash"],
      },
    ]);
  });

  it.each([
    ["fails", 1, 20_000, "Error: Inconsistent dependency lock file"],
    ["hangs", 9, 500, "took longer than 0.5 s"],
  ])("says so where terraform %s", async (_, exitCode, timeoutMs, message) => {
    await expect(plan(exitCode, "", timeoutMs)).rejects.toThrow(message);
  });

  it("says so where terraform prints no plan", async () => {
    await expect(plan(2, "oops")).rejects.toThrow("something else than a plan");
  });
});

describe("changesOf", () => {
  it("leaves out data sources and what stays as it is", () => {
    const stays = { ...CHANGE, change: { ...CHANGE.change, actions: ["no-op"] } };
    expect(changesOf(JSON.stringify({ resource_changes: [stays, { ...CHANGE, mode: "data" }] }))).toEqual([]);
  });

  it("takes a resource that is made or replaced", () => {
    const made = {
      ...CHANGE,
      change: { actions: ["delete", "create"], before: null, after: { a: 1 }, after_unknown: {} },
    };
    expect(changesOf(JSON.stringify({ resource_changes: [made] }))).toMatchObject([
      { actions: ["delete", "create"], attributes: ["a"] },
    ]);
  });
});
