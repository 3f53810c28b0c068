import { join } from "node:path";
import { build } from "esbuild";
import { expect, it } from "vitest";
import { packageRoot } from "../../deployment/package-root.ts";

const MOST_BYTES = 40_000;

/** Each thread loads the bundle anew while the load is about to start; zod alone would make it ten times as large. */
it("the sender's thread is a small bundle of this repository's own files: no package is in it, zod least of all", async () => {
  const { metafile } = await build({
    absWorkingDir: packageRoot(),
    entryPoints: [join("harness", "inject", "load", "worker.ts")],
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20",
    write: false,
    outfile: "worker.mjs",
    metafile: true,
  });
  expect(Object.keys(metafile.inputs).filter((path) => !path.startsWith("harness/"))).toEqual([]);
  expect(metafile.outputs["worker.mjs"]?.bytes).toBeLessThan(MOST_BYTES);
});
