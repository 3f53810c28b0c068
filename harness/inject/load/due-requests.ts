import type { LoadPhase } from "../../model/load.ts";
import { intendedOffsetMs } from "../../model/request-times.ts";

/** A thread's own share of the phases, in order: every request `k` with `k % workers === worker`. */
export class DueRequests {
  readonly #worker: number;
  readonly #workers: number;
  readonly #eventsPerRequest: number;
  readonly #phases: LoadPhase[] = [];
  #current: LoadPhase | undefined = undefined;
  #request = 0;
  #dueMs = Number.POSITIVE_INFINITY;

  constructor(worker: number, workers: number, eventsPerRequest: number) {
    this.#worker = worker;
    this.#workers = workers;
    this.#eventsPerRequest = eventsPerRequest;
  }

  /** Intended time of the next request, milliseconds since the epoch; infinite where no phase is left. */
  get dueMs(): number {
    return this.#dueMs;
  }

  /** Index of the next request; meaningless where none is due. */
  get request(): number {
    return this.#request;
  }

  add(phase: LoadPhase): void {
    this.#phases.push(phase);
    if (this.#current === undefined) this.#nextPhase();
  }

  /** The next request has been dealt with. */
  advance(): void {
    this.#request += this.#workers;
    this.#aim();
  }

  /**
   * Gives up what is left. `visit` gets the thread's own requests before `cut`, `visitRange` the rest of each phase from `cut` on,
   * whosever they are.
   */
  abandon(cut: number, visit: (request: number) => void, visitRange: (from: number, until: number) => void): void {
    for (let phase = this.#current; phase !== undefined; phase = this.#current) {
      const end = phase.firstRequest + phase.requestCount;
      for (let request = this.#request; request < Math.min(cut, end); request += this.#workers) visit(request);
      visitRange(Math.max(cut, phase.firstRequest), end);
      this.#nextPhase();
    }
  }

  #nextPhase(): void {
    this.#current = this.#phases.shift();
    if (this.#current === undefined) {
      this.#dueMs = Number.POSITIVE_INFINITY;
      return;
    }
    const { firstRequest } = this.#current;
    this.#request = firstRequest + ((this.#worker - (firstRequest % this.#workers) + this.#workers) % this.#workers);
    this.#aim();
  }

  #aim(): void {
    const phase = this.#current;
    if (phase === undefined) return;
    const indexInPhase = this.#request - phase.firstRequest;
    if (indexInPhase >= phase.requestCount) this.#nextPhase();
    else this.#dueMs = phase.startMs + intendedOffsetMs(phase, this.#eventsPerRequest, indexInPhase);
  }
}
