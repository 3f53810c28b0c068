import * as hdr from "hdr-histogram-js";
import type { LoadSecond } from "../../../model/load-fact.ts";
import { SequenceSet } from "../../../model/sequence-set.ts";

export type Answer = "acked" | "rejected" | "unknown" | "unsent";

/** What one thread does in one second, until it is a fact. */
export class SecondGathering {
  readonly sets: Readonly<Record<Answer, SequenceSet>> = {
    acked: new SequenceSet(),
    rejected: new SequenceSet(),
    unknown: new SequenceSet(),
    unsent: new SequenceSet(),
  };
  readonly #second: number;
  readonly #worker: number;
  readonly #latency = histogram();
  readonly #service = histogram();
  readonly #sendDelay = histogram();
  readonly #answers: Record<string, number> = {};
  #sent = 0;

  constructor(second: number, worker: number) {
    this.#second = second;
    this.#worker = worker;
  }

  answer(status: string, latencyMs: number, serviceMs: number): void {
    this.#answers[status] = (this.#answers[status] ?? 0) + 1;
    this.#latency.recordValue(Math.round(latencyMs * 1000));
    this.#service.recordValue(Math.round(serviceMs * 1000));
  }

  send(delayMs: number): void {
    this.#sent += 1;
    this.#sendDelay.recordValue(Math.round(delayMs * 1000));
  }

  fact(scenario: string): LoadSecond {
    const { acked, rejected, unknown, unsent } = this.sets;
    return {
      fact: "load-second",
      atMs: (this.#second + 1) * 1000,
      scenario,
      worker: this.#worker,
      second: this.#second,
      acked: acked.encode(),
      rejected: rejected.encode(),
      unknown: unknown.encode(),
      unsent: unsent.encode(),
      sentRequests: this.#sent,
      inFlight: 0,
      answers: this.#answers,
      latency: hdr.encodeIntoCompressedBase64(this.#latency),
      service: hdr.encodeIntoCompressedBase64(this.#service),
      sendDelay: hdr.encodeIntoCompressedBase64(this.#sendDelay),
      sentBytes: this.#sent * 100,
      samples: [],
    };
  }
}

/** An empty histogram as the sender keeps them. */
export function histogram(): hdr.Histogram {
  return hdr.build({
    lowestDiscernibleValue: 1,
    highestTrackableValue: 3_600_000_000,
    numberOfSignificantValueDigits: 3,
  });
}
