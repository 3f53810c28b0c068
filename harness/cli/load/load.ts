import type { ExitCode } from "../../model/errors.ts";
import { reachTarget } from "../../run/target.ts";
import { checkEngineOptions } from "./engine-options.ts";
import type { LoadOptions } from "./load-options.ts";

/** `stackproof load`: drives the entries open loop, accounts for every event, and says how much the stack carries. */
export async function load(options: LoadOptions): Promise<ExitCode> {
  checkEngineOptions(options);
  const [reached, { loadReached }] = await Promise.all([
    reachTarget(options, process.env),
    import("./load-reached.ts"),
  ]);
  try {
    process.stderr.write(`${reached.announcement}\n`);
    return await loadReached(reached, options);
  } finally {
    await reached.close();
  }
}
