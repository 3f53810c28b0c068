import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { isEsModule } from "./es-module.ts";
import { loadHandler } from "./load-handler.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "stackproof-handler-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const write = (name: string, text: string) => writeFile(join(folder, name), text);

test("a CommonJS handler has import(), of Node's own modules and of files, as often as it likes", async () => {
  await write("late.mjs", "export default 'late';");
  await write(
    "index.js",
    "exports.handler = async () => [(await import('node:path')).sep, (await import('./late.mjs')).default];",
  );
  const handler = await loadHandler(folder, "index.handler");
  expect([await handler({}, {}, undefined), await handler({}, {}, undefined)]).toEqual([
    ["/", "late"],
    ["/", "late"],
  ]);
});

test("an ES module is one by its ending, or by the nearest package.json", async () => {
  expect(isEsModule(join(folder, "index.mjs"))).toBe(true);
  expect(isEsModule(join(folder, "index.cjs"))).toBe(false);
  expect(isEsModule(join(folder, "index.js"))).toBe(false);
  await write("package.json", '{ "type": "module" }');
  expect(isEsModule(join(folder, "index.js"))).toBe(true);
  await write("index.js", "export const handler = async () => 'module';");
  expect(await (await loadHandler(folder, "index.handler"))({}, {}, undefined)).toBe("module");
  await write("package.json", "not JSON");
  expect(isEsModule(join(folder, "index.js"))).toBe(false);
});
