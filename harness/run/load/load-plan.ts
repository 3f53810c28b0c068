import type { LoadPhase } from "../../model/load.ts";
import { intendedTimeOf } from "../../model/request-times.ts";
import type { LoadPlanView } from "../../observe/load/load-task.ts";

/** The phases of one scenario as they are decided, and what follows from them for every event. */
export class LoadPlan implements LoadPlanView {
  readonly #eventsPerRequest: number;
  readonly #phases: LoadPhase[] = [];
  readonly #first: PlanPosition;

  /** @param first Where numbering begins: beyond what the run has planned before. */
  constructor(eventsPerRequest: number, first: PlanPosition) {
    this.#eventsPerRequest = eventsPerRequest;
    this.#first = first;
  }

  add(phase: LoadPhase): void {
    this.#phases.push(phase);
  }

  /** Number of the next phase, and index of its first request. */
  next(): PlanPosition {
    const last = this.#phases.at(-1);
    return last === undefined
      ? this.#first
      : { firstPhase: last.phase + 1, firstRequest: last.firstRequest + last.requestCount };
  }

  /** When the last phase ends; minus infinity where there is none. */
  endMs(): number {
    const last = this.#phases.at(-1);
    return last === undefined ? Number.NEGATIVE_INFINITY : last.startMs + last.durationMs;
  }

  intendedMs(sequence: number): number {
    return intendedTimeOf(this.#phases, this.#eventsPerRequest, sequence) ?? Number.NaN;
  }

  phaseOf(sequence: number): number {
    const request = Math.floor(sequence / this.#eventsPerRequest);
    return this.#phases.findLast(({ firstRequest }) => firstRequest <= request)?.phase ?? this.#first.firstPhase;
  }

  plannedEvents(): number {
    return this.next().firstRequest * this.#eventsPerRequest;
  }
}

export interface PlanPosition {
  readonly firstPhase: number;
  readonly firstRequest: number;
}
