import { type Command, Option } from "commander";
import { PROFILES } from "./load/load-options.ts";
import { collectConnectTo, parseCount, parseDurationMs, parseRate, parseSeconds, parseUsd } from "./option-values.ts";

/** The options of `load` alone. */
export function addLoadOptions(command: Command): Command {
  return command
    .option("--loads <file>", "your own loads (.ts, .mjs or .json)")
    .addOption(new Option("--profile <kind>", "shape of the load").choices(PROFILES))
    .option("--rate <rate>", "events per second (500/s); of a search, the highest to try", parseRate)
    .option("--duration <time>", "how long a set load lasts (60s)", parseDurationMs)
    .option("--step <time>", "how long a step of a search lasts (8s)", parseDurationMs)
    .option("--budget <time>", "most time under load of a search (90s)", parseDurationMs)
    .option("--target <rate>", "rate to recommend settings for (2500/s)", parseRate)
    .option("--batch <events>", "events in each request", parseCount)
    .option("--body-bytes <bytes>", "pad each event to this size", parseCount)
    .option("--workers <threads>", "sender threads; of another engine, its processes", parseCount)
    .option("--saturate", "before each load, 10 s of closed loop: as fast as the answers come")
    .option("--connections <number>", "of the closed loop (32)", parseCount)
    .addOption(
      new Option("--engine <name>", "send with another load generator, run through npx").choices(["artillery"]),
    )
    .option("--fargate <containers>", "let Artillery's Fargate runner send, from so many containers", parseCount)
    .option("--dry-run", "write what the engine would be given, print its commands, and run nothing")
    .option("--max-rate <rate>", "allow rates above the ceiling of 2000/s", parseRate)
    .option("--max-duration <time>", "allow load for longer than 15m", parseDurationMs)
    .option("--max-cost <usd>", "allow a run that may cost more than $1", parseUsd)
    .option("--no-proof", "do not run the recommendation on a twin of its own");
}

/** The options that `verify`, `canary` and `load` share. */
export function addTargetOptions(command: Command): Command {
  return command
    .option("--deployment <path>", "JSON of terraform output -json or terraform show -json, or a Terraform folder")
    .option("--pipelines <file>", "the pipelines of your own stack (.ts, .mjs or .json)")
    .option("--twin [state]", "verify the twin of this terraform show -json (default: the snapshot of stack/)")
    .addOption(functionsOption())
    .addOption(faultsOption())
    .addOption(limitsOption())
    .addOption(twinDelaysOption())
    .option("--caller-policy <file>", "IAM policy of the person who verifies the twin (default: an administrator)")
    .addOption(
      new Option("--connect-to <host=url>", "connect to URL where HOST is meant; repeatable").argParser(
        collectConnectTo,
      ),
    )
    .option("--only <glob>", "only these scenarios, or only findings with these codes")
    .addOption(
      new Option("--wait <seconds>", "wait no longer than this for anything to appear").argParser(parseSeconds),
    )
    .option("--json", "print the report as JSON on standard output, and nothing else there")
    .option("--out <dir>", "folder for the run's files", "reports");
}

export function functionsOption(): Option {
  return new Option("--functions <dir>", "folder of built zips, where the state's own file names do not resolve");
}

export function faultsOption(): Option {
  return new Option("--faults <file>", "JSON of faults for the twin to plant");
}

export function limitsOption(): Option {
  return new Option("--limits <file>", "JSON of service limits for the twin in the place of AWS' own");
}

export function twinDelaysOption(): Option {
  return new Option("--twin-delays <how>", "how late the twin shows metrics and logs")
    .choices(["quick", "aws"])
    .default("quick");
}
