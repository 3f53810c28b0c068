import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { packageRoot } from "../deployment/package-root.ts";
import { reportSchema } from "../model/report.ts";
import { findChromium } from "../report/html/testing/chromium.ts";
import { stackproof } from "../testing/stackproof.ts";
import { setValues, snapshotWith } from "../testing/state.ts";

/**
 * Makes `reports/sample/` anew: `node --import tsx harness/bench/make-sample.ts`. A verify of the twin whose event source mapping
 * is disabled, its report.html and report.md, and the picture of its first screen that the README shows. Needs a Chromium.
 */
const FILES = ["report.html", "report.md"] as const;
const PICTURE_WIDTH_PX = 1180;

const sample = join(packageRoot(), "reports", "sample");
const folder = realpathSync(mkdtempSync(join(tmpdir(), "stackproof-sample-")));
try {
  const run = await verifyDisabledMapping();
  for (const file of FILES) refusePathsOfThisMachine(file, readFileSync(join(run, file), "utf8"));
  mkdirSync(sample, { recursive: true });
  for (const file of FILES) cpSync(join(run, file), join(sample, file));
  await takePicture(join(sample, "report.html"), join(sample, "report.png"));
  process.stdout.write(`made ${sample}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Runs where relative names are enough, so that the report names no place of this machine; gives the run's folder. */
async function verifyDisabledMapping(): Promise<string> {
  const change = setValues("aws_lambda_event_source_mapping", { enabled: false, state: "Disabled" });
  writeFileSync(join(folder, "mapping-disabled.json"), snapshotWith(change));
  symlinkSync(join(packageRoot(), "stack"), join(folder, "stack"));
  const args = [
    "verify",
    "--twin",
    "mapping-disabled.json",
    "--functions",
    "stack/dist",
    "--wait",
    "20",
    "--out",
    "reports",
  ];
  const { exitCode, stderr } = await stackproof(args, { cwd: folder });
  if (exitCode !== 1) throw new Error(`verify of the broken twin ended with ${exitCode}, not with 1:\n${stderr}`);
  const run = join(folder, "reports", "latest");
  insistOnOneFailure(readFileSync(join(run, "report.json"), "utf8"));
  return run;
}

/** A busy machine or a snapshot that is not of today's code shows more than the one planted failure: no sample then. */
function insistOnOneFailure(json: string): void {
  const problems = reportSchema.parse(JSON.parse(json)).findings.filter(({ verdict }) => verdict !== "pass");
  const codes = problems.map(({ code, verdict }) => `${verdict} ${code}`);
  if (codes.join() !== "fail stream.no-consumer")
    throw new Error(`the one failure was to be found, not: ${codes.join(", ")}`);
}

function refusePathsOfThisMachine(name: string, text: string): void {
  const places = [folder, packageRoot(), tmpdir(), homedir()].filter((place) => place.length > 1);
  const found = places.find((place) => text.includes(place));
  if (found !== undefined) throw new Error(`${name} names ${found}: a sample must not name a place of this machine`);
}

/** The first screen: the verdict, and the first pipeline, which is the cut one. */
async function takePicture(page: string, picture: string): Promise<void> {
  const found = findChromium(process.env);
  if (found.kind === "absent") throw new Error(`the sample needs a browser for its picture: ${found.reason}`);
  const browser = await chromium.launch({ executablePath: found.path });
  try {
    const tab = await browser.newPage({ viewport: { width: PICTURE_WIDTH_PX, height: 900 }, colorScheme: "light" });
    await tab.goto(`file://${page}`);
    const end = await tab.locator(".pipeline").first().boundingBox();
    const height = Math.ceil((end?.y ?? 700) + (end?.height ?? 0) + 16);
    await tab.screenshot({ path: picture, fullPage: true, clip: { x: 0, y: 0, width: PICTURE_WIDTH_PX, height } });
  } finally {
    await browser.close();
  }
}
