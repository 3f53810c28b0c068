import { RULES } from "../checks/catalogue/index.ts";
import { createClients } from "../deployment/clients.ts";
import type { ExitCode } from "../model/errors.ts";
import { selectOnly } from "../policy/only.ts";
import { checkCaller } from "../run/check-caller.ts";
import { exitCodeOf } from "../run/exit-code.ts";
import { onInterrupt } from "../run/interrupt.ts";
import { runAndJudge } from "../run/run-and-judge.ts";
import type { Reached } from "../run/target.ts";
import { loadScenarios } from "./load-scenarios.ts";
import { showProgress } from "./progress.ts";
import { pointLatestAt, publish } from "./publish.ts";
import { terraformSide } from "./terraform-side.ts";
import type { VerifyOptions } from "./verify-options.ts";

/** Proves the scenarios on a target that is reached, writes the reports, and says how it went. */
export async function verifyReached(reached: Reached, options: VerifyOptions): Promise<ExitCode> {
  const longestWaitMs = options.wait === undefined ? reached.longestWaitMs : options.wait * 1000;
  const { scenarios, neededOutputs } = await loadScenarios(reached.deployment, options, longestWaitMs);
  const selection = selectOnly(
    scenarios,
    options.only,
    RULES.map(({ code }) => code),
  );
  const { region } = reached.deployment;
  const clients = createClients({ region, ...reached.endpoint, caFile: process.env["AWS_CA_BUNDLE"] });
  const interrupt = onInterrupt();
  try {
    const identityError = await checkCaller(clients, reached);
    const { report, folder } = await runAndJudge(reached, {
      kind: "verify",
      selection,
      terraform: terraformSide(reached, neededOutputs, process.env, interrupt.signal),
      clients,
      interrupt,
      out: options.out,
      identityError,
      longestWaitMs,
      showProgress,
    });
    pointLatestAt(folder);
    await publish(report, folder, options.json === true);
    return exitCodeOf(report);
  } finally {
    interrupt.stop();
    clients.close();
  }
}
