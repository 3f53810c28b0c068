import picocolors from "picocolors";
import { compareRuns } from "../compare/compare-runs.ts";
import type { ExitCode } from "../model/errors.ts";
import { renderComparison } from "../report/comparison-text.ts";
import { recordedRun } from "./recorded-run.ts";

/** `stackproof compare`: what changed from one run to another, with how sure that is. 1 where something got worse. */
export async function compare(before: string, after: string, options: { readonly json?: true }): Promise<ExitCode> {
  const [first, second] = [recordedRun(before), recordedRun(after)];
  const changes = compareRuns(first, second);
  const ids = { before: first.report.run.id, after: second.report.run.id };
  if (options.json === true) process.stdout.write(`${JSON.stringify({ ...ids, changes }, null, 2)}\n`);
  else {
    const colours = picocolors.createColors(process.stdout.isTTY === true && picocolors.isColorSupported);
    process.stdout.write(renderComparison(ids, changes, colours));
  }
  return changes.some(({ direction }) => direction === "worse") ? 1 : 0;
}
