import type { AnswerCode } from "./answer-code.ts";

/**
 * What one thread did in one second, as columns: one row per request that ended. Arrays of numbers are cheap to fill and move to
 * the parent without a copy. Times are milliseconds since the epoch, with fractions; requests are named by their index in the scenario.
 */
export interface SecondColumns {
  readonly second: number;
  readonly request: Float64Array<ArrayBuffer>;
  readonly answer: Uint16Array<ArrayBuffer>;
  readonly intendedMs: Float64Array<ArrayBuffer>;
  readonly sentMs: Float64Array<ArrayBuffer>;
  readonly doneMs: Float64Array<ArrayBuffer>;
  /** Intended to sent time of each request that was sent in this second. */
  readonly sendDelayMs: Float64Array<ArrayBuffer>;
  /** Requests that were due and could not be sent. */
  readonly unsent: Float64Array<ArrayBuffer>;
  /** Half-open pairs of requests that will not be sent because the run was stopped. */
  readonly unsentRanges: readonly (readonly [from: number, until: number])[];
  /** At the end of the second. */
  readonly inFlight: number;
  readonly sentBytes: number;
  readonly samples: readonly AnswerSample[];
}

export interface AnswerSample {
  readonly code: AnswerCode;
  readonly body: string;
}

/** Samples of one second and thread. */
const MOST_SAMPLES = 3;

/** Collects one second after the other. */
export class SecondCollector {
  #rows = 0;
  #request = new Float64Array(1024);
  #answer = new Uint16Array(1024);
  #intendedMs = new Float64Array(1024);
  #sentMs = new Float64Array(1024);
  #doneMs = new Float64Array(1024);
  #sends = 0;
  #sendDelayMs = new Float64Array(1024);
  #unsent: number[] = [];
  #unsentRanges: (readonly [from: number, until: number])[] = [];
  #sentBytes = 0;
  #samples: AnswerSample[] = [];

  /** Nothing happened since the last take. */
  get isEmpty(): boolean {
    return this.#rows + this.#sends + this.#unsent.length + this.#unsentRanges.length === 0;
  }

  sent(delayMs: number, sizeBytes: number): void {
    if (this.#sends === this.#sendDelayMs.length) this.#sendDelayMs = doubled(this.#sendDelayMs);
    this.#sendDelayMs[this.#sends++] = delayMs;
    this.#sentBytes += sizeBytes;
  }

  settled(request: number, answer: AnswerCode, intendedMs: number, sentMs: number, doneMs: number): void {
    if (this.#rows === this.#request.length) this.#grow();
    const row = this.#rows++;
    this.#request[row] = request;
    this.#answer[row] = answer;
    this.#intendedMs[row] = intendedMs;
    this.#sentMs[row] = sentMs;
    this.#doneMs[row] = doneMs;
  }

  unsent(request: number): void {
    this.#unsent.push(request);
  }

  unsentRange(from: number, until: number): void {
    if (until > from) this.#unsentRanges.push([from, until]);
  }

  /** Keeps the first few answers of a second, of each code one before any a second time. */
  sample(code: AnswerCode, body: () => string): void {
    if (this.#samples.length >= MOST_SAMPLES) return;
    if (this.#samples.some((sample) => sample.code === code)) return;
    this.#samples.push({ code, body: body() });
  }

  /** Returns what was collected, and starts again. */
  take(second: number, inFlight: number): SecondColumns {
    const rows = this.#rows;
    const columns: SecondColumns = {
      second,
      request: this.#request.slice(0, rows),
      answer: this.#answer.slice(0, rows),
      intendedMs: this.#intendedMs.slice(0, rows),
      sentMs: this.#sentMs.slice(0, rows),
      doneMs: this.#doneMs.slice(0, rows),
      sendDelayMs: this.#sendDelayMs.slice(0, this.#sends),
      unsent: Float64Array.from(this.#unsent),
      unsentRanges: this.#unsentRanges,
      inFlight,
      sentBytes: this.#sentBytes,
      samples: this.#samples,
    };
    this.#rows = 0;
    this.#sends = 0;
    this.#unsent = [];
    this.#unsentRanges = [];
    this.#sentBytes = 0;
    this.#samples = [];
    return columns;
  }

  #grow(): void {
    this.#request = doubled(this.#request);
    this.#intendedMs = doubled(this.#intendedMs);
    this.#sentMs = doubled(this.#sentMs);
    this.#doneMs = doubled(this.#doneMs);
    const answer = new Uint16Array(this.#answer.length * 2);
    answer.set(this.#answer);
    this.#answer = answer;
  }
}

function doubled(column: Float64Array): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(column.length * 2);
  larger.set(column);
  return larger;
}

/** The buffers that may move to another thread with the columns. */
export function buffersOf(columns: SecondColumns): ArrayBuffer[] {
  const { request, answer, intendedMs, sentMs, doneMs, sendDelayMs, unsent } = columns;
  return [request, answer, intendedMs, sentMs, doneMs, sendDelayMs, unsent].map(({ buffer }) => buffer);
}
