import { lstatSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import picocolors from "picocolors";
import type { Report } from "../model/report.ts";
import type { DrawChart } from "../report/html/charts/chart.ts";
import { renderHtml } from "../report/html.ts";
import { renderJson } from "../report/json.ts";
import { renderJunit } from "../report/junit.ts";
import { renderMarkdown } from "../report/markdown.ts";
import { renderText } from "../report/text.ts";

/**
 * Writes a report's files next to its journal and prints it: as text for people, or, with `asJson`, as
 * JSON on standard output and the text on standard error.
 */
export async function publish(report: Report, folder: string, asJson: boolean): Promise<void> {
  const json = renderJson(report);
  mkdirSync(folder, { recursive: true });
  writeWhole(join(folder, "report.json"), json);
  writeWhole(join(folder, "junit.xml"), renderJunit(report));
  writeWhole(join(folder, "report.md"), renderMarkdown(report));
  writeWhole(join(folder, "report.html"), renderHtml(report, await chartsFor(report)));
  const people = asJson ? process.stderr : process.stdout;
  const text = renderText(report, picocolors.createColors(people.isTTY === true && picocolors.isColorSupported));
  people.write(`${text.trimEnd()}\nReports: ${folder}\n`);
  if (asJson) process.stdout.write(json);
}

/** What draws charts is loaded only for a report that has some: it is larger than everything else. */
async function chartsFor({ loads = [] }: Report): Promise<DrawChart | undefined> {
  return loads.length === 0 ? undefined : (await import("./draw-chart.ts")).drawChart;
}

/** A reader never meets half a file. */
function writeWhole(path: string, text: string): void {
  const temporary = `${path}.${process.pid}`;
  writeFileSync(temporary, text);
  renameSync(temporary, path);
}

/** Makes `latest`, next to a run's folder, a link to it; does nothing if there is something of that name that is not a link. */
export function pointLatestAt(folder: string): void {
  const link = join(dirname(folder), "latest");
  const stats = lstatSync(link, { throwIfNoEntry: false });
  if (stats !== undefined && !stats.isSymbolicLink()) return;
  const temporary = `${link}.${process.pid}`;
  rmSync(temporary, { force: true });
  symlinkSync(basename(folder), temporary);
  renameSync(temporary, link);
}
