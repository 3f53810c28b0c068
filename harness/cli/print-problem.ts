import type { Problem } from "../model/errors.ts";

/** Says what happened, where, and what to do, on three lines for people. */
export function printProblem(problem: Problem, stream: { write(text: string): unknown }): void {
  stream.write(
    `stackproof could not run: ${problem.code}\n  what:  ${problem.message}\n  where: ${problem.place}\n  do:    ${problem.remedy}\n`,
  );
}
