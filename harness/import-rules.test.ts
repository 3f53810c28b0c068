import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { packageRoot } from "./deployment/package-root.ts";

const REFUSED = [
  ["harness/model", "../plan/pacer.ts", "model imports nothing"],
  ["harness/model/settings", "../../checks/rule.ts", "model imports nothing"],
  ["harness/observe", "../inject/send.ts", "observe imports only model"],
  ["harness/inject", "../deployment/clients.ts", "inject imports only model"],
  ["harness/reconcile", "../policy/only.ts", "reconcile imports only model"],
  ["harness/diagnose", "../reconcile/timeline.ts", "diagnose imports only model"],
  ["harness/reconcile", "node:fs", "is pure"],
  ["harness/plan", "../run/system-clock.ts", "plan imports only model"],
  ["harness/compare", "../sizing/prices.ts", "compare imports only model"],
  ["harness/sizing", "../plan/pacer.ts", "sizing imports only model"],
  ["harness/diagnose/load", "../../sizing/prices.ts", "diagnose imports only model"],
  ["harness/report", "../cli/verify.ts", "report imports only model"],
  ["harness/run", "../cli/verify.ts", "run is called by cli"],
  ["stack/twin", "../../harness/model/event.ts", "nothing with the harness but the wire"],
  ["stack/functions/ingest", "../../../harness/model/event.ts", "nothing with the harness but the wire"],
] as const;

const ALLOWED = [
  ["harness/model/settings", "../fact.ts"],
  ["harness/observe", "../model/event.ts"],
  ["harness/observe", "./poll-until.ts"],
  ["harness/observe", "node:fs"],
  ["harness/run", "../observe/stream.ts"],
  ["harness/cli", "../run/judge.ts"],
  ["stack/twin/boot", "../state/index.ts"],
] as const;

let folder: string;
let complaints: string[];

/** Lints one file per case with the project's own rules, in a folder of its own. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "import-rules-"));
  const settings: Record<string, unknown> = JSON.parse(readFileSync(join(packageRoot(), "biome.json"), "utf8"));
  writeFileSync(
    join(folder, "biome.json"),
    JSON.stringify({ ...settings, $schema: undefined, vcs: { enabled: false } }),
  );
  for (const [index, [place, imported]] of REFUSED.entries())
    write(`${place}/refused-${index}.ts`, `export * from "${imported}";\n`);
  for (const [index, [place, imported]] of ALLOWED.entries())
    write(`${place}/allowed-${index}.ts`, `export * from "${imported}";\n`);
  write("harness/reconcile/impure.ts", "export const pid = process.pid;\n");
  const { stdout } = spawnSync(
    join(packageRoot(), "node_modules", ".bin", "biome"),
    ["lint", "--reporter=github", "--max-diagnostics=none", "."],
    { cwd: folder, encoding: "utf8", timeout: 30_000 },
  );
  complaints = stdout.split("\n");
});
afterAll(() => rmSync(folder, { recursive: true }));

function write(path: string, content: string): void {
  const target = join(folder, path);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, content);
}

function complaintsAbout(path: string): string {
  return complaints.filter((line) => line.includes(`/${path},`)).join("\n");
}

describe("the import rules", () => {
  it.each(REFUSED.map((row, index) => [...row, index] as const))(
    "refuse that %s imports %s",
    (place, _, reason, index) => {
      const complaint = complaintsAbout(`${place}/refused-${index}.ts`);
      expect(complaint).toContain("noRestrictedImports");
      expect(complaint).toContain(reason);
    },
  );

  it.each(ALLOWED.map((row, index) => [...row, index] as const))("allow that %s imports %s", (place, _, index) => {
    expect(complaintsAbout(`${place}/allowed-${index}.ts`)).not.toContain("noRestrictedImports");
  });

  it("keep the process out of the pure parts", () => {
    expect(complaintsAbout("harness/reconcile/impure.ts")).toContain("noRestrictedGlobals");
  });
});
