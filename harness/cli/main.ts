import { CommanderError } from "commander";
import { CannotRun } from "../model/errors.ts";
import { learnSecrets, secretsOf } from "../run/known-secrets.ts";
import { printProblem } from "../run/print-problem.ts";
import { createProgram } from "./program.ts";

/** The command line's end: the one place that decides the process' exit code. */
try {
  learnSecrets(secretsOf(process.env));
  process.exitCode = await createProgram().run(process.argv);
} catch (error) {
  process.exitCode = exitCodeOf(error);
}

function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 3;
  if (error instanceof CannotRun) printProblem(error.problem, process.stderr);
  else
    printProblem(
      {
        code: "harness.defect",
        message: error instanceof Error ? (error.stack ?? error.message) : String(error),
        place: "stackproof itself",
        remedy: "Report this with the lines above; nothing is known about the stack.",
      },
      process.stderr,
    );
  return 3;
}
