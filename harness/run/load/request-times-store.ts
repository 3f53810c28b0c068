import type { RequestTimes } from "../../inject/load/load-sender.ts";
import type { SendTimes } from "../../observe/load/shard-order.ts";

const FIRST_SIZE = 4_096;

/** Sent and acked times of every request so far, 16 bytes each, for observers that prove an order. Never journalled. */
export class RequestTimesStore {
  readonly #eventsPerRequest: number;
  #sentMs = new Float64Array(FIRST_SIZE).fill(Number.NaN);
  #ackedMs = new Float64Array(FIRST_SIZE).fill(Number.NaN);

  constructor(eventsPerRequest: number) {
    this.#eventsPerRequest = eventsPerRequest;
  }

  add({ request, sentMs, doneMs, acked }: RequestTimes): void {
    for (let row = 0; row < request.length; row += 1) {
      if (acked[row] !== 1) continue;
      const index = request[row] ?? 0;
      if (index >= this.#sentMs.length) this.#grow(index);
      this.#sentMs[index] = sentMs[row] ?? Number.NaN;
      this.#ackedMs[index] = doneMs[row] ?? Number.NaN;
    }
  }

  /** Of an event's request; undefined where it was not acked, or is not known yet. */
  timesOf(sequence: number): SendTimes | undefined {
    const index = Math.floor(sequence / this.#eventsPerRequest);
    const sentMs = this.#sentMs[index] ?? Number.NaN;
    const ackedMs = this.#ackedMs[index] ?? Number.NaN;
    return Number.isNaN(sentMs) || Number.isNaN(ackedMs) ? undefined : { sentMs, ackedMs };
  }

  #grow(index: number): void {
    const size = Math.max(index + 1, this.#sentMs.length * 2);
    this.#sentMs = grown(this.#sentMs, size);
    this.#ackedMs = grown(this.#ackedMs, size);
  }
}

function grown(values: Float64Array<ArrayBuffer>, size: number): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(size).fill(Number.NaN);
  larger.set(values);
  return larger;
}
