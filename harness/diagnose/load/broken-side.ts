import type { LimitName } from "../../model/load.ts";
import type { PhaseResult } from "../../model/load-report.ts";
import type { LoadEvidence } from "./load-evidence.ts";
import { lagsBehindEntry } from "./sink-lag.ts";

/** Where a limit shows first: in the entry's own answers, or between them and the sink. */
export type Side = "entry" | "sink";

const GROWTH = 0.03;

/**
 * The sides on which a step broke. Metrics come by the minute and a minute may hold several steps; what the entry answered and how
 * the backlog grew is known of each step.
 */
export function brokenSides({ policy, phases }: LoadEvidence, phase: PhaseResult): readonly Side[] {
  const { errorRatio, entryP99Ms, backlogGrowthPerSecond: growth, sinkP99Ms, sentEventsPerSecond } = phase;
  const isEntry = errorRatio > policy.errorRatio || (entryP99Ms ?? 0) > policy.latencyP99Ms;
  const isBehind = (growth ?? 0) > sentEventsPerSecond * GROWTH || (sinkP99Ms ?? 0) > policy.sinkP99Ms;
  const isSink = isBehind && lagsBehindEntry(phase, phases);
  return [...(isEntry ? (["entry"] as const) : []), ...(isSink ? (["sink"] as const) : [])];
}

/** Behind a stream the entry has answered before the consumer begins. */
export function sideOf(limit: LimitName, hasStream: boolean): Side {
  switch (limit) {
    case "shard-records":
    case "shard-bytes":
    case "entry-concurrency":
    case "api-throttle":
    case "sender":
      return "entry";
    case "table-write-capacity":
      return hasStream ? "sink" : "entry";
    case "shard-reads":
    case "consumer-concurrency":
    case "consumer-throughput":
      return "sink";
    default:
      return limit satisfies never;
  }
}
