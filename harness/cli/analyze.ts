import { dirname } from "node:path";
import { readJournal } from "../journal/reader.ts";
import type { ExitCode } from "../model/errors.ts";
import { exitCodeOf } from "../run/exit-code.ts";
import { judge } from "../run/judge.ts";
import { publish } from "./publish.ts";
import { journalOf } from "./recorded-run.ts";

/** `stackproof analyze`: re-evaluates a recorded run from its journal and regenerates its reports. Needs no network. */
export async function analyze(run: string, options: { readonly json?: true }): Promise<ExitCode> {
  const path = journalOf(run);
  const report = judge(readJournal(path));
  await publish(report, dirname(path), options.json === true);
  return exitCodeOf(report);
}
