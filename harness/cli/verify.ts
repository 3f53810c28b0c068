import type { ExitCode } from "../model/errors.ts";
import { reachTarget } from "../run/target.ts";
import type { VerifyOptions } from "./verify-options.ts";

/** `stackproof verify`: reaches the target, proves its scenarios, writes the reports, and says how it went. */
export async function verify(options: VerifyOptions): Promise<ExitCode> {
  // A twin boots in a process of its own: what the run needs is loaded meanwhile.
  const [reached, { verifyReached }] = await Promise.all([
    reachTarget(options, process.env),
    import("./verify-reached.ts"),
  ]);
  try {
    process.stderr.write(`${reached.announcement}\n`);
    return await verifyReached(reached, options);
  } finally {
    await reached.close();
  }
}
