import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import type { CanaryRun } from "../../model/canary.ts";
import { canaryRunSchema } from "../../model/canary.ts";
import { CannotRun } from "../../model/errors.ts";

/** The newest runs that are kept in memory: enough for every window. */
const MOST_RUNS = 1_000;

/**
 * The runs of one stack that a history file holds, oldest first; none where there is no file yet. A line that a killed run left
 * half written is left out.
 * @throws CannotRun `history.invalid` with file and line, where a line is JSON and no run.
 */
export function readHistory(path: string, stack: string): CanaryRun[] {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, "utf8").split("\n");
  const runs = lines.flatMap((line, index) => {
    if (line.trim() === "") return [];
    const value = parseJson(line);
    if (value === undefined) return [];
    const parsed = canaryRunSchema.safeParse(value);
    if (parsed.success) return [parsed.data];
    throw new CannotRun({
      code: "history.invalid",
      message: `Line ${index + 1} of the history is no run of a canary: ${parsed.error.issues[0]?.message ?? "not JSON"}`,
      place: `${path}, line ${index + 1}${fieldOf(parsed.error.issues[0]?.path)}`,
      remedy: "Remove the line, or name another file with --history.",
    });
  });
  return runs
    .filter((run) => run.stack === stack)
    .sort((left, right) => Date.parse(left.at) - Date.parse(right.at))
    .slice(-MOST_RUNS);
}

/** Adds a run in one write, on a new line even if the file did not end with one. */
export function appendToHistory(path: string, run: CanaryRun): void {
  mkdirSync(dirname(path), { recursive: true });
  const endsCut = existsSync(path) && !/(^|\n)$/.test(readFileSync(path, "utf8").slice(-1));
  appendFileSync(path, `${endsCut ? "\n" : ""}${JSON.stringify(run)}\n`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function fieldOf(path: readonly PropertyKey[] | undefined): string {
  return path === undefined || path.length === 0 ? "" : `, field ${path.map(String).join(".")}`;
}
