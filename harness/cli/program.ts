import { Argument, Command, Option } from "commander";
import type { ExitCode } from "../model/errors.ts";
import { knownSecrets } from "../run/known-secrets.ts";
import type { CanaryOptions } from "./canary/canary.ts";
import type { ChecksOptions } from "./checks.ts";
import type { Shell } from "./completion.ts";
import { HELP_AFTER } from "./help-text.ts";
import type { InitOptions } from "./init.ts";
import { checkLoadOptions, type LoadOptions } from "./load/load-options.ts";
import { parsePort } from "./option-values.ts";
import type { PolicyOptions } from "./policy.ts";
import type { ReportOptions } from "./report.ts";
import type { Run, RunOptions } from "./run-command.ts";
import {
  addLoadOptions,
  addTargetOptions,
  faultsOption,
  functionsOption,
  limitsOption,
  twinDelaysOption,
} from "./run-options.ts";
import type { VerifyOptions } from "./verify.ts";

/** Makes a commander action of a command: what the command returns becomes the exit code of the program. */
type Ends = <Arguments extends unknown[]>(
  action: (...args: Arguments) => Promise<ExitCode>,
) => (...args: Arguments) => Promise<void>;

/** The commands and their options. Each command's code is loaded when it runs, so that help is quick. */
export function createProgram(): { run(argv: readonly string[]): Promise<ExitCode> } {
  let exitCode: ExitCode = 0;
  const ends: Ends =
    (action) =>
    async (...args) => {
      exitCode = await action(...args);
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
  addRunCommands(program, ends);
  addCommandsForRuns(program, ends);
  addCommandsForStacks(program, ends);
  return {
    async run(argv) {
      await program.parseAsync(argv);
      return exitCode;
    },
  };
}

/** What runs against a target. */
function addRunCommands(program: Command, ends: Ends): void {
  const runs = <Options extends RunOptions>(loadRun: () => Promise<Run<Options>>, check?: (options: Options) => void) =>
    ends(async (options: Options) => {
      check?.(options);
      return (await import("./run-command.ts")).runCommand(options, loadRun);
    });

  addTargetOptions(program.command("verify"))
    .description("send tagged events in at every entry, follow each to its sink, and say what is cut")
    .option("--scenarios <file>", "your own scenarios (.ts, .mjs or .json; default: one for each pipeline)")
    .addHelpText("after", HELP_AFTER.verify)
    .action(runs<VerifyOptions>(async () => (await import("./verify.ts")).verify));

  addTargetOptions(program.command("canary"))
    .description("send one event in at every entry, and judge the run with those before it; for a schedule in CI")
    .option("--history <file>", "NDJSON of the runs before; this one is added to it")
    .option("--acknowledge <file>", "JSON of failures that are known, and until when")
    .option("--canary <file>", "your own scenarios and objectives (.ts, .mjs or .json)")
    .addHelpText("after", HELP_AFTER.canary)
    .action(runs<CanaryOptions>(async () => (await import("./canary/canary.ts")).canary));

  addLoadOptions(addTargetOptions(program.command("load")))
    .description("put load on the entries, account for every event, and find how much the stack carries")
    .addHelpText("after", HELP_AFTER.load)
    .action(runs<LoadOptions>(async () => (await import("./load/load.ts")).load, checkLoadOptions));
}

/** What works with runs that are over, and `init`, which the help lists among them. */
function addCommandsForRuns(program: Command, ends: Ends): void {
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
    .argument("[run]", "folder, id, journal or report.json of a run", "reports/latest")
    .addOption(new Option("--format <kind>", "how to print it").choices(["text", "markdown", "json"]).default("text"))
    .option("--open", "open report.html in a browser")
    .addHelpText("after", HELP_AFTER.report)
    .action(ends(async (run: string, options: ReportOptions) => (await import("./report.ts")).report(run, options)));

  program
    .command("compare")
    .description("say what changed from one run to another, and how sure that is")
    .argument("<before>", "folder, id, journal or report.json of a run")
    .argument("<after>", "folder, id, journal or report.json of a run")
    .option("--json", "as JSON")
    .addHelpText("after", HELP_AFTER.compare)
    .action(
      ends(async (before: string, after: string, options: { json?: true }) =>
        (await import("./compare.ts")).compare(before, after, options),
      ),
    );
}

/** What needs no run. */
function addCommandsForStacks(program: Command, ends: Ends): void {
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
}
