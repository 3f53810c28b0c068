import { fileURLToPath } from "node:url";
import type { BrokenVariant, Failures } from "../../../failures/variant.ts";

const BUILD = fileURLToPath(new URL("../../../failures/testing/unstable-build.mjs", import.meta.url));
const variant = (way: string, kind: string): BrokenVariant => ({
  way,
  changes: [],
  cause: "two different hashes",
  build: [process.execPath, BUILD, kind],
});

export const failures: Failures = {
  variants: [
    variant("the zip holds the time of the build", "time"),
    { ...variant("the zip holds the folder of the build", "folder"), only: "alb-*" },
    { ...variant("the zip holds a file that is new with each build", "extra-file"), only: "alb-*" },
  ],
};
