import { join } from "node:path";
import { reportSchema } from "../model/report.ts";
import { randomOf } from "../testing/random.ts";
import { stackproof, temporaryFolder } from "../testing/stackproof.ts";

/** One fault of a fault file; see the twin's README. */
interface PlantedDelay {
  readonly hop: string;
  readonly kind: "delay" | "reorder" | "duplicate" | "late";
  readonly rate: number;
  readonly delayMs?: readonly [number, number];
}

export interface DelayedRun {
  readonly seed: number;
  readonly scenario: string;
  readonly faults: readonly PlantedDelay[];
}

/** Where events pass on the way of each scenario, and what may come late there without being lost. */
const PLACES: Readonly<Record<string, readonly string[]>> = {
  "alb-to-table": ["alb", "lambda", "stream", "mapping", "table", "table-read", "logs", "metrics"],
  "api-to-table": ["api-gateway", "lambda", "table", "table-read", "logs"],
  "upload-to-table": ["s3", "s3-notification", "lambda-async", "table", "table-read", "logs"],
};
const DUPLICATED: ReadonlySet<string> = new Set(["stream", "mapping", "s3-notification", "lambda-async"]);
const WATCHED: ReadonlySet<string> = new Set(["logs", "metrics"]);
const REORDERED: ReadonlySet<string> = new Set(["stream", "mapping", "s3-notification", "table"]);
/** Well within the 20 s that a run waits on the twin, however many of them meet one event. */
const LONGEST_DELAY_MS = 1_500;

/** A run with random delays, reorderings and duplicates at random hops, the same for the same seed. */
export function delayedRun(seed: number): DelayedRun {
  const random = randomOf(seed);
  const scenarios = Object.keys(PLACES);
  const scenario = scenarios[Math.floor(random() * scenarios.length)] ?? "alb-to-table";
  const places = PLACES[scenario] ?? [];
  const faults = places
    .filter(() => random() < 0.5)
    .map((hop): PlantedDelay => {
      const rate = 0.1 + 0.9 * random();
      const most = Math.floor(random() * LONGEST_DELAY_MS);
      if (WATCHED.has(hop)) return { hop, kind: "late", rate, delayMs: [0, most] };
      const chance = random();
      if (DUPLICATED.has(hop) && chance < 0.3) return { hop, kind: "duplicate", rate };
      if (REORDERED.has(hop) && chance < 0.6) return { hop, kind: "reorder", rate };
      return { hop, kind: "delay", rate, delayMs: [0, most] };
    });
  const anywhere: PlantedDelay = { hop: "table", kind: "delay", rate: 0.5, delayMs: [0, LONGEST_DELAY_MS] };
  return { seed, scenario, faults: faults.length > 0 ? faults : [anywhere] };
}

/**
 * Runs it and says what is wrong with the verdict, or nothing. Whatever only comes late is no failure and not unknown; duplicates
 * are reported and judged by the scenario's policy, which says unknown.
 */
export async function verdictProblem(run: DelayedRun): Promise<string | undefined> {
  const folder = temporaryFolder();
  try {
    const file = folder.write("faults.json", JSON.stringify({ seed: run.seed, faults: run.faults }));
    const { exitCode, stdout, stderr } = await stackproof([
      "verify",
      "--twin",
      ...["--only", run.scenario, "--faults", file, "--json", "--out", join(folder.path, "reports")],
    ]);
    if (stdout === "") return `no report: ${stderr}`;
    const report = reportSchema.parse(JSON.parse(stdout));
    const others = report.findings.filter(({ code, verdict }) => verdict !== "pass" && code !== "event.duplicated");
    if (others.length > 0)
      return others.map(({ code, subject, statement }) => `${code} ${subject}: ${statement}`).join("; ");
    const duplicated = report.findings.some(
      ({ code, verdict }) => code === "event.duplicated" && verdict === "unknown",
    );
    if (duplicated && !run.faults.some(({ kind }) => kind === "duplicate" || kind === "delay" || kind === "reorder"))
      return "duplicates were found where none were planted";
    const expected = duplicated ? 2 : 0;
    return exitCode === expected ? undefined : `exit code ${exitCode}, expected ${expected}`;
  } finally {
    folder.remove();
  }
}
