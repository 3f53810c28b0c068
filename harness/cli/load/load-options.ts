import { CannotRun } from "../../model/errors.ts";
import type { LoadProfile } from "../../model/load.ts";
import type { ResolvedLoad } from "../../pipelines/resolve-loads.ts";
import type { RunOptions } from "../run-command.ts";

/** The profiles that `--profile` names; a file may have others. */
export const PROFILES = ["steady", "ramp", "spike", "search"] as const;

/** The options of `stackproof load`; see `--help`. Rates are events per second. */
export interface LoadOptions extends RunOptions {
  readonly loads?: string;
  readonly profile?: (typeof PROFILES)[number];
  readonly rate?: number;
  /** Milliseconds. */
  readonly duration?: number;
  readonly step?: number;
  readonly budget?: number;
  readonly target?: number;
  readonly batch?: number;
  readonly bodyBytes?: number;
  readonly workers?: number;
  readonly saturate?: true;
  /** Of the closed loop. */
  readonly connections?: number;
  readonly engine?: "artillery";
  /** Containers. */
  readonly fargate?: number;
  readonly dryRun?: true;
  readonly maxRate?: number;
  readonly maxDuration?: number;
  readonly maxCost?: number;
  /** False with `--no-proof`. */
  readonly proof: boolean;
}

const DEFAULT_DURATION_MS = 60_000;

/**
 * Options that need one another, before the target is reached.
 *
 * @throws CannotRun `options.conflict`.
 */
export function checkLoadOptions({ engine, fargate, dryRun, saturate, connections }: LoadOptions): void {
  if (engine === undefined && (fargate !== undefined || dryRun !== undefined))
    throw conflict("--fargate and --dry-run are about another engine, and none is named", "Add --engine artillery.");
  if (connections !== undefined && saturate === undefined)
    throw conflict("--connections is about the closed loop, and none is asked for", "Add --saturate.");
}

/** A load as the file has it, changed as the command line says. Throws `CannotRun` where the options do not go together. */
export function applyLoadOptions({ scenario, spec }: ResolvedLoad, options: LoadOptions): ResolvedLoad {
  const eventsPerRequest = options.batch ?? spec.eventsPerRequest;
  if (eventsPerRequest > 1 && scenario.entry.kind === "http" && scenario.entry.batchBody === null)
    throw new CannotRun({
      code: "load.no-batches",
      message: `The entry of pipeline ${scenario.pipeline} takes one event in a request, and ${eventsPerRequest} are asked for`,
      place: "--batch",
      remedy: `Leave --batch away, give the entry a batchBody, or choose another load with --only (this one is ${spec.scenario}).`,
    });
  return {
    scenario,
    spec: {
      ...spec,
      profile: profileOf(spec.profile, options),
      eventsPerRequest,
      bodyBytes: options.bodyBytes ?? spec.bodyBytes,
      workers: options.workers ?? spec.workers,
      targetEventsPerSecond: options.target ?? spec.targetEventsPerSecond,
    },
  };
}

function profileOf(written: LoadProfile, options: LoadOptions): LoadProfile {
  const { rate, duration: durationMs = DEFAULT_DURATION_MS } = options;
  const kind = options.profile ?? (rate === undefined ? written.kind : "steady");
  if (kind === written.kind && rate === undefined) return adjust(written, options);
  switch (kind) {
    case "steady":
      return { kind, eventsPerSecond: needRate(rate, kind), durationMs };
    case "ramp": {
      const to = needRate(rate, kind);
      return { kind, fromEventsPerSecond: Math.max(1, to / 10), toEventsPerSecond: to, durationMs };
    }
    case "spike": {
      const spike = needRate(rate, kind);
      const spikeMs = Math.ceil(durationMs / 5);
      return {
        kind,
        baseEventsPerSecond: Math.max(1, spike / 5),
        spikeEventsPerSecond: spike,
        baseMs: Math.ceil((durationMs - spikeMs) / 2),
        spikeMs,
      };
    }
    case "search":
      return {
        kind,
        lowestEventsPerSecond: 5,
        highestEventsPerSecond: rate ?? 1_000,
        stepMs: options.step ?? 8_000,
        budgetMs: options.budget ?? 90_000,
      };
    case "step":
    case "closed-loop":
      return written;
    default:
      return kind satisfies never;
  }
}

/** The file's own profile, with the times of the command line. */
function adjust(profile: LoadProfile, options: LoadOptions): LoadProfile {
  switch (profile.kind) {
    case "search":
      return { ...profile, stepMs: options.step ?? profile.stepMs, budgetMs: options.budget ?? profile.budgetMs };
    case "steady":
    case "ramp":
      return { ...profile, durationMs: options.duration ?? profile.durationMs };
    case "step":
    case "spike":
    case "closed-loop":
      return profile;
    default:
      return profile satisfies never;
  }
}

function needRate(rate: number | undefined, profile: string): number {
  if (rate !== undefined) return rate;
  throw new CannotRun({
    code: "load.no-rate",
    message: `A ${profile} profile needs a rate`,
    place: "--profile",
    remedy: "Add --rate, for example --rate 500/s.",
  });
}

function conflict(message: string, remedy: string): CannotRun {
  return new CannotRun({ code: "options.conflict", message, place: "command line", remedy });
}
