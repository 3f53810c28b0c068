import { type Figures, median, timeStackproof } from "./bench.ts";

/** How long `stackproof --help` takes, as a whole process. */
export async function help(): Promise<Figures> {
  const durationsMs: number[] = [];
  for (let run = 0; run < 7; run += 1) durationsMs.push((await timeStackproof(["--help"], 10_000)).durationMs);
  return { durationMs: Math.round(median(durationsMs)), worstMs: Math.round(Math.max(...durationsMs)) };
}
