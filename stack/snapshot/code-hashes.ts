import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { resourcesOf, type State } from "./terraform-json.ts";

/** What an apply of today's packages would record of a function's code. */
interface CodeHash {
  readonly address: string;
  /** Base64 of the SHA-256, as Lambda and `filebase64sha256` give it. */
  readonly sha256: string;
  readonly sizeBytes: number;
}

/** The packages of a state's functions as they are built now, by the file names in the state. */
export async function codeHashes(state: State, stackFolder: string): Promise<CodeHash[]> {
  const functions = [...resourcesOf(state.values.root_module)].filter(({ type }) => type === "aws_lambda_function");
  return Promise.all(
    functions.map(async ({ address, values }) => {
      const content = await readFile(join(stackFolder, z.string().parse(values["filename"])));
      return {
        address,
        sha256: createHash("sha256").update(content).digest("base64"),
        sizeBytes: content.length,
      };
    }),
  );
}

/** Records today's code in a state, as an apply that changes nothing but the code would. */
export function recordCode(state: State, hashes: readonly CodeHash[]): void {
  const byAddress = new Map(hashes.map((hash) => [hash.address, hash]));
  for (const { address, values } of resourcesOf(state.values.root_module)) {
    const hash = byAddress.get(address);
    if (hash === undefined) continue;
    values["code_sha256"] = hash.sha256;
    values["source_code_hash"] = hash.sha256;
    values["source_code_size"] = hash.sizeBytes;
  }
}
