import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";

/** A function's package as Lambda describes it. */
export interface FunctionPackage {
  /** SHA-256 of the zip, base64. */
  readonly codeSha256: string;
  readonly codeSizeBytes: number;
}

/** The packages that the twin runs; undefined for a function that it does not run (another runtime, a container). */
export interface FunctionPackages {
  packageOf(functionName: string): Promise<FunctionPackage | undefined>;
}

/**
 * Describes the zips on this machine, each read once, when it is first asked for. `zipPathOf` is undefined for a function
 * without a zip here. A zip that cannot be read rejects: the functions could not have booted from it either.
 */
export function packagesOfZips(zipPathOf: (functionName: string) => string | undefined): FunctionPackages {
  const known = new Map<string, Promise<FunctionPackage>>();
  return {
    async packageOf(functionName) {
      const path = zipPathOf(functionName);
      if (path === undefined) return undefined;
      const described = known.get(path) ?? describe(path);
      known.set(path, described);
      return described;
    },
  };
}

async function describe(path: string): Promise<FunctionPackage> {
  const zip = await readFile(path);
  return { codeSha256: createHash("sha256").update(zip).digest("base64"), codeSizeBytes: zip.length };
}
