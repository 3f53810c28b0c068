import { Argument, Command, InvalidArgumentError, Option } from "commander";
import type { ExitCode } from "../model/errors.ts";
import { knownSecrets } from "../run/known-secrets.ts";
import type { CanaryOptions } from "./canary/canary-options.ts";
import type { ChecksOptions } from "./checks.ts";
import type { Shell } from "./completion.ts";
import { HELP_AFTER } from "./help-text.ts";
import type { InitOptions } from "./init.ts";
import type { LoadOptions } from "./load/load-options.ts";
import { parseCount, parseDurationMs, parseRate, parseUsd } from "./load/units.ts";
import type { PolicyOptions } from "./policy.ts";
import type { ReportOptions } from "./report.ts";
import type { VerifyOptions } from "./verify-options.ts";

/** The commands and their options. Each command's code is loaded when it runs, so that help is quick. */
export function createProgram(): { run(argv: readonly string[]): Promise<ExitCode> } {
  let exitCode: ExitCode = 0;
  const ends = <Arguments extends unknown[]>(action: (...args: Arguments) => Promise<ExitCode>) => {
    return async (...args: Arguments) => {
      exitCode = await action(...args);
    };
  };
  const program = new Command("stackproof")
    .description(
      "After terraform apply, proves that the deployed AWS stack works: every event that goes in comes out once.",
    )
    .version("0.1.0")
    .exitOverride()
    .configureOutput({ writeErr: (text) => process.stderr.write(knownSecrets.text(text)) })
    .showHelpAfterError("(add --help for the options)")
    .addHelpText("after", HELP_AFTER.stackproof);

  addTargetOptions(program.command("verify"))
    .description("send tagged events in at every entry, follow each to its sink, and say what is cut")
    .option("--scenarios <file>", "your own scenarios (.ts, .mjs or .json; default: one for each pipeline)")
    .addHelpText("after", HELP_AFTER.verify)
    .action(ends(async (options: VerifyOptions) => (await import("./verify.ts")).verify(options)));

  addTargetOptions(program.command("canary"))
    .description("send one event in at every entry, and judge the run with those before it; for a schedule in CI")
    .option("--history <file>", "NDJSON of the runs before; this one is added to it")
    .option("--acknowledge <file>", "JSON of failures that are known, and until when")
    .option("--canary <file>", "your own scenarios and objectives (.ts, .mjs or .json)")
    .addHelpText("after", HELP_AFTER.canary)
    .action(ends(async (options: CanaryOptions) => (await import("./canary/canary.ts")).canary(options)));

  addLoadOptions(addTargetOptions(program.command("load")))
    .description("put load on the entries, account for every event, and find how much the stack carries")
    .addHelpText("after", HELP_AFTER.load)
    .action(ends(async (options: LoadOptions) => (await import("./load/load.ts")).load(options)));

  program
    .command("analyze")
    .description("judge a run again from its journal alone, with no AWS call, and write its reports anew")
    .argument("<run>", "folder of a run (reports/latest) or its journal.ndjson")
    .option("--json", "print the report as JSON on standard output")
    .addHelpText("after", HELP_AFTER.analyze)
    .action(
      ends(async (run: string, options: { json?: true }) => (await import("./analyze.ts")).analyze(run, options)),
    );

  program
    .command("init")
    .description("write a pipelines file for a stack of your own, from its Terraform folder or state")
    .argument("<path>", "Terraform folder, or JSON of terraform show -json")
    .option("--out <file>", "where to write it", "stackproof.pipelines.ts")
    .option("--force", "write over a file that is there")
    .addHelpText("after", HELP_AFTER.init)
    .action(ends(async (path: string, options: InitOptions) => (await import("./init.ts")).init(path, options)));

  program
    .command("report")
    .description("print what a run found, or open its page")
    .argument("[run]", "folder, journal or id of a run", "reports/latest")
    .addOption(new Option("--format <kind>", "how to print it").choices(["text", "markdown", "json"]).default("text"))
    .option("--open", "open report.html in a browser")
    .addHelpText("after", HELP_AFTER.report)
    .action(ends(async (run: string, options: ReportOptions) => (await import("./report.ts")).report(run, options)));

  program
    .command("compare")
    .description("say what changed from one run to another, and how sure that is")
    .argument("<before>", "folder, journal or id of a run")
    .argument("<after>", "folder, journal or id of a run")
    .option("--json", "as JSON")
    .addHelpText("after", HELP_AFTER.compare)
    .action(
      ends(async (before: string, after: string, options: { json?: true }) =>
        (await import("./compare.ts")).compare(before, after, options),
      ),
    );

  program
    .command("checks")
    .description("print the catalogue of checks: code, title, what breaks, what is read, remedy")
    .option("--json", "as JSON")
    .option("--markdown", "as the page harness/checks/CATALOGUE.md")
    .addHelpText("after", HELP_AFTER.checks)
    .action(ends(async (options: ChecksOptions) => (await import("./checks.ts")).checks(options)));

  program
    .command("policy")
    .description("print the least IAM policy that a complete verify, or load, of a deployment needs")
    .option("--deployment <path>", "as for verify (default: the applied stack/, or the snapshot of it)")
    .option("--pipelines <file>", "the pipelines of your own stack")
    .addOption(new Option("--for <what>", "what it must suffice for").choices(["verify", "load"]).default("verify"))
    .addHelpText("after", HELP_AFTER.policy)
    .action(ends(async (options: PolicyOptions) => (await import("./policy.ts")).policy(options)));

  program
    .command("twin")
    .description("run the twin of a stack on this machine until Ctrl-C, and print how to reach it")
    .argument("[state]", "JSON of terraform show -json (default: the snapshot of stack/ kept with stackproof)")
    .addOption(functionsOption())
    .addOption(faultsOption())
    .addOption(limitsOption())
    .addOption(twinDelaysOption())
    .addOption(new Option("--port <number>", "port of the AWS endpoint (default: a free one)").argParser(parsePort))
    .addHelpText("after", HELP_AFTER.twin)
    .action(
      ends(async (state: string | undefined, options: Parameters<typeof import("./twin.ts").twin>[1]) =>
        (await import("./twin.ts")).twin(state, options),
      ),
    );

  program
    .command("completion")
    .description("print a script that completes commands and options in a shell")
    .addArgument(new Argument("<shell>", "which shell").choices(["bash", "zsh", "fish"]))
    .addHelpText("after", HELP_AFTER.completion)
    .action(
      ends(async (shell: Shell) => {
        const { completionScript } = await import("./completion.ts");
        process.stdout.write(completionScript(program, shell));
        return 0;
      }),
    );

  return {
    async run(argv) {
      await program.parseAsync(argv);
      return exitCode;
    },
  };
}

