import type { LoadPlanView } from "../../observe/load/load-task.ts";

const FIRST_SIZE = 4_096;

/** What observers know of a closed loop's events: they are due when they are sent, 8 bytes for each request. */
export class ClosedLoopPlan implements LoadPlanView {
  readonly #eventsPerRequest: number;
  #endMs: number;
  #sentMs = new Float64Array(FIRST_SIZE).fill(Number.NaN);
  #requests = 0;

  /** @param endMs When the loop ends at the latest, as far as is known. */
  constructor(eventsPerRequest: number, endMs: number) {
    this.#eventsPerRequest = eventsPerRequest;
    this.#endMs = endMs;
  }

  /** Requests are sent in the order of their numbers, from 0. */
  sent(request: number, sentMs: number): void {
    if (request >= this.#sentMs.length) {
      const larger = new Float64Array(this.#sentMs.length * 2).fill(Number.NaN);
      larger.set(this.#sentMs);
      this.#sentMs = larger;
    }
    this.#sentMs[request] = sentMs;
    this.#requests = request + 1;
  }

  ended(atMs: number): void {
    this.#endMs = atMs;
  }

  endMs(): number {
    return this.#endMs;
  }

  intendedMs(sequence: number): number {
    return this.#sentMs[Math.floor(sequence / this.#eventsPerRequest)] ?? Number.NaN;
  }

  phaseOf(): number {
    return 0;
  }

  plannedEvents(): number {
    return this.#requests * this.#eventsPerRequest;
  }
}
