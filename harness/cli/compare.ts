import picocolors from "picocolors";
import { compareRuns } from "../compare/compare-runs.ts";
import { readJournal } from "../journal/reader.ts";
import type { ExitCode } from "../model/errors.ts";
import { renderComparison } from "../report/comparison-text.ts";
import { judge } from "../run/judge.ts";
import { latencySamples } from "../run/latency-samples.ts";
import { journalOf } from "./run-folder.ts";

/** `stackproof compare`: what changed from one run to another, with how sure that is. 1 where something got worse. */
export async function compare(before: string, after: string, options: { readonly json?: true }): Promise<ExitCode> {
  const [first, second] = [before, after].map((run) => {
    const facts = readJournal(journalOf(run));
    return { report: judge(facts), latencies: latencySamples(facts) };
  });
  if (first === undefined || second === undefined) return 3;
  const changes = compareRuns(first, second);
  const ids = { before: first.report.run.id, after: second.report.run.id };
  if (options.json === true) process.stdout.write(`${JSON.stringify({ ...ids, changes }, null, 2)}\n`);
  else {
    const colours = picocolors.createColors(process.stdout.isTTY === true && picocolors.isColorSupported);
    process.stdout.write(renderComparison(ids, changes, colours));
  }
  return changes.some(({ direction }) => direction === "worse") ? 1 : 0;
}
