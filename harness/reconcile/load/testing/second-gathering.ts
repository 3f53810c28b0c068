import { DurationCounts } from "../../../model/duration-counts.ts";
import { type EventOutcomes, encodeOutcomes, noOutcomes } from "../../../model/event-outcomes.ts";
import type { LoadSecond } from "../../../model/load-fact.ts";

export type Answer = keyof EventOutcomes;

/** What one thread does in one second, until it is a fact. */
export class SecondGathering {
  readonly sets = noOutcomes();
  readonly #second: number;
  readonly #worker: number;
  readonly #latency = new DurationCounts();
  readonly #service = new DurationCounts();
  readonly #sendDelay = new DurationCounts();
  readonly #answers: Record<string, number> = {};
  #sent = 0;

  constructor(second: number, worker: number) {
    this.#second = second;
    this.#worker = worker;
  }

  answer(status: string, latencyMs: number, serviceMs: number): void {
    this.#answers[status] = (this.#answers[status] ?? 0) + 1;
    this.#latency.add(latencyMs);
    this.#service.add(serviceMs);
  }

  send(delayMs: number): void {
    this.#sent += 1;
    this.#sendDelay.add(delayMs);
  }

  fact(scenario: string): LoadSecond {
    return {
      fact: "load-second",
      atMs: (this.#second + 1) * 1000,
      scenario,
      worker: this.#worker,
      second: this.#second,
      ...encodeOutcomes(this.sets),
      sentRequests: this.#sent,
      inFlight: 0,
      answers: this.#answers,
      latency: this.#latency.takeEncoded(),
      service: this.#service.takeEncoded(),
      sendDelay: this.#sendDelay.takeEncoded(),
      sentBytes: this.#sent * 100,
      samples: [],
    };
  }
}
