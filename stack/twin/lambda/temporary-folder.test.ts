import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { expect, it } from "vitest";
import { temporaryFolder } from "./temporary-folder.ts";

it("a temporary folder is there until it is removed", async () => {
  const folder = await temporaryFolder("stackproof-test-");
  expect(existsSync(folder.path)).toBe(true);
  await folder.remove();
  expect(existsSync(folder.path)).toBe(false);
});

it("a temporary folder goes with a process that ends without removing it", () => {
  const module = new URL("./temporary-folder.ts", import.meta.url).href;
  const code = `const { temporaryFolder } = await import(${JSON.stringify(module)}); console.log((await temporaryFolder("stackproof-test-")).path); process.exit(1);`;
  const run = () =>
    execFileSync(process.execPath, ["--import", "tsx", "--input-type=module", "-e", code], {
      encoding: "utf8",
      stdio: "pipe",
    });
  let path = "";
  try {
    run();
  } catch (error) {
    path = error instanceof Error ? String(Reflect.get(error, "stdout")).trim() : "";
  }
  expect(path).toContain("stackproof-test-");
  expect(existsSync(path)).toBe(false);
});