function addLoadOptions(command: Command): Command {
  return command
    .option("--loads <file>", "your own loads (.ts, .mjs or .json)")
    .addOption(new Option("--profile <kind>", "shape of the load").choices(["steady", "ramp", "spike", "search"]))
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

function addTargetOptions(command: Command): Command {
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

function functionsOption(): Option {
  return new Option("--functions <dir>", "folder of built zips, where the state's own file names do not resolve");
}

function faultsOption(): Option {
  return new Option("--faults <file>", "JSON of faults for the twin to plant");
}

function limitsOption(): Option {
  return new Option("--limits <file>", "JSON of service limits for the twin in the place of AWS' own");
}

function twinDelaysOption(): Option {
  return new Option("--twin-delays <how>", "how late the twin shows metrics and logs")
    .choices(["quick", "aws"])
    .default("quick");
}

function collectConnectTo(
  value: string,
  previous: Readonly<Record<string, string>> | undefined,
): Record<string, string> {
  const at = value.indexOf("=");
  const host = value.slice(0, at);
  const url = value.slice(at + 1);
  if (at < 1 || !URL.canParse(url) || !/^https?:/.test(url))
    throw new InvalidArgumentError("It must look like my-alb.elb.amazonaws.com=http://127.0.0.1:8080.");
  return { ...previous, [host]: url };
}

function parseSeconds(value: string): number {
  const seconds = Number(value);
  if (!Number.isFinite(seconds) || seconds <= 0)
    throw new InvalidArgumentError("It must be a number of seconds above 0.");
  return seconds;
}

function parsePort(value: string): number {
  const port = Number(value);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new InvalidArgumentError("It must be a port from 0 to 65535.");
  return port;
}
