import { readDeployment } from "../deployment/deployment.ts";
import { bootTwin } from "../deployment/twin-process.ts";
import type { ExitCode } from "../model/errors.ts";
import { onInterrupt } from "../run/interrupt.ts";
import { twinPaths } from "../run/target.ts";
import { TWIN_DELAYS } from "../run/twin-delays.ts";

export interface TwinCommandOptions {
  readonly functions?: string;
  readonly faults?: string;
  readonly limits?: string;
  readonly twinDelays: keyof typeof TWIN_DELAYS;
  readonly port?: number;
}

/** `stackproof twin`: keeps a twin running until Ctrl-C, and prints the variables and hosts that lead to it. */
export async function twin(state: string | undefined, options: TwinCommandOptions): Promise<ExitCode> {
  const { functions, faults: faultsFile, limits: limitsFile, port } = options;
  const paths = twinPaths({
    ...(state === undefined ? {} : { twin: state }),
    ...(functions === undefined ? {} : { functions }),
  });
  const deployment = readDeployment(paths.stateFile, process.env);
  const interrupt = onInterrupt();
  const running = await bootTwin({
    ...paths,
    faultsFile,
    limitsFile,
    port,
    ...TWIN_DELAYS[options.twinDelays].delays,
  });
  const lines = [
    `# The twin of ${deployment.source} runs, account ${running.accountId}, ${running.region}. Ctrl-C ends it.`,
    ...Object.entries(running.env).map(([name, value]) => `export ${name}=${value}`),
    `# stackproof verify --deployment ${deployment.source} \\`,
    ...Object.entries(running.connectTo).map(([host, url]) => `#   --connect-to ${host}=${url} \\`),
    ...running.notes.map((note) => `# note: ${note}`),
  ];
  process.stdout.write(`${lines.join("\n").replace(/ \\(?=\n# note|$)/, "")}\n`);
  await new Promise<void>((resolve) => interrupt.signal.addEventListener("abort", () => resolve(), { once: true }));
  await running.stop();
  interrupt.stop();
  return 0;
}
