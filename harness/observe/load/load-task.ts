import type { Hop } from "../../model/hop.ts";
import type { ObserveTools } from "../observer.ts";
import type { AwaitedLoad } from "./awaited-load.ts";

/** What an observer of a load has to do: watch one hop for the events of one scenario. */
export interface LoadObserveTask<H extends Hop> {
  readonly runId: string;
  readonly scenario: { readonly name: string; readonly producer: string };
  readonly hop: H;
  readonly awaited: AwaitedLoad;
  readonly plan: LoadPlanView;
  /** When the run began; nothing of it can be older. */
  readonly startMs: number;
  /** Until when to wait for what has not been seen. Asked once, when `awaited` has ended. */
  deadlineMs(): number;
}

/** What is known of a sequence without keeping anything per event. */
export interface LoadPlanView {
  /** When the event was due, in milliseconds since the epoch. */
  intendedMs(sequence: number): number;
  /** The phase that the event belongs to. The facts of an observer never mix phases. */
  phaseOf(sequence: number): number;
  /** Sequences from here on were never planned, so far. */
  plannedEvents(): number;
}

/** A load's observers never search logs. */
export type LoadObserveTools = Omit<ObserveTools, "logCalls">;
