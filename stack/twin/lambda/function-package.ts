import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { dirname, join, resolve, sep } from "node:path";
import { unzipSync } from "fflate";
import type { BootError } from "../model/boot-error.ts";
import { messageOf } from "../model/text.ts";
import type { FunctionConfig } from "./function-config.ts";

/** Lambda's own bound on an unpacked package. */
const MAX_UNPACKED_BYTES = 250 * 1024 * 1024;

/** Unpacks the function's zip into `taskRoot`; answers what is wrong with it, or nothing. */
export async function unpack(config: FunctionConfig, taskRoot: string): Promise<BootError | undefined> {
  const place = `${config.zipPath ?? "(no zip)"}, function ${config.functionName}`;
  const remedy = "Build the functions (npm run build) or name the folder of their zips with --functions.";
  if (config.zipPath === undefined) {
    return {
      code: "function.zip-missing",
      message: `No zip was found for function ${config.functionName}.`,
      place,
      remedy,
    };
  }
  let zip: Uint8Array;
  try {
    zip = await readFile(config.zipPath);
  } catch (error) {
    return { code: "function.zip-missing", message: `The zip cannot be read: ${messageOf(error)}`, place, remedy };
  }
  try {
    let unpackedBytes = 0;
    const files = unzipSync(zip, {
      filter: ({ originalSize }) => {
        unpackedBytes += originalSize;
        if (unpackedBytes > MAX_UNPACKED_BYTES) throw new Error(`it unpacks to more than ${MAX_UNPACKED_BYTES} bytes`);
        return true;
      },
    });
    for (const [name, content] of Object.entries(files)) await writeEntry(taskRoot, name, content);
    return undefined;
  } catch (error) {
    return {
      code: "function.zip-unreadable",
      message: `The zip cannot be unpacked: ${messageOf(error)}`,
      place,
      remedy,
    };
  }
}

/**
 * Lambda's Node.js runtimes bring the AWS SDK along: a package without it still finds it. A folder above the task root does the same
 * here, for as many clients as `sdkModulesFolder` holds.
 */
export async function provideSdk(functionsFolder: string, sdkModulesFolder: string): Promise<void> {
  const modules = join(functionsFolder, "node_modules");
  await mkdir(modules, { recursive: true });
  for (const scope of ["@aws-sdk", "@smithy"])
    await symlink(join(sdkModulesFolder, scope), join(modules, scope), "dir");
}

async function writeEntry(taskRoot: string, name: string, content: Uint8Array): Promise<void> {
  const path = resolve(taskRoot, name);
  if (!path.startsWith(resolve(taskRoot) + sep)) throw new Error(`entry ${name} lies outside of the package`);
  if (name.endsWith("/")) {
    await mkdir(path, { recursive: true });
    return;
  }
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
}
