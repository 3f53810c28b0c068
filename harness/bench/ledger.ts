import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import type { Figures } from "./bench.ts";
import { writeLedgerJournal } from "./ledger-journal.ts";

const SIZES = [10_000, 100_000, 1_000_000, 10_000_000];
const RUNS = 3;
const TIMEOUT_MS = 120_000;

const childFigures = z.object({
  readMs: z.number(),
  judgeMs: z.number(),
  cpuMs: z.number(),
  warmCpuMs: z.number(),
  idleMaxRssBytes: z.number(),
  maxRssBytes: z.number(),
  events: z.record(z.string(), z.number()),
});
type ChildFigures = z.infer<typeof childFigures>;

/**
 * Reconciling the journal of a load run, from its first byte to the report, in a process of its own for each size: how long, how much
 * memory above that of the same process before it, and what one event costs. The journals hold losses, duplicates, answers that
 * are open, and facts out of order; a wrong count fails the bench. Of three processes for each size the quickest counts, for the
 * machine is shared, and of memory the largest. What an event costs is CPU time of warm code: what does not grow with the events (to
 * compile the code) is in the times and not in the cost.
 */
export async function ledger(): Promise<Figures> {
  const folder = mkdtempSync(join(tmpdir(), "bench-ledger-"));
  try {
    const figures: Record<string, number> = {};
    const nsPerEvent = new Map<number, number>();
    for (const size of SIZES) {
      const path = join(folder, `${size}.ndjson`);
      const { expected, bytes } = writeLedgerJournal(path, size);
      const runs: ChildFigures[] = [];
      for (let run = 0; run < RUNS; run += 1) {
        const child = await reconcile(path);
        for (const [name, count] of Object.entries(expected))
          if (child.events[name] !== count)
            throw new Error(`of ${size} events ${child.events[name]} are ${name}, and ${count} should be`);
        runs.push(child);
      }
      rmSync(path);
      const totalMs = Math.min(...runs.map(({ readMs, judgeMs }) => readMs + judgeMs));
      const memoryBytes = Math.max(...runs.map((run) => run.maxRssBytes - run.idleMaxRssBytes));
      const nsOfEvent = (Math.min(...runs.map(({ warmCpuMs }) => warmCpuMs)) * 1e6) / size;
      nsPerEvent.set(size, nsOfEvent);
      figures[`events${size}Ms`] = Math.round(totalMs);
      figures[`events${size}OverIdleMb`] = Math.round(memoryBytes / 1e6);
      figures[`events${size}CpuMs`] = Math.round(Math.min(...runs.map(({ cpuMs }) => cpuMs)));
      figures[`events${size}NsPerEvent`] = Math.round(nsOfEvent);
      figures[`events${size}JournalMb`] = Math.round(bytes / 1e5) / 10;
    }
    const large = [...nsPerEvent].filter(([size]) => size >= 100_000).map(([, ns]) => ns);
    figures["nsPerEventRatioFrom100000"] = Math.round((Math.max(...large) / Math.min(...large)) * 100) / 100;
    return figures;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function reconcile(path: string): Promise<ChildFigures> {
  const child = spawn(process.execPath, [...process.execArgv, join(import.meta.dirname, "ledger-child.ts"), path], {
    stdio: ["ignore", "pipe", "inherit"],
    timeout: TIMEOUT_MS,
  });
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (part: string) => {
    text += part;
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) resolve(childFigures.parse(JSON.parse(text)));
      else reject(new Error(`reconciling ${path} ended with ${code}`));
    });
  });
}
