import type { Problem } from "../model/errors.ts";
import { knownSecrets } from "./known-secrets.ts";

/** The parser's error shows a piece of the file, which may be secret: `"DB_PASSWOR"... is not valid JSON`. */
const FILE_SNIPPET = /,? (?:\.\.\.)?"[\s\S]*"(?:\.\.\.)? is not valid JSON/;

/** Says what happened, where, and what to do, on three lines for people, without any secret. */
export function printProblem(problem: Problem, stream: { write(text: string): unknown }): void {
  const message = problem.message.replace(FILE_SNIPPET, " not valid JSON");
  stream.write(
    knownSecrets.text(
      `stackproof could not run: ${problem.code}\n  what:  ${message}\n  where: ${problem.place}\n  do:    ${problem.remedy}\n`,
    ),
  );
}
