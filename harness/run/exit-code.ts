import type { ExitCode } from "../model/errors.ts";
import type { Report } from "../model/report.ts";

/**
 * The contract with CI: 0 pass, 1 fail, 2 unknown, 130 interrupted.
 *
 * @param isOutOfTime whether the run's time budget ended it: then it cannot pass, since it has not seen everything, but what it saw
 *   failing has failed.
 */
export function exitCodeOf(report: Report, isOutOfTime = false): ExitCode {
  if (isOutOfTime) return report.verdict === "fail" ? 1 : 2;
  if (report.run.interrupted) return 130;
  switch (report.verdict) {
    case "pass":
      return 0;
    case "fail":
      return 1;
    case "unknown":
      return 2;
    default:
      return report.verdict satisfies never;
  }
}
