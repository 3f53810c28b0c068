import type { LoadPhase } from "../../model/load.ts";
import type { LoadEngineTold } from "../../model/load-fact.ts";
import type { LoadSender, LoadSenderEvents } from "../load/load-sender.ts";
import type { LoadTarget } from "../load/load-target.ts";

export interface ArtilleryOptions extends LoadTarget {
  readonly scenario: string;
  readonly workers: number;
  readonly requestMs: number;
  /** What a stopped run leaves to requests under way. */
  readonly drainMs: number;
  /** Where scripts, reports and logs go. */
  readonly folder: string;
  /** `processor.cjs` of this folder. */
  readonly processorFile: string;
  /** Every phase of the load with its offset from the first: Artillery has to have them before it starts. */
  readonly phases: readonly LoadPhase[];
  /** Whether `onSecond` also gets the times of each request. */
  readonly times: boolean;
  /** For people who watch. */
  readonly note: (line: string) => void;
  /** Ends the wait for Artillery to come up. */
  readonly signal: AbortSignal;
}

export interface EngineEvents extends LoadSenderEvents {
  /** What Artillery counted by itself, once for each worker. */
  readonly onEngine: (fact: LoadEngineTold) => void;
}

/** A sender that needs time between being given its phases and the start of the first. */
export interface EngineSender extends LoadSender {
  readonly leadMs: number;
}
