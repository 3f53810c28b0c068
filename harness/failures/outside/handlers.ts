import { createHash } from "node:crypto";
import { copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { zipSync } from "fflate";
import { FUNCTIONS } from "../../testing/stackproof.ts";
import { has, output, setValues } from "../../testing/state.ts";
import type { Variant } from "../variant.ts";

export type FunctionName = "ingest" | "processor" | "content";

const NAMES: readonly FunctionName[] = ["ingest", "processor", "content"];

/** One function has other code (and settings), built and applied as it should be: nothing but its behaviour tells. */
export function otherCode(
  of: FunctionName,
  source: string,
  settings: Readonly<Record<string, unknown>> = {},
): Required<Pick<Variant, "changes" | "functions">> {
  const zip = zipSync({ "index.js": new TextEncoder().encode(source) }, { mtime: "2000-01-01" });
  const hash = createHash("sha256").update(zip).digest("base64");
  const isOther = has("function_name", output(`${of}_function_name`));
  return {
    changes: [setValues("aws_lambda_function", { ...settings, code_sha256: hash, source_code_hash: hash }, isOther)],
    functions: (folder) => {
      for (const name of NAMES) copyFileSync(join(FUNCTIONS, `${name}.zip`), join(folder, `${name}.zip`));
      writeFileSync(join(folder, `${of}.zip`), zip);
    },
  };
}
