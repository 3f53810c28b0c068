import type { ExitCode } from "../../model/errors.ts";
import { reachTarget } from "../../run/target.ts";
import type { CanaryOptions } from "./canary-options.ts";

/** `stackproof canary`: a few events and the settings, judged with the runs before it, within a hard time and cost budget. */
export async function canary(options: CanaryOptions): Promise<ExitCode> {
  const [reached, { canaryReached }] = await Promise.all([
    reachTarget(options, process.env),
    import("./canary-reached.ts"),
  ]);
  try {
    process.stderr.write(`${reached.announcement}\n`);
    return await canaryReached(reached, options);
  } finally {
    await reached.close();
  }
}
