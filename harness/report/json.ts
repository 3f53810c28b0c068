import type { Report } from "../model/report.ts";

/** `report.json`, as `reportSchema` describes it. Ends with a line feed. */
export function renderJson(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}
