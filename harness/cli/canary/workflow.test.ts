import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { packageRoot } from "../../deployment/package-root.ts";
import { temporaryFolder } from "../../testing/stackproof.ts";

const WORKFLOW = readFileSync(join(packageRoot(), ".github", "workflows", "canary.yml"), "utf8");

/** The script of a step, by the step's name. */
function scriptOf(name: string): string {
  const step = WORKFLOW.split(/^ {6}- /m).find((text) => text.startsWith(`name: ${name}\n`)) ?? "";
  const [, oneLine, block] = /^ {8}run: (?:([^|\n].*)|\|\n((?: {10}.*\n?|\n)+))/m.exec(step) ?? [];
  const script = oneLine ?? block?.replace(/^ {10}/gm, "");
  if (script === undefined) throw new Error(`the workflow has no step ${name} with a script`);
  return script;
}

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

/** Runs a step as the runner does (bash -e -o pipefail), with a `node` that notes its arguments and ends as it is told. */
function runStep(name: string, exitCode: number, env: Readonly<Record<string, string>> = {}) {
  mkdirSync(join(folder.path, "bin"), { recursive: true });
  chmodSync(folder.write("bin/node", `#!/bin/sh\nprintf '%s\\n' "$@" > arguments.txt\nexit ${exitCode}\n`), 0o755);
  const { status, stdout, stderr } = spawnSync("bash", ["-e", "-o", "pipefail", "-c", scriptOf(name)], {
    cwd: folder.path,
    encoding: "utf8",
    timeout: 20_000,
    env: {
      PATH: `${join(folder.path, "bin")}:${process.env["PATH"] ?? ""}`,
      OUTPUTS: '{"a":{"value":"$(touch injected) `touch injected`"}}',
      UNKNOWN_FAILS: "false",
      GITHUB_STEP_SUMMARY: join(folder.path, "summary.md"),
      ...env,
    },
  });
  return { status, stdout, stderr };
}

describe("the workflow of the canary", () => {
  it.each([
    ["passes where the canary does", 0, "false", 0, ""],
    ["fails, and so pages, where the canary does", 1, "false", 1, "::error"],
    ["warns where the canary could not tell", 2, "false", 0, "::warning"],
    ["fails where the canary could not tell and that is asked for", 2, "true", 2, "::warning"],
    ["fails where the canary could not run", 3, "false", 3, "::error"],
  ])("%s", (_what, exitCode, unknownFails, expected, annotation) => {
    const { status, stdout, stderr } = runStep("Run the canary", exitCode, { UNKNOWN_FAILS: unknownFails });
    expect(status, stderr).toBe(expected);
    expect(stdout.startsWith(annotation)).toBe(true);
    expect(stdout === "").toBe(annotation === "");
  });

  it("gives the outputs as they are, and nothing in them is run", () => {
    runStep("Run the canary", 0);
    expect(readFileSync(join(folder.path, "outputs.json"), "utf8")).toBe(
      '{"a":{"value":"$(touch injected) `touch injected`"}}',
    );
    expect(existsSync(join(folder.path, "injected"))).toBe(false);
  });

  it("names acknowledgements where the repository has some", () => {
    runStep("Run the canary", 0);
    expect(readFileSync(join(folder.path, "arguments.txt"), "utf8")).not.toContain("--acknowledge");
    mkdirSync(join(folder.path, ".github"));
    folder.write(".github/acknowledged.json", "[]");
    runStep("Run the canary", 0);
    expect(readFileSync(join(folder.path, "arguments.txt"), "utf8")).toContain(
      "--acknowledge\n.github/acknowledged.json",
    );
  });

  it("keeps the very history that the canary adds to", () => {
    runStep("Run the canary", 0);
    expect(readFileSync(join(folder.path, "arguments.txt"), "utf8")).toContain("--history\ncanary/history.ndjson\n");
    expect(WORKFLOW.match(/^ {10}path: canary\/history\.ndjson$/gm)).toHaveLength(2);
  });

  it("shows the report in the summary, and has nothing to say where there is none", () => {
    expect(runStep("Write the summary", 0).status).toBe(0);
    expect(existsSync(join(folder.path, "summary.md"))).toBe(false);
    mkdirSync(join(folder.path, "canary", "reports", "latest"), { recursive: true });
    folder.write("canary/reports/latest/report.md", "# pass\n");
    expect(runStep("Write the summary", 0).status).toBe(0);
    expect(readFileSync(join(folder.path, "summary.md"), "utf8")).toBe("# pass\n");
  });

  it("may ask for a token and read the code, and uses actions of exact versions only", () => {
    expect(/^permissions:\n((?: {2}.*\n)+)/m.exec(WORKFLOW)?.[1]).toBe("  id-token: write\n  contents: read\n");
    const used = [...WORKFLOW.matchAll(/uses: (\S+)/g)].map(([, action]) => action);
    expect(used.length).toBeGreaterThan(4);
    expect(used.filter((action) => !/@v\d+\.\d+\.\d+$/.test(action ?? ""))).toEqual([]);
  });

  it("puts no value of the repository's into a script: they come as environment", () => {
    for (const name of ["Run the canary", "Write the summary"]) expect(scriptOf(name)).not.toContain("${{");
  });
});
