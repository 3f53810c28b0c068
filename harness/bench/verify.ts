import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readJournal } from "../journal/reader.ts";
import { type Figures, median, timeStackproof } from "./bench.ts";

const RUNS = 3;

/**
 * A whole `stackproof verify` of the embedded twin, process start and twin's boot included, against its longest single wait:
 * `overhead` is how many times longer the run took than the one thing it could not do sooner.
 */
export async function verify(): Promise<Figures> {
  const folder = mkdtempSync(join(tmpdir(), "bench-verify-"));
  try {
    const runs: { durationMs: number; longestWaitMs: number }[] = [];
    for (let run = 0; run < RUNS; run += 1) runs.push(await verifyOnce(join(folder, String(run))));
    const durationMs = median(runs.map((run) => run.durationMs));
    const longestWaitMs = median(runs.map((run) => run.longestWaitMs));
    const overhead = median(runs.map((run) => run.durationMs / run.longestWaitMs));
    return {
      durationMs: Math.round(durationMs),
      longestWaitMs: Math.round(longestWaitMs),
      overhead: Number(overhead.toFixed(3)),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function verifyOnce(out: string): Promise<{ durationMs: number; longestWaitMs: number }> {
  const { exitCode, durationMs, stderr } = await timeStackproof(["verify", "--twin", "--json", "--out", out], 120_000);
  if (exitCode !== 0) throw new Error(`verify ended with ${exitCode}: ${stderr}`);
  const waitsMs = readJournal(join(out, "latest", "journal.ndjson")).map((fact) =>
    fact.fact === "wait-ended" ? fact.atMs - fact.startedAtMs : 0,
  );
  return { durationMs, longestWaitMs: Math.max(...waitsMs) };
}
