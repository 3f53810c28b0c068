import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { type Report, reportSchema } from "../model/report.ts";
import { FUNCTIONS, stackproof, temporaryFolder } from "../testing/stackproof.ts";
import { snapshotWith } from "../testing/state.ts";
import type { Variant } from "./variant.ts";

export interface VariantRun {
  readonly exitCode: number | null;
  /** Undefined where the run could not start; `stderr` then says why. */
  readonly report: Report | undefined;
  readonly stderr: string;
  readonly durationMs: number;
}

/** The build that makes the zips which are there: for all variants that are not about building, and quicker than bundling twice. */
const COPY = ["cp", ...["ingest", "processor", "content"].map((name) => join(FUNCTIONS, `${name}.zip`))];

/**
 * How long a broken variant is waited for: what arrives takes a second or two on the twin, and what does not arrive is waited for in
 * full. Healthy ones have the whole time, since their waits end when everything was seen.
 */
export const ABSENT_AFTER_SECONDS = 5;

/** Verifies a twin of the variant by the command line, as a process of its own. Leaves nothing behind. */
export async function runVariant(variant: Variant, waitSeconds?: number): Promise<VariantRun> {
  const folder = temporaryFolder();
  const startMs = performance.now();
  try {
    const state = folder.write("state.json", snapshotWith(...variant.changes));
    variant.functions?.(folder.path);
    const { exitCode, stdout, stderr } = await stackproof(
      [
        "verify",
        "--json",
        ...["--twin", state, "--functions", variant.functions === undefined ? FUNCTIONS : folder.path],
        ...["--out", join(folder.path, "reports")],
        ...(waitSeconds === undefined ? [] : ["--wait", String(waitSeconds)]),
        ...(variant.only === undefined ? [] : ["--only", variant.only]),
      ],
      { env: { ...process.env, STACKPROOF_BUILD: (variant.build ?? COPY).join(" ") } },
    );
    const report = stdout === "" ? undefined : reportSchema.parse(JSON.parse(stdout));
    return { exitCode, report, stderr, durationMs: performance.now() - startMs };
  } finally {
    folder.remove();
  }
}
