import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { CannotRun } from "../model/errors.ts";

/**
 * The journal of a run that was named by its folder, its journal, or its id in the folder of reports.
 * @throws CannotRun `run.absent`.
 */
export function journalOf(run: string, reports = "reports"): string {
  const candidates = [run, join(run, "journal.ndjson"), join(reports, run, "journal.ndjson")];
  const found = candidates.find((path) => existsSync(path) && statSync(path).isFile());
  if (found !== undefined) return found;
  throw new CannotRun({
    code: "run.absent",
    message: `There is no run ${run}`,
    place: candidates.join(", "),
    remedy: "Name the folder of a run (reports/latest), or make one with stackproof verify.",
  });
}
