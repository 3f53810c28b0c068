import type { ExitCode } from "../model/errors.ts";
import type { Report } from "../model/report.ts";

/** The contract with CI: 0 pass, 1 fail, 2 unknown, 130 interrupted. */
export function exitCodeOf(report: Report): ExitCode {
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
