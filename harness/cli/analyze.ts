import { statSync } from "node:fs";
import { dirname, join } from "node:path";
import { readJournal } from "../journal/reader.ts";
import type { ExitCode } from "../model/errors.ts";
import { exitCodeOf } from "../run/exit-code.ts";
import { judge } from "../run/judge.ts";
import { publish } from "./publish.ts";

/** `stackproof analyze`: judges a run again from its journal, and writes its reports anew. Needs no network. */
export async function analyze(run: string, options: { readonly json?: true }): Promise<ExitCode> {
  const path = isFolder(run) ? join(run, "journal.ndjson") : run;
  const report = judge(readJournal(path));
  await publish(report, dirname(path), options.json === true);
  return exitCodeOf(report);
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
