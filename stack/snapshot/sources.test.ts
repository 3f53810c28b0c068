import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { configurationFiles, differences, hashSources } from "./sources.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "stackproof-sources-"));
});
afterEach(() => rm(folder, { recursive: true }));

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), text);
}

test("the configuration is every .tf file and template, of modules too, and nothing that is not deployed", async () => {
  for (const path of ["b.tf", "script.sh.tftpl", "modules/function/main.tf"]) await write(path, path);
  await write("a.tf", 'module "one" {\n  source = "./modules/function"\n}\n');
  for (const path of ["README.md", "tests/x.tf", ".terraform/modules/m.tf", "twin/y.tf", "a.tf.json.bak"]) {
    await write(path, path);
  }
  expect(await configurationFiles(folder)).toEqual(["a.tf", "b.tf", "modules/function/main.tf", "script.sh.tftpl"]);
});

test("a module that the stack does not call is no part of its configuration", async () => {
  await write("a.tf", 'module "one" {\n  source = "./modules/called"\n}\n');
  for (const path of ["modules/called/main.tf", "modules/for-others/main.tf"]) await write(path, path);
  expect(await configurationFiles(folder)).toEqual(["a.tf", "modules/called/main.tf"]);
});

test("a file has one hash whatever its line ends, another when a letter changes", async () => {
  await write("a.tf", "one\ntwo\n");
  const unix = await hashSources(folder);
  await write("a.tf", "one\r\ntwo\r\n");
  expect(await hashSources(folder)).toEqual(unix);
  await write("a.tf", "one\ntwo!\n");
  expect(await hashSources(folder)).not.toEqual(unix);
});

test("each file that was changed, added or removed is named, and no other", () => {
  const recorded = { "api.tf": "a".repeat(64), "key.tf": "b".repeat(64), "old.tf": "c".repeat(64) };
  const present = { "api.tf": "a".repeat(64), "key.tf": "d".repeat(64), "new.tf": "c".repeat(64) };
  expect(differences(recorded, present)).toEqual(["changed: key.tf", "added: new.tf", "removed: old.tf"]);
  expect(differences(present, present)).toEqual([]);
});
