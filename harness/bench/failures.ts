import { performance } from "node:perf_hooks";
import { delayedRun, verdictProblem } from "../failures/delayed-runs.ts";
import { HEALTHY } from "../failures/healthy/index.ts";
import { OUTSIDE } from "../failures/outside/index.ts";
import {
  hasRightCause,
  isCaught,
  problemsOfBroken,
  problemsOfHealthy,
  problemsOfOutside,
} from "../failures/problems.ts";
import { ROWS } from "../failures/rows.ts";
import { ABSENT_AFTER_SECONDS, runVariant } from "../failures/run-variant.ts";
import { SIDE_BY_SIDE, sideBySide } from "../failures/side-by-side.ts";
import type { Figures } from "./bench.ts";

/** B13 is about the harness itself: runs in which everything is late, and nothing is lost. */
const LATE_RUNS = [1, 2, 3];

/**
 * The matrix as counts: every way to break a row of FAILURES.md, how many were caught, and with the cause that was planted; the
 * healthy stacks, and how many of them failed or were unknown; and what broke that no row is about. What went wrong goes to
 * standard error.
 */
export async function failures(): Promise<Figures> {
  const startMs = performance.now();
  const inTurn = sideBySide(SIDE_BY_SIDE);
  const [broken, late, healthy, outside] = await Promise.all([
    Promise.all(
      ROWS.flatMap(({ code, variants }) =>
        variants.map(async (variant) => {
          const run = await inTurn(() => runVariant(variant, ABSENT_AFTER_SECONDS));
          const alone = isClear(`${code}: ${variant.way}`, problemsOfBroken(code, variant, run));
          return { caught: isCaught(code, variant, run), rightCause: hasRightCause(code, variant, run), alone };
        }),
      ),
    ),
    Promise.all(
      LATE_RUNS.map(async (seed) => {
        const problem = await inTurn(() => verdictProblem(delayedRun(seed)));
        return isClear(`consistency.asserted-too-soon, seed ${seed}`, problem === undefined ? [] : [problem]);
      }),
    ),
    Promise.all(
      HEALTHY.map(async (variant) =>
        isClear(`healthy: ${variant.way}`, problemsOfHealthy(await inTurn(() => runVariant(variant)))),
      ),
    ),
    Promise.all(
      OUTSIDE.map(async (variant) => {
        const run = await inTurn(() => runVariant(variant, ABSENT_AFTER_SECONDS));
        return isClear(`outside: ${variant.way}`, problemsOfOutside(variant, run));
      }),
    ),
  ]);
  const right = count(late, (one) => one);
  return {
    rows: ROWS.filter(({ sharesRowWith }) => sharesRowWith === undefined).length + 1,
    variants: broken.length + late.length,
    caught: count(broken, ({ caught }) => caught) + right,
    rightCause: count(broken, ({ rightCause }) => rightCause) + right,
    alone: count(broken, ({ alone }) => alone) + right,
    healthy: healthy.length,
    falseAlarms: count(healthy, (one) => !one),
    outside: outside.length,
    outsideShown: count(outside, (one) => one),
    durationMs: Math.round(performance.now() - startMs),
  };
}

function isClear(what: string, problems: readonly string[]): boolean {
  if (problems.length > 0) process.stderr.write(`${what}\n  ${problems.join("\n  ")}\n`);
  return problems.length === 0;
}

function count<Item>(items: readonly Item[], holds: (item: Item) => boolean): number {
  return items.filter(holds).length;
}
