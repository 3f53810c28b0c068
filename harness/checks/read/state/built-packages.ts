import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import type {
  BuiltPackagesSetting,
  PackageContent,
  StateFunctionsSetting,
} from "../../../model/settings/state-setting.ts";

/**
 * Reads the packages of a state's functions on this machine. A function's own file name is looked for in the Terraform folder, else
 * by its last part in the folder of built zips. Functions deployed from a bucket or an image have none.
 *
 * @param terraformFolder Undefined where only a state file was given.
 * @param zipFolder Undefined where none was named.
 */
export async function readBuiltPackages(
  functions: StateFunctionsSetting["functions"],
  terraformFolder: string | undefined,
  zipFolder: string | undefined,
): Promise<BuiltPackagesSetting> {
  const packages = functions
    .filter(({ fileName }) => fileName !== "")
    .map(async ({ name, fileName }) => {
      const path = pathOf(fileName, terraformFolder, zipFolder);
      return { functionName: name, path, content: await contentOf(path) };
    });
  return { kind: "built-packages", packages: await Promise.all(packages) };
}

function pathOf(fileName: string, terraformFolder: string | undefined, zipFolder: string | undefined): string {
  if (zipFolder !== undefined) return join(zipFolder, basename(fileName));
  return terraformFolder === undefined ? fileName : resolve(terraformFolder, fileName);
}

async function contentOf(path: string): Promise<PackageContent> {
  try {
    return {
      kind: "zip",
      codeSha256: createHash("sha256")
        .update(await readFile(path))
        .digest("base64"),
    };
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    if (code !== "ENOENT") return { kind: "not-readable", reason: code };
    // A machine that never built has no folder; a build that does not make this file has one.
    return (await isFolder(dirname(path))) ? { kind: "no-such-file" } : { kind: "not-built-here" };
  }
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}
