import type { ExitCode } from "../model/errors.ts";
import type { EndedRun, Publish } from "../run/run-and-judge.ts";
import { type RunTarget, reachTarget, type TargetOptions } from "../run/target.ts";

/** The options that `verify`, `canary` and `load` share; see `--help`. */
export interface RunOptions extends TargetOptions {
  readonly only?: string;
  /** Seconds. */
  readonly wait?: number;
  readonly json?: true;
  readonly out: string;
}

/** Runs against a target; undefined where the options ask for nothing to be run. */
export type Run<Options> = (target: RunTarget, options: Options, publish: Publish) => Promise<EndedRun | undefined>;

/** A command that runs against a target: reaches the target, runs, and writes and prints the reports. */
export async function runCommand<Options extends RunOptions>(
  options: Options,
  loadRun: () => Promise<Run<Options>>,
): Promise<ExitCode> {
  // A twin boots in its own process: the code of the run is loaded meanwhile.
  const [target, run, { pointLatestAt, publish }] = await Promise.all([
    reachTarget(options, process.env),
    loadRun(),
    import("./publish.ts"),
  ]);
  try {
    process.stderr.write(`${target.announcement}\n`);
    const ended = await run(target, options, async ({ report, folder }) => {
      pointLatestAt(folder);
      await publish(report, folder, options.json === true);
    });
    return ended?.exitCode ?? 0;
  } finally {
    await target.close();
  }
}
