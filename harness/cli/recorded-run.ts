import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { RULES } from "../checks/catalogue/index.ts";
import type { ComparedRun } from "../compare/compare-runs.ts";
import { readJournal } from "../journal/reader.ts";
import { CannotRun } from "../model/errors.ts";
import type { Severity } from "../model/finding.ts";
import { FINDING_CODES } from "../model/finding-code.ts";
import { readReport } from "../report/read-report.ts";
import { judge } from "../run/judge.ts";
import { latencySamples } from "../run/latency-samples.ts";

/**
 * The journal of a run that was named by its folder, its journal, or its id in the folder of reports.
 * @throws CannotRun `run.absent`.
 */
export function journalOf(run: string): string {
  return fileOf(run, ["journal.ndjson"]);
}

export interface RecordedRun extends ComparedRun {
  /** Where its reports are. */
  readonly folder: string;
}

/**
 * A run as its journal shows it today; where only its report.json is there, of this version or of an earlier one, as that says, and
 * then without the single latencies.
 * @throws CannotRun `run.absent`, `report.invalid`.
 */
export function recordedRun(run: string): RecordedRun {
  const path = fileOf(run, ["journal.ndjson", "report.json"]);
  const folder = dirname(path);
  if (path.endsWith(".json"))
    return { folder, report: readReport(readFileSync(path, "utf8"), path, severityOf), latencies: new Map() };
  const facts = readJournal(path);
  return { folder, report: judge(facts), latencies: latencySamples(facts) };
}

function fileOf(run: string, names: readonly string[]): string {
  const candidates = [run, ...names.flatMap((name) => [join(run, name), join("reports", run, name)])];
  const found = candidates.find((path) => existsSync(path) && statSync(path).isFile());
  if (found !== undefined) return found;
  throw new CannotRun({
    code: "run.absent",
    message: `There is no run ${run}`,
    place: candidates.join(", "),
    remedy: "Name the folder of a run (reports/latest), or make one with stackproof verify.",
  });
}

function severityOf(code: string): Severity {
  const codes: readonly { readonly code: string; readonly severity: Severity }[] = [
    ...Object.entries(FINDING_CODES).map(([name, { severity }]) => ({ code: name, severity })),
    ...RULES,
  ];
  return codes.find((known) => known.code === code)?.severity ?? "flow";
}
