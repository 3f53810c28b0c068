import { CannotRun } from "../../model/errors.ts";
import type { LoadProfile, LoadSpec } from "../../model/load.ts";
import type { Scenario } from "../../model/scenario.ts";
import { assumedSize } from "../../sizing/assumed-size.ts";
import { fargateCostUsd } from "../../sizing/fargate-cost.ts";
import { runCostUsd } from "../../sizing/run-cost.ts";

/** What a load run may do without being asked twice. */
export interface Ceilings {
  readonly eventsPerSecond: number;
  /** Of all loads together, under load. */
  readonly durationMs: number;
  readonly costUsd: number;
}

export const DEFAULT_CEILINGS: Ceilings = { eventsPerSecond: 2_000, durationMs: 15 * 60_000, costUsd: 1 };

/** The highest rate of a profile, and how long it puts load on the stack at the most. */
export function extentOf(profile: LoadProfile): { readonly eventsPerSecond: number; readonly durationMs: number } {
  switch (profile.kind) {
    case "steady":
      return { eventsPerSecond: profile.eventsPerSecond, durationMs: profile.durationMs };
    case "ramp":
      return {
        eventsPerSecond: Math.max(profile.fromEventsPerSecond, profile.toEventsPerSecond),
        durationMs: profile.durationMs,
      };
    case "step":
      return {
        eventsPerSecond: Math.max(...profile.steps.map(({ eventsPerSecond }) => eventsPerSecond)),
        durationMs: profile.steps.reduce((sum, { durationMs }) => sum + durationMs, 0),
      };
    case "spike":
      return {
        eventsPerSecond: Math.max(profile.baseEventsPerSecond, profile.spikeEventsPerSecond),
        durationMs: 2 * profile.baseMs + profile.spikeMs,
      };
    case "search":
      return { eventsPerSecond: profile.highestEventsPerSecond, durationMs: profile.budgetMs };
    case "closed-loop":
      // It has no rate: connections, time and the number of requests bound it.
      return { eventsPerSecond: 0, durationMs: profile.durationMs };
    default:
      return profile satisfies never;
  }
}

/** The most events that a profile sends. */
export function mostEventsOf(profile: LoadProfile, eventsPerRequest: number): number {
  switch (profile.kind) {
    case "ramp":
      return ((profile.fromEventsPerSecond + profile.toEventsPerSecond) / 2) * (profile.durationMs / 1000);
    case "step":
      return profile.steps.reduce((sum, step) => sum + step.eventsPerSecond * (step.durationMs / 1000), 0);
    case "spike":
      return (2 * profile.baseEventsPerSecond * profile.baseMs + profile.spikeEventsPerSecond * profile.spikeMs) / 1000;
    case "closed-loop":
      return profile.mostRequests * eventsPerRequest;
    case "steady":
    case "search": {
      const { eventsPerSecond, durationMs } = extentOf(profile);
      return eventsPerSecond * (durationMs / 1000);
    }
    default:
      return profile satisfies never;
  }
}

/** Bytes of an event that no option pads. */
const ASSUMED_EVENT_BYTES = 512;

/** An estimate, on the high side, of what a load adds to the bill. Before anything is read, the stack's parts count as paid by request. */
export function estimateUsd({ roles }: Scenario, spec: LoadSpec, region: string): number {
  const { profile, eventsPerRequest, bodyBytes, engine, workers } = spec;
  const { durationMs } = extentOf(profile);
  const stackUsd = runCostUsd(assumedSize(roles, region), {
    events: mostEventsOf(profile, eventsPerRequest),
    durationMs,
    eventsPerRequest,
    eventBytes: bodyBytes ?? ASSUMED_EVENT_BYTES,
  });
  return stackUsd + (engine?.runsOn === "fargate" ? fargateCostUsd(workers, durationMs) : 0);
}

/**
 * Refuses a load beyond its ceilings before anything is sent.
 * @throws CannotRun `load.over-ceiling`, which names the option that asks for more.
 */
export function checkCeilings(
  loads: readonly { readonly name: string; readonly profile: LoadProfile; readonly estimatedUsd: number }[],
  ceilings: Ceilings,
): void {
  for (const { name, profile } of loads) {
    const { eventsPerSecond } = extentOf(profile);
    if (eventsPerSecond > ceilings.eventsPerSecond)
      throw overCeiling(
        `Load ${name} goes up to ${eventsPerSecond} events/s, and ${ceilings.eventsPerSecond} is the ceiling`,
        `--max-rate ${Math.ceil(eventsPerSecond)}/s`,
      );
  }
  const durationMs = loads.reduce((sum, { profile }) => sum + extentOf(profile).durationMs, 0);
  if (durationMs > ceilings.durationMs)
    throw overCeiling(
      `The loads last ${Math.ceil(durationMs / 1000)} s, and ${ceilings.durationMs / 1000} s is the ceiling`,
      `--max-duration ${Math.ceil(durationMs / 1000)}s`,
    );
  const costUsd = loads.reduce((sum, { estimatedUsd }) => sum + estimatedUsd, 0);
  if (costUsd > ceilings.costUsd)
    throw overCeiling(
      `The loads may cost $${costUsd.toFixed(2)} of AWS usage, and $${ceilings.costUsd.toFixed(2)} is the ceiling`,
      `--max-cost ${Math.ceil(costUsd * 100) / 100}`,
    );
}

/**
 * Only what the deployment names may be loaded: a URL that a pipelines file spells out by hand could be anybody's.
 * @throws CannotRun `load.foreign-endpoint`.
 */
export function checkEndpoint(scenario: Scenario, outputs: ReadonlyMap<string, unknown>): void {
  if (scenario.entry.kind !== "http") return;
  const { host, hostname } = new URL(scenario.entry.url);
  const named = [...outputs.values()].some(
    (value) => typeof value === "string" && (hostOf(value) === host || value === hostname || value === host),
  );
  if (named) return;
  throw new CannotRun({
    code: "load.foreign-endpoint",
    message: `${host} is not named by any output of the deployment, and only the deployment's own endpoints are loaded`,
    place: `pipeline ${scenario.pipeline}, field entry.url`,
    remedy: "Let the entry's url begin with an output, such as {alb_url}.",
  });
}

function hostOf(text: string): string | undefined {
  return URL.canParse(text) ? new URL(text).host : undefined;
}

function overCeiling(message: string, option: string): CannotRun {
  return new CannotRun({
    code: "load.over-ceiling",
    message,
    place: "command line",
    remedy: `If that is meant, ask for it: ${option}.`,
  });
}
