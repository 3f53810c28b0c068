import { existsSync } from "node:fs";
import { join, relative } from "node:path";
import type { ClientOptions } from "../deployment/clients.ts";
import { type Deployment, readDeployment } from "../deployment/deployment.ts";
import { packageRoot } from "../deployment/package-root.ts";
import { hasState } from "../deployment/terraform-folder.ts";
import { bootTwin, clientOptionsOf, type TwinOptions } from "../deployment/twin-process.ts";
import { CannotRun } from "../model/errors.ts";
import type { Target } from "../model/fact.ts";
import { knownSecrets, learnSecrets, secretsOf, secretsOfUrls } from "./known-secrets.ts";
import { TWIN_DELAYS } from "./twin-delays.ts";

/** The options that say what to verify; see `--help`. */
export interface TargetOptions {
  readonly deployment?: string;
  readonly pipelines?: string;
  /** `true` for `--twin` without a state. */
  readonly twin?: string | true;
  readonly functions?: string;
  readonly faults?: string;
  readonly limits?: string;
  readonly twinDelays: "quick" | "aws";
  readonly callerPolicy?: string;
  readonly connectTo?: Readonly<Record<string, string>>;
}

/** A deployment, and how to reach it. `close` ends the twin, if there is one. */
export interface RunTarget {
  readonly target: Target;
  readonly deployment: Deployment;
  /** Endpoint and credentials for the SDK clients, unless they come from the environment. */
  readonly endpoint: Pick<ClientOptions, "endpoint" | "credentials">;
  /** Folder of the zips that the twin runs, if there is a twin. */
  readonly functionsFolder: string | undefined;
  readonly connectTo: Readonly<Record<string, string>>;
  /** How long anything may take to show on this target by its own settings; null where only AWS knows. */
  readonly longestWaitMs: number | null;
  /** How long a denied read may be a permission that was only just created; IAM is eventually consistent. */
  readonly graceMs: number;
  readonly announcement: string;
  close(): Promise<void>;
}

/** Finds what to verify by the rules of the command line: an option, else an applied `stack/`, else the embedded twin. */
export async function reachTarget(options: TargetOptions, env: NodeJS.ProcessEnv): Promise<RunTarget> {
  if (options.twin !== undefined && options.deployment !== undefined)
    throw new CannotRun({
      code: "options.conflict",
      message: "Both --twin and --deployment are given, and a run has one target",
      place: "command line",
      remedy: "Leave one away: --twin boots a twin from a state, --deployment names what is deployed.",
    });
  learnSecrets([...secretsOf(env), ...secretsOfUrls([env["AWS_ENDPOINT_URL"]])]);
  const path = options.deployment ?? (options.twin === undefined ? appliedStack() : undefined);
  const target = path === undefined ? await reachTwin(options, env) : reachDeployment(path, options, env);
  return { ...target, announcement: knownSecrets.text(target.announcement) };
}

/** The folder of the reference stack, where something is applied from it. */
export function appliedStack(): string | undefined {
  const folder = join(packageRoot(), "stack");
  return hasState(folder) ? folder : undefined;
}

function reachDeployment(path: string, options: TargetOptions, env: NodeJS.ProcessEnv): RunTarget {
  const ofTwin = [options.faults, options.limits, options.functions, options.callerPolicy];
  if (ofTwin.some((option) => option !== undefined))
    throw new CannotRun({
      code: "options.conflict",
      message:
        "--faults, --limits, --functions and --caller-policy are for the twin, and this run verifies a deployment",
      place: "command line",
      remedy: "Add --twin STATE, or leave them away.",
    });
  const deployment = readDeployment(path, env);
  learnSecrets(deployment.secrets);
  const endpoint = env["AWS_ENDPOINT_URL"];
  const { accountId, region } = deployment;
  return {
    target: { kind: endpoint === undefined ? "aws" : "endpoint", accountId, region, deployment: path },
    deployment,
    endpoint: {},
    functionsFolder: undefined,
    connectTo: options.connectTo ?? {},
    longestWaitMs: null,
    graceMs: 30_000,
    announcement: `Verifying ${path} on ${endpoint === undefined ? "AWS" : endpoint}, account ${accountId}, ${region}.`,
    close: async () => {},
  };
}

async function reachTwin(options: TargetOptions, env: NodeJS.ProcessEnv): Promise<RunTarget> {
  const { delays, longestWaitMs } = TWIN_DELAYS[options.twinDelays];
  const paths = twinPaths(options);
  const deployment = readDeployment(paths.stateFile, env);
  learnSecrets(deployment.secrets);
  const twin = await bootTwin({
    ...paths,
    faultsFile: options.faults,
    limitsFile: options.limits,
    callerPolicyFile: options.callerPolicy,
    ...delays,
  });
  return {
    target: { kind: "twin", accountId: twin.accountId, region: twin.region, deployment: deployment.source },
    deployment,
    endpoint: clientOptionsOf(twin),
    functionsFolder: paths.functionsFolder,
    connectTo: { ...twin.connectTo, ...options.connectTo },
    longestWaitMs,
    graceMs: 0,
    announcement: `Verifying the twin of ${deployment.source} on this machine, not AWS (booted in ${Math.round(twin.bootMs)} ms).`,
    close: () => twin.stop(),
  };
}

/** The state and the zips that a twin boots from: the given ones, else those of stack/. */
export function twinPaths(options: {
  readonly twin?: string | true;
  readonly functions?: string;
}): Pick<TwinOptions, "stateFile" | "functionsFolder"> {
  const stack = join(packageRoot(), "stack");
  const here = (path: string) => {
    const shorter = relative(process.cwd(), path);
    return shorter.startsWith("..") ? path : shorter;
  };
  const stateFile = typeof options.twin === "string" ? options.twin : here(join(stack, "snapshot", "snapshot.json"));
  const functionsFolder = options.functions ?? here(join(stack, "dist"));
  if (!existsSync(functionsFolder))
    throw new CannotRun({
      code: "functions.absent",
      message: "There is no folder of built functions",
      place: functionsFolder,
      remedy: options.functions === undefined ? "Run npm ci." : "Name the folder of built zips with --functions DIR.",
    });
  return { stateFile, functionsFolder };
}
