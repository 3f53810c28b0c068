import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Figures } from "./bench.ts";
import { PLANTED_TWINS, type PlantedTwin } from "./search/planted-twins.ts";
import { type SearchedTwin, searchTwin } from "./search/search-twin.ts";

const NEAR = 0.05;

/**
 * Whole searches of twins with planted limits, one after the other: how many found the planted rate within 5% and named the right
 * limit, the longest time under load, and how often the recommended values held their target. Each twin is told on standard error, and
 * what a search that went wrong reported is kept.
 */
export async function search(): Promise<Figures> {
  const runs: { readonly twin: PlantedTwin; readonly found: SearchedTwin }[] = [];
  for (const twin of PLANTED_TWINS) {
    const folder = mkdtempSync(join(tmpdir(), "bench-search-"));
    const found = await searchTwin(twin, folder);
    runs.push({ twin, found });
    const isRight = isNear(share(twin, found)) && found.bottleneck === twin.limit && found.proof === "held";
    process.stderr.write(`${tell(twin, found)}${isRight ? "" : `; its report is kept in ${folder}`}\n`);
    if (isRight) rmSync(folder, { recursive: true, force: true });
  }
  const shares = runs.map(({ twin, found }) => share(twin, found));
  return {
    runs: runs.length,
    rateWithin5Percent: shares.filter(isNear).length,
    rightBottleneck: runs.filter(({ twin, found }) => found.bottleneck === twin.limit).length,
    longestLoadSeconds: Math.max(...runs.map(({ found }) => found.loadMs)) / 1000,
    recommendedHeld: runs.filter(({ found }) => found.proof === "held").length,
    worstRatePercent: Math.round(Math.max(...shares.map((one) => Math.abs(one - 1))) * 1000) / 10,
  };
}

function isNear(share: number): boolean {
  return Math.abs(share - 1) <= NEAR;
}

/** Found over planted. */
function share(twin: PlantedTwin, { foundEventsPerSecond }: SearchedTwin): number {
  return (foundEventsPerSecond ?? 0) / twin.eventsPerSecond;
}

function tell(twin: PlantedTwin, found: SearchedTwin): string {
  const rate = `planted ${twin.eventsPerSecond.toFixed(1)}/s ${twin.limit}, found ${found.foundEventsPerSecond ?? "none"}/s`;
  return `${twin.name}: ${rate} (${(share(twin, found) * 100).toFixed(1)}%), ${found.bottleneck}; ${found.loadMs / 1000} s of load; recommendation ${found.proof}`;
}
