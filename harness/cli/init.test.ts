import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { reportSchema } from "../model/report.ts";
import { SNAPSHOT, stackproof, temporaryFolder } from "../testing/stackproof.ts";

let folder: ReturnType<typeof temporaryFolder>;
let out: string;
beforeEach(() => {
  folder = temporaryFolder();
  out = join(folder.path, "mine.ts");
});
afterEach(() => folder.remove());

describe("init", () => {
  it("writes a pipelines file of the reference stack with which verify passes unchanged", async () => {
    const written = await stackproof(["init", SNAPSHOT, "--out", out]);
    expect(written).toMatchObject({ exitCode: 0 });
    expect(readFileSync(out, "utf8")).toContain("// ? ");
    const reports = join(folder.path, "reports");
    const { exitCode, stdout } = await stackproof(["verify", "--twin", "--pipelines", out, "--json", "--out", reports]);
    const report = reportSchema.parse(JSON.parse(stdout));
    expect(report.findings.filter(({ verdict }) => verdict !== "pass")).toEqual([]);
    expect(exitCode).toBe(0);
  });

  it("says so and exits 3 where nothing is recognised", async () => {
    const state = { format_version: "1.0", values: { outputs: { region: { value: "us-east-1" } }, root_module: {} } };
    const path = folder.write("state.json", JSON.stringify(state));
    const { exitCode, stderr } = await stackproof(["init", path, "--out", out]);
    expect(exitCode).toBe(3);
    expect(stderr).toContain("init.nothing-recognised");
    expect(existsSync(out)).toBe(false);
  });

  it("writes over no file unless it is asked to", async () => {
    const mine = folder.write("mine.ts", "mine");
    expect(await stackproof(["init", SNAPSHOT, "--out", mine])).toMatchObject({ exitCode: 3 });
    expect(readFileSync(mine, "utf8")).toBe("mine");
    expect(await stackproof(["init", SNAPSHOT, "--out", mine, "--force"])).toMatchObject({ exitCode: 0 });
  });
});
