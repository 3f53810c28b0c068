import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readBuiltPackages } from "./built-packages.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "packages-"));
  mkdirSync(join(folder, "dist"));
  writeFileSync(join(folder, "dist", "a.zip"), "zip");
});
afterEach(() => rmSync(folder, { recursive: true }));

const SHA256 = createHash("sha256").update("zip").digest("base64");
const fn = (fileName: string) => ({ address: "aws_lambda_function.a", name: "a", fileName, sourceCodeHash: "" });

async function contentOf(fileName: string, terraformFolder: string | undefined, zipFolder: string | undefined) {
  return (await readBuiltPackages([fn(fileName)], terraformFolder, zipFolder)).packages[0]?.content;
}

describe("readBuiltPackages", () => {
  it("hashes the zip that the state names, from the Terraform folder", async () => {
    expect(await contentOf("./dist/a.zip", folder, undefined)).toEqual({ kind: "zip", codeSha256: SHA256 });
  });

  it("finds the zip by its name in the folder of built zips, whatever folder the state names", async () => {
    expect(await contentOf("/home/ci/out/a.zip", undefined, join(folder, "dist"))).toEqual({
      kind: "zip",
      codeSha256: SHA256,
    });
  });

  it("tells a build that does not make the zip from a machine that never built", async () => {
    expect(await contentOf("./dist/b.zip", folder, undefined)).toEqual({ kind: "no-such-file" });
    expect(await contentOf("./out/a.zip", folder, undefined)).toEqual({ kind: "not-built-here" });
  });

  it("says why a file cannot be read", async () => {
    expect(await contentOf("./dist", folder, undefined)).toEqual({ kind: "not-readable", reason: "EISDIR" });
  });

  it("leaves out functions that are deployed from a bucket or an image", async () => {
    expect((await readBuiltPackages([fn("")], folder, undefined)).packages).toEqual([]);
  });
});
