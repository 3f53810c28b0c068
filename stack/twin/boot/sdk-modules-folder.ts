import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The nearest `node_modules` above the program that holds the AWS SDK, as Lambda's Node.js runtimes bring it along. */
export function sdkModulesFolder(moduleUrl: string): string | undefined {
  let folder = dirname(fileURLToPath(moduleUrl));
  for (;;) {
    const modules = join(folder, "node_modules");
    if (existsSync(join(modules, "@aws-sdk"))) return modules;
    const parent = dirname(folder);
    if (parent === folder) return undefined;
    folder = parent;
  }
}
