import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { packageRoot } from "../../deployment/package-root.ts";
import buildOnce from "../../testing/build-once.ts";
import { type Figures, median } from "../bench.ts";
import { isInstalled } from "../installed.ts";
import type { Contest, Effort } from "./contest.ts";
import { startNginx } from "./nginx.ts";

const ROUNDS = 5;
const CONTEST = { warmUpMs: 1_000, durationMs: 4_000, connections: 50 };

/**
 * Requests per second of the sender's CPU time (all threads), against one nginx: ours tagged and ledgered, autocannon, undici and
 * wrk sending the same request without either. Ours is open loop and gets the rate that autocannon reached in the same round. Interleaved rounds, a process of its own for each, medians.
 */
export async function throughput(): Promise<Figures> {
  buildOnce();
  const hasWrk = isInstalled("wrk", "wrk");
  const nginx = await startNginx();
  const perCpuSecond: Record<string, number[]> = { ours: [], autocannon: [], undici: [], wrk: [] };
  const perSecond: Record<string, number[]> = { ours: [], autocannon: [], undici: [], wrk: [] };
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      const closed = { ...CONTEST, url: nginx.url, requestsPerSecond: 0 };
      const enter = async (name: string, contest: Contest): Promise<number> => {
        const { requests, cpuMs, durationMs } = await compete(name, contest);
        perCpuSecond[name]?.push((requests / cpuMs) * 1000);
        perSecond[name]?.push((requests / durationMs) * 1000);
        return (requests / durationMs) * 1000;
      };
      const autocannonRate = await enter("autocannon", closed);
      await enter("ours", { ...closed, requestsPerSecond: Math.round(autocannonRate) });
      await enter("undici", closed);
      if (hasWrk) await enter("wrk", closed);
    }
  } finally {
    await nginx.close();
  }
  return toFigures(perCpuSecond, perSecond);
}

function toFigures(
  perCpuSecond: Readonly<Record<string, readonly number[]>>,
  perSecond: Readonly<Record<string, readonly number[]>>,
): Figures {
  const figures: Record<string, number> = {};
  for (const [name, rounds] of Object.entries(perCpuSecond)) {
    if (rounds.length === 0) continue;
    figures[`${name}PerCpuSecond`] = Math.round(median(rounds));
    figures[`${name}PerSecond`] = Math.round(median(perSecond[name] ?? []));
  }
  const ratios = (perCpuSecond["ours"] ?? []).map(
    (ours, round) => ours / (perCpuSecond["autocannon"]?.[round] ?? Number.NaN),
  );
  return {
    ...figures,
    ratioToAutocannon: Number(median(ratios).toFixed(3)),
    lowestRatioToAutocannon: Number(Math.min(...ratios).toFixed(3)),
    rounds: ratios.length,
  };
}

async function compete(name: string, contest: Contest): Promise<Effort> {
  const script = join(packageRoot(), "harness", "bench", "throughput", "contestant.ts");
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--import", "tsx", script, name, JSON.stringify(contest)],
    { cwd: packageRoot(), timeout: contest.warmUpMs + contest.durationMs + 30_000 },
  );
  const effort: Effort = JSON.parse(stdout);
  if (!(effort.requests > 0)) throw new Error(`${name} sent nothing: ${stdout}`);
  return effort;
}
