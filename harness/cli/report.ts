import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import picocolors from "picocolors";
import { CannotRun, type ExitCode } from "../model/errors.ts";
import { renderJson } from "../report/json.ts";
import { renderMarkdown } from "../report/markdown.ts";
import { renderText } from "../report/text.ts";
import { recordedRun } from "./recorded-run.ts";

export interface ReportOptions {
  readonly format: "text" | "markdown" | "json";
  readonly open?: true;
}

/** `stackproof report`: prints what a run found, or opens its page in a browser. Changes nothing in the run's folder. */
export async function report(run: string, options: ReportOptions): Promise<ExitCode> {
  const { folder, report: judged } = recordedRun(run);
  if (options.open === true) return openPage(resolve(folder, "report.html"));
  switch (options.format) {
    case "text": {
      const colours = picocolors.createColors(process.stdout.isTTY === true && picocolors.isColorSupported);
      process.stdout.write(renderText(judged, colours));
      return 0;
    }
    case "markdown":
      process.stdout.write(renderMarkdown(judged));
      return 0;
    case "json":
      process.stdout.write(renderJson(judged));
      return 0;
    default:
      return options.format satisfies never;
  }
}

function openPage(page: string): ExitCode {
  if (!existsSync(page))
    throw new CannotRun({
      code: "report.absent",
      message: "The run has no page",
      place: page,
      remedy: `Write its reports anew: stackproof analyze ${join(page, "..")}`,
    });
  const [command = "", ...args] = openerOf(process.platform);
  const child = spawn(command, [...args, page], { stdio: "ignore", detached: true });
  child.once("error", () => process.stderr.write(`No browser could be started with ${command}: open ${page}\n`));
  child.unref();
  process.stdout.write(`${page}\n`);
  return 0;
}

function openerOf(platform: NodeJS.Platform): readonly string[] {
  if (platform === "darwin") return ["open"];
  if (platform === "win32") return ["explorer"];
  return ["xdg-open"];
}
