import { between } from "../../../testing/random.ts";
import { type JudgedStep, nextStep, type SearchEnd, type SearchProfile } from "../../rate-search.ts";
import type { System } from "./systems.ts";

const LATENCY_LIMIT_MS = 1_000;
/** Growth of what waits that a judge can tell from noise. */
const GROWTH = 0.035;

export interface SearchRun {
  readonly end: SearchEnd;
  readonly steps: readonly JudgedStep[];
  readonly loadMs: number;
}

/** Runs a search against a system: noise of latency and throughput, and now and then a step that could not be judged. */
export function runSearch(
  search: SearchProfile,
  system: System,
  random: () => number,
  unknownPart = 0,
  lastingEventsPerSecond: number | null = null,
): SearchRun {
  const steps: JudgedStep[] = [];
  for (let turn = 0; turn < 60; turn++) {
    const next = nextStep(search, steps, lastingEventsPerSecond);
    if (next.kind === "done")
      return { end: next, steps, loadMs: steps.reduce((sum, { durationMs }) => sum + durationMs, 0) };
    if (next.drainFirst) system.drain();
    const judged = judge(system, next.eventsPerSecond, next.durationMs, random);
    steps.push({
      ...judged,
      purpose: next.purpose,
      ...(random() < unknownPart
        ? { holds: "unknown", unknownBecause: "not-measured", throughputEventsPerSecond: null, brokeAfterMs: null }
        : {}),
    });
  }
  throw new Error("The search does not end");
}

function judge(
  system: System,
  eventsPerSecond: number,
  durationMs: number,
  random: () => number,
): Omit<JudgedStep, "purpose"> {
  const seconds = Math.max(1, Math.round(durationMs / 1000));
  const noise = between(random, 0.97, 1.03);
  const series = Array.from({ length: seconds }, () => {
    const { through, refused, p99Ms } = system.second(eventsPerSecond);
    return {
      through: through * noise,
      refused,
      isSlow: p99Ms * between(random, 0.9, 1.1) > LATENCY_LIMIT_MS,
      lost: eventsPerSecond - through - refused,
    };
  });
  const isBroken = ({ refused, isSlow, lost }: (typeof series)[number]): boolean =>
    refused > eventsPerSecond * 0.001 || isSlow || lost > eventsPerSecond * GROWTH;
  const broke = series.findIndex(isBroken);
  const after = broke < 0 ? series : series.slice(Math.min(broke + 1, seconds - 1));
  const through = after.reduce((sum, second) => sum + second.through, 0) / after.length;
  return {
    eventsPerSecond,
    durationMs,
    holds: broke < 0 ? "pass" : "fail",
    unknownBecause: null,
    throughputEventsPerSecond: through,
    brokeAfterMs: broke <= 0 ? null : broke * 1000,
    mayBeHiccup: broke >= 0 && series.every(({ refused, lost }) => refused === 0 && lost <= eventsPerSecond * GROWTH),
    backlogAtEnd: series.reduce((sum, { lost }) => sum + lost, 0),
  };
}
