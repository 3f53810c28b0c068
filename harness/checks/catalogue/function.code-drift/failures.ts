import { copyFileSync } from "node:fs";
import { join } from "node:path";
import type { Failures } from "../../../failures/variant.ts";
import { FUNCTIONS } from "../../../testing/stackproof.ts";
import { has, output, setValues } from "../../../testing/state.ts";

const ofIngest = has("function_name", output("ingest_function_name"));
const ANOTHER_HASH = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

export const failures: Failures = {
  variants: [
    {
      way: "the code that was applied is not the code that is built",
      changes: [
        setValues("aws_lambda_function", { code_sha256: ANOTHER_HASH, source_code_hash: ANOTHER_HASH }, ofIngest),
      ],
      cause: ANOTHER_HASH,
    },
    {
      way: "somebody deployed other code by hand",
      changes: [setValues("aws_lambda_function", { code_sha256: ANOTHER_HASH }, ofIngest)],
      only: "alb-*",
      cause: ANOTHER_HASH,
    },
    {
      way: "the zip that the function is deployed from is not built",
      changes: [setValues("aws_lambda_function", { filename: "./lambda_function.zip" }, ofIngest)],
      // The twin finds the code all the same, under the function's own name.
      functions: (folder) => {
        for (const name of ["processor", "content"])
          copyFileSync(join(FUNCTIONS, `${name}.zip`), join(folder, `${name}.zip`));
        copyFileSync(join(FUNCTIONS, "ingest.zip"), join(folder, `${output("ingest_function_name")}.zip`));
      },
      cause: "lambda_function.zip",
    },
  ],
};
