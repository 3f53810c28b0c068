import { parseArgs } from "node:util";
import { type BootResult, bootError } from "../model/boot-error.ts";
import { messageOf } from "../model/text.ts";

/** The command line of the twin's process. */
export interface TwinOptions {
  /** The output of `terraform show -json`. */
  readonly stateFile: string;
  /** The folder of the functions' built zips. */
  readonly functionsFolder: string | undefined;
  readonly faultsFile: string | undefined;
  /** Limits in the place of AWS' own. */
  readonly limitsFile: string | undefined;
  /** The role of the state that the person at the endpoint has; an administrator without it. */
  readonly callerRoleArn: string | undefined;
  /** A policy document that is all the person at the endpoint may do. */
  readonly callerPolicyFile: string | undefined;
  /** Metrics become visible together at the end of each such period… */
  readonly metricPeriodMs: number;
  /** …and this much later. */
  readonly metricDelayMs: number;
  readonly logDelayMs: number;
  /** The port that AWS_ENDPOINT_URL names; 0 takes a free one. */
  readonly port: number;
}

const USAGE =
  "main.mjs --state FILE --functions DIR [--faults FILE] [--limits FILE] [--metric-delay-ms 1000] [--metric-period-ms 1000] " +
  "[--log-delay-ms 200] [--port 0] [--caller-role ARN | --caller-policy FILE]";

/** Reads the arguments; whatever is wrong with them is one error that names the option. */
export function readOptions(args: readonly string[]): BootResult<TwinOptions> {
  let values: Record<string, string | undefined>;
  try {
    values = parseArgs({
      args: [...args],
      options: {
        state: { type: "string" },
        functions: { type: "string" },
        faults: { type: "string" },
        limits: { type: "string" },
        "caller-role": { type: "string" },
        "caller-policy": { type: "string" },
        "metric-delay-ms": { type: "string" },
        "metric-period-ms": { type: "string" },
        "log-delay-ms": { type: "string" },
        port: { type: "string" },
      },
    }).values;
  } catch (cause) {
    const message = messageOf(cause);
    return bootError("options.unknown", message, "command line", `Use: ${USAGE}`);
  }
  const { state, functions: functionsFolder, faults: faultsFile, limits: limitsFile } = values;
  if (state === undefined) {
    return bootError("options.missing", "--state is required.", "command line, --state", `Use: ${USAGE}`);
  }
  const { "caller-role": callerRoleArn, "caller-policy": callerPolicyFile } = values;
  if (callerRoleArn !== undefined && callerPolicyFile !== undefined) {
    const message = "--caller-role and --caller-policy exclude each other.";
    return bootError("options.conflicting", message, "command line, --caller-role", "Leave one of them out.");
  }
  const numbers = {
    metricDelayMs: wholeNumber(values["metric-delay-ms"], 1000, 0, 3_600_000),
    metricPeriodMs: wholeNumber(values["metric-period-ms"], 1000, 1, 60_000),
    logDelayMs: wholeNumber(values["log-delay-ms"], 200, 0, 3_600_000),
    port: wholeNumber(values["port"], 0, 0, 65_535),
  };
  for (const [name, number] of Object.entries(numbers)) {
    if (typeof number === "number") continue;
    const option = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    return bootError(
      "options.invalid",
      `${option} must be ${number.must}.`,
      `command line, ${option}`,
      `Use: ${USAGE}`,
    );
  }
  const { metricDelayMs, metricPeriodMs, logDelayMs, port } = numbers;
  return {
    kind: "ok",
    value: {
      stateFile: state,
      functionsFolder,
      faultsFile,
      limitsFile,
      callerRoleArn,
      callerPolicyFile,
      metricDelayMs: Number(metricDelayMs),
      metricPeriodMs: Number(metricPeriodMs),
      logDelayMs: Number(logDelayMs),
      port: Number(port),
    },
  };
}

function wholeNumber(text: string | undefined, fallback: number, least: number, most: number) {
  if (text === undefined) return fallback;
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= least && number <= most) return number;
  return { must: `a whole number from ${least} to ${most}, not "${text}"` };
}
