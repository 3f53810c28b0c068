import { readFileSync } from "node:fs";
import { CannotRun } from "../model/errors.ts";
import type { Fact } from "../model/fact.ts";
import { factSchema } from "./fact-schema.ts";

/**
 * The facts of a journal. A last line without its end (the process was killed while writing) is left out;
 * any other line that is no fact throws `CannotRun` with its line number.
 */
export function readJournal(path: string): Fact[] {
  const lines = readText(path).split("\n");
  const unfinished = lines.pop();
  if (lines.length === 0)
    throw new CannotRun({
      code: "journal.empty",
      message: unfinished ? "The journal holds no whole line" : "The journal is empty",
      place: path,
      remedy: "Name a run that wrote its journal, or run verify again.",
    });
  return lines.map((line, index) => parseLine(line, path, index + 1));
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new CannotRun({
      code: "journal.unreadable",
      message: `There is no journal to read: ${error instanceof Error ? error.message : String(error)}`,
      place: path,
      remedy: "Name the folder of a run (reports/<run id> or reports/latest) or its journal.ndjson.",
    });
  }
}

function parseLine(line: string, path: string, lineNumber: number): Fact {
  const place = `${path}, line ${lineNumber}`;
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw notAFact(place, "it is not JSON");
  }
  const parsed = factSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw notAFact(place, `field ${issue?.path.join(".") ?? ""}: ${issue?.message ?? "invalid"}`);
}

function notAFact(place: string, reason: string): CannotRun {
  return new CannotRun({
    code: "journal.not-a-fact",
    message: `A line of the journal is no fact: ${reason}`,
    place,
    remedy: "The journal was changed, or was written by another version of stackproof.",
  });
}
