import { performance } from "node:perf_hooks";
import { delayedRun, verdictProblem } from "../failures/delayed-runs.ts";
import type { Figures } from "./bench.ts";

const RUNS = 200;
const AT_ONCE = 2;

/** Whether a stack that is only slow ever fails: runs with random delays, reorderings and duplicates, each seed another. */
export async function delays(): Promise<Figures> {
  const startMs = performance.now();
  let right = 0;
  let next = 1;
  const work = async () => {
    while (next <= RUNS) {
      const run = delayedRun(next++);
      const problem = await verdictProblem(run);
      if (problem === undefined) right += 1;
      else process.stderr.write(`seed ${run.seed}, ${run.scenario}, ${JSON.stringify(run.faults)}: ${problem}\n`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return { runs: RUNS, right, wrong: RUNS - right, durationMs: Math.round(performance.now() - startMs) };
}
