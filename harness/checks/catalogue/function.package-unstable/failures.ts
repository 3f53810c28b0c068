import { fileURLToPath } from "node:url";
import type { BrokenVariant, Failures } from "../../../failures/variant.ts";

const unstableBuild = (kind: string): readonly [string, ...string[]] => [
  process.execPath,
  fileURLToPath(new URL("../../../failures/testing/unstable-build.mjs", import.meta.url)),
  kind,
];
const variant = (way: string, kind: string): BrokenVariant => ({
  way,
  changes: [],
  only: "alb-*",
  cause: "two different hashes",
  stops: [],
  build: unstableBuild(kind),
});

export const failures: Failures = {
  variants: [
    {
      way: "the zip holds the time of the build",
      changes: [],
      cause: "two different hashes",
      stops: [],
      build: unstableBuild("time"),
    },
    variant("the zip holds the folder of the build", "folder"),
    variant("the zip holds a file that is new with each build", "extra-file"),
  ],
};
