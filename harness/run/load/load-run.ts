import type { Fact, RunStarted } from "../../model/fact.ts";
import type { LoadSpec } from "../../model/load.ts";
import type { RunTools } from "../../model/ports.ts";
import type { Scenario } from "../../model/scenario.ts";
import type { LoadObserveTools } from "../../observe/load/load-task.ts";
import type { PlanPosition } from "./load-plan.ts";

/** What a load runs with. */
export interface LoadRunTools extends RunTools {
  readonly clients: LoadObserveTools["clients"];
  /** Host → URL to connect to, as curl's `--connect-to`. */
  readonly connectTo: Readonly<Record<string, string>>;
  /** Certificates to trust in PEM, instead of those that Node trusts. */
  readonly ca: string | undefined;
  /** The bundle of the sender's threads. */
  readonly workerFile: string;
  /** Where an engine that is not ours finds what it runs, and leaves what it writes; and the part of it that is the same for all. */
  readonly engineFolder: string;
  readonly processorFile: string;
  /** For people who watch. */
  readonly note: (line: string) => void;
}

/** One scenario to put under load. */
export interface LoadRun {
  readonly started: RunStarted;
  /** Everything journalled so far: a search decides by it. */
  readonly facts: readonly Fact[];
  readonly scenario: Scenario;
  readonly spec: LoadSpec;
  /** Where phases and requests are numbered on from. */
  readonly first: PlanPosition;
  readonly purpose: "profile" | "proof" | "saturation";
}
