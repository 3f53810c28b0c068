import { intendedOffsetMs } from "../../model/request-times.ts";
import { planPhase } from "../../plan/load-phases.ts";
import buildOnce from "../../testing/build-once.ts";
import type { Figures } from "../bench.ts";
import { isInstalled } from "../installed.ts";
import { loadWithOurs } from "./ours.ts";
import { loadWithAutocannon, loadWithWrk } from "./peers.ts";
import { startStallingServer } from "./server-process.ts";
import { type LatencyFigures, largestBurst, type Stalls, trueLatencies } from "./stalls.ts";

const RATES = [200, 1_000];
const SECONDS = 20;
const STALLS: Stalls = { delayMs: 5, everyMs: 10_000, fromMs: 4_500, stallMs: 1_000 };
/** Time from the plan to its first request. */
const LEAD_MS = 200;

/** A latency may be wrong by this much of itself, or by so many milliseconds, whichever is more. */
const TOLERANCE = { share: 0.02, ms: 2 };

/**
 * What is measured of a server of known delay that stalls 1 s in every 10, beside the truth that the plan alone determines.
 * `worstErrorOfTolerance` up to 1 is within the tolerance. `largestBurst` is the largest share of a second's arrivals within
 * 100 ms, by the server's own clock. autocannon runs in its rate mode; wrk, which has none, with as many connections as make the rate.
 */
export async function accuracy(): Promise<Figures> {
  buildOnce();
  const figures: Record<string, number> = {};
  for (const rate of RATES) Object.assign(figures, await atRate(rate));
  return figures;
}

async function atRate(requestsPerSecond: number): Promise<Figures> {
  const ours = await measureOurs(requestsPerSecond);
  const hasWrk = isInstalled("wrk", "wrk");
  const wrkConnections = Math.max(1, Math.round((requestsPerSecond * STALLS.delayMs) / 1000));
  const [autocannon, wrk] = await Promise.all([
    withServer((url) => loadWithAutocannon(url, requestsPerSecond, SECONDS)),
    hasWrk ? withServer((url) => loadWithWrk(url, wrkConnections, SECONDS)) : undefined,
  ]);
  const at = `At${requestsPerSecond}`;
  return {
    ...named("truth", at, ours.truth),
    ...named("ours", at, ours.latency),
    ...named("autocannon", at, autocannon),
    ...(wrk === undefined ? {} : named("wrk", at, wrk)),
    [`worstErrorOfTolerance${at}`]: rounded(worstError(ours.latency, ours.truth)),
    [`sentShare${at}`]: ours.sent / ours.planned,
    [`ackedShare${at}`]: ours.acked / ours.planned,
    [`largestBurst${at}`]: rounded(ours.largestBurst),
    [`sendDelayP99Ms${at}`]: rounded(ours.sendDelayP99Ms),
  };
}

async function measureOurs(requestsPerSecond: number) {
  const server = await startStallingServer(STALLS);
  try {
    const phase = planPhase({
      purpose: "profile",
      phase: 0,
      startMs: Date.now() + LEAD_MS,
      durationMs: SECONDS * 1000,
      fromEventsPerSecond: requestsPerSecond,
      toEventsPerSecond: requestsPerSecond,
      eventsPerRequest: 1,
      firstRequest: 0,
    });
    server.start(phase.startMs);
    const measured = await loadWithOurs(server.url, phase);
    const offsetsMs = Array.from({ length: phase.requestCount }, (_, index) => intendedOffsetMs(phase, 1, index));
    return {
      ...measured,
      planned: phase.requestCount,
      truth: trueLatencies(STALLS, offsetsMs),
      largestBurst: largestBurst(await server.arrivalsMs(), SECONDS),
    };
  } finally {
    await server.close();
  }
}

async function withServer(load: (url: string) => Promise<LatencyFigures>): Promise<LatencyFigures> {
  const server = await startStallingServer(STALLS);
  try {
    server.start(Date.now());
    return await load(server.url);
  } finally {
    await server.close();
  }
}

function named(tool: string, at: string, { mean, p50, p99, p999 }: LatencyFigures): Figures {
  return {
    [`${tool}MeanMs${at}`]: rounded(mean),
    [`${tool}P50Ms${at}`]: rounded(p50),
    [`${tool}P99Ms${at}`]: rounded(p99),
    [`${tool}P999Ms${at}`]: rounded(p999),
  };
}

function worstError(measured: LatencyFigures, truth: LatencyFigures): number {
  const errors = (["mean", "p50", "p99", "p999"] as const).map((name) => {
    const allowedMs = Math.max(TOLERANCE.ms, truth[name] * TOLERANCE.share);
    return Math.abs(measured[name] - truth[name]) / allowedMs;
  });
  return Math.max(...errors);
}

function rounded(value: number): number {
  return Number(value.toFixed(3));
}
