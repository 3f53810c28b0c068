import { closeSync, openSync, readSync } from "node:fs";
import { CannotRun } from "../model/errors.ts";
import type { Fact } from "../model/fact.ts";
import { factSchema } from "../model/fact.ts";

/**
 * The facts of a journal. A last line without its end (the process was killed while writing) is left out;
 * any other line that is no fact throws `CannotRun` with its line number.
 */
export function readJournal(path: string): Fact[] {
  const facts: Fact[] = [];
  let hasUnfinished = false;
  for (const { line, isWhole } of linesOf(path)) {
    if (isWhole) facts.push(parseLine(line, path, facts.length + 1));
    else hasUnfinished = true;
  }
  if (facts.length === 0)
    throw new CannotRun({
      code: "journal.empty",
      message: hasUnfinished ? "The journal holds no whole line" : "The journal is empty",
      place: path,
      remedy: "Name a run that wrote its journal, or run verify again.",
    });
  return facts;
}

const CHUNK_BYTES = 1 << 20;
const LINE_FEED = 0x0a;

/** Line by line, so that a journal of a load run is never in memory as one text next to its facts. */
function* linesOf(path: string): Generator<{ readonly line: string; readonly isWhole: boolean }> {
  const file = openToRead(path);
  try {
    const chunk = Buffer.alloc(CHUNK_BYTES);
    let rest: Buffer = Buffer.alloc(0);
    for (let length = readSync(file, chunk); length > 0; length = readSync(file, chunk)) {
      const bytes = rest.length === 0 ? chunk.subarray(0, length) : Buffer.concat([rest, chunk.subarray(0, length)]);
      let start = 0;
      for (let end = bytes.indexOf(LINE_FEED); end >= 0; end = bytes.indexOf(LINE_FEED, start)) {
        yield { line: bytes.toString("utf8", start, end), isWhole: true };
        start = end + 1;
      }
      rest = Buffer.from(bytes.subarray(start));
    }
    if (rest.length > 0) yield { line: rest.toString("utf8"), isWhole: false };
  } finally {
    closeSync(file);
  }
}

function openToRead(path: string): number {
  try {
    const file = openSync(path, "r");
    // A folder opens, and only reading it fails.
    readSync(file, Buffer.alloc(1), 0, 1, 0);
    return file;
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
