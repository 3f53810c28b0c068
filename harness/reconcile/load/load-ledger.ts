import type { EventOutcomes } from "../../model/event-outcomes.ts";
import type { LoadPhase, LoadSpec } from "../../model/load.ts";
import type {
  LoadAborted,
  LoadAbsent,
  LoadArrived,
  LoadCleaned,
  LoadEngineTold,
  LoadSaturated,
  LoadSecond,
  LoadStreamRead,
} from "../../model/load-fact.ts";
import type { Scenario } from "../../model/scenario.ts";
import type { SequenceSet } from "../../model/sequence-set.ts";

/**
 * Everything that is known of one loaded scenario, put together from its facts: the same whatever their order and however often
 * each is repeated. Events are sets of sequence numbers; times are milliseconds since the epoch.
 */
export interface LoadLedger {
  readonly runId: string;
  readonly scenario: Scenario;
  readonly spec: LoadSpec;
  /** In the order of their first requests. */
  readonly phases: readonly LoadPhase[];
  /** Every event that a phase planned. */
  readonly planned: SequenceSet;
  /** What the sender says of each event; no event is in two of these. */
  readonly outcomes: EventOutcomes;
  /** By second and thread. */
  readonly seconds: readonly LoadSecond[];
  /** By name, only those that an observer spoke of. */
  readonly hops: ReadonlyMap<string, HopSeen>;
  /** By the time of their reading. */
  readonly absences: readonly LoadAbsent[];
  readonly metrics: readonly MetricRead[];
  readonly aborts: readonly LoadAborted[];
  /** One for each table, by its name: the last that was said of it. */
  readonly cleanups: readonly LoadCleaned[];
  /** What another engine's workers counted, by worker. */
  readonly engines: readonly LoadEngineTold[];
  /** What a closed loop measured; undefined where the load followed a plan. */
  readonly saturation: LoadSaturated | undefined;
  /** First and last time of any fact of the scenario; infinite the wrong way round where there is none. */
  readonly firstMs: number;
  readonly lastMs: number;
}

/** What the observers saw at one hop. */
export interface HopSeen {
  readonly seen: SequenceSet;
  readonly repeated: SequenceSet;
  /** Occurrences above the first, all events together. */
  readonly extra: number;
  /** Tags that no phase planned, sorted. */
  readonly strangers: readonly string[];
  readonly overtaken: SequenceSet;
  /** By time. */
  readonly arrivals: readonly LoadArrived[];
  readonly reads: readonly LoadStreamRead[];
}

/** Datapoints of one metric, by time; of one read twice the highest value, as CloudWatch's sums only grow. */
export interface MetricRead {
  readonly namespace: string;
  readonly metric: string;
  readonly statistic: "Sum" | "Maximum" | "Average";
  readonly dimensions: Readonly<Record<string, string>>;
  readonly periodMs: number;
  readonly datapoints: readonly { readonly startMs: number; readonly value: number }[];
}
