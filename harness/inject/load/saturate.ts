import type { Options, Result } from "autocannon";
import { type AnswerCode, INTERRUPTED, outcomeKindOf, TIMEOUT } from "./answer-code.ts";
import { type LoadTarget, resolveTarget } from "./load-target.ts";
import { createRequestText } from "./request-text.ts";
import { SecondCollector, type SecondColumns } from "./second-columns.ts";

export interface SaturationOptions extends LoadTarget {
  /** Requests under way at once: each connection sends its next request when it has the answer to the last. */
  readonly connections: number;
  readonly durationMs: number;
  /** No more than these are sent, but one for each connection. */
  readonly mostRequests: number;
  readonly requestMs: number;
  /** Ends the probe early. */
  readonly signal: AbortSignal;
  /** Before a request goes out, numbered from 0: when, in milliseconds since the epoch. */
  readonly onSend: (request: number, sentMs: number) => void;
  /**
   * What ended in a second, soon after it; a second may come in several parts. A closed loop has no intended times: those of a
   * request are its sent times.
   */
  readonly onSecond: (columns: SecondColumns) => void;
}

/**
 * What a closed loop found: the most that the entry answers to so many connections. Its latencies are those of its own pace, not
 * of any planned rate, and are no measure of what users of an open loop would see.
 */
export interface Saturation {
  readonly startMs: number;
  readonly durationMs: number;
  readonly requests: number;
  readonly ackedRequestsPerSecond: number;
  /** Of the answers, whatever they said. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly rejectedRequests: number;
  /** No definite answer came, or the probe ended before. */
  readonly unknownRequests: number;
}

/** The producer of the probe's events, not that of the load: they follow no plan, so their sequence must not mix with the load's. */
export function saturationProducer(producer: string): string {
  return `${producer}sat`;
}

/** autocannon opens a new connection for each that fails, at once: against a dead target it would do nothing else. */
const MOST_ERRORS = 1_000;
const HAND_OVER_MS = 1_000;

/**
 * Closed-loop saturation probe with autocannon, never in its rate mode (which sends each second's quota as one burst). Every
 * request is tagged for `producer` and its outcome kept. autocannon does not check certificates.
 */
export async function saturate(options: SaturationOptions): Promise<Saturation> {
  const { default: autocannon } = await import("autocannon");
  const { peer, shape } = resolveTarget(options);
  const text = createRequestText(shape);
  const loop = new ClosedLoop(options);
  const host = peer.host.includes(":") ? `[${peer.host}]` : peer.host;
  const handOver = setInterval(() => loop.handOver(), HAND_OVER_MS);
  const startMs = nowMs();
  try {
    await run(autocannon, options.signal, {
      url: `${peer.protocol}//${host}:${peer.port}`,
      connections: options.connections,
      duration: options.durationMs / 1000,
      timeout: Math.max(1, Math.ceil(options.requestMs / 1000)),
      servername: peer.serverName,
      bailout: MOST_ERRORS,
      // Shared out among the connections, and kept by each.
      maxOverallRequests: Math.max(options.mostRequests, options.connections),
      requests: [
        {
          path: shape.path,
          headers: { host: shape.host, "content-type": "application/json" },
          setupRequest: (request, context) => {
            const { request: index } = Object.assign(context, { request: loop.sentRequests });
            const whole = text(index);
            loop.sent(whole.length);
            return Object.assign({}, request, { method: shape.method, body: bodyOf(whole) });
          },
          onResponse: (status, body, context) => {
            if (!("request" in context) || typeof context.request !== "number") return;
            loop.answered(context.request, status, body);
          },
        },
      ],
    });
  } finally {
    clearInterval(handOver);
  }
  return loop.end(startMs);
}

/** Keeps what every request of the loop came to. */
class ClosedLoop {
  readonly #options: SaturationOptions;
  readonly #open = new Map<number, number>();
  readonly #seconds = new Map<number, SecondCollector>();
  readonly #answeredMs: number[] = [];
  readonly #counts = { acked: 0, rejected: 0, unknown: 0 };
  #sentRequests = 0;

  constructor(options: SaturationOptions) {
    this.#options = options;
  }

  get sentRequests(): number {
    return this.#sentRequests;
  }

  sent(sizeBytes: number): void {
    const [request, sentMs] = [this.#sentRequests, nowMs()];
    this.#sentRequests += 1;
    this.#open.set(request, sentMs);
    this.#options.onSend(request, sentMs);
    this.#at(sentMs).sent(0, sizeBytes);
  }

  answered(request: number, status: number, body: string): void {
    const sentMs = this.#open.get(request);
    if (sentMs === undefined) return;
    const doneMs = nowMs();
    this.#answeredMs.push(doneMs - sentMs);
    this.#settle(request, status, sentMs, doneMs);
    if (outcomeKindOf(status) !== "acked") this.#at(doneMs).sample(status, () => body.slice(0, 1024));
  }

  /** What has no answer by now gets none any more. autocannon does not say which request it gave up, or lost with its connection. */
  end(startMs: number): Saturation {
    const endMs = nowMs();
    const { requestMs } = this.#options;
    for (const [request, sentMs] of [...this.#open]) {
      const isLate = endMs - sentMs >= requestMs;
      this.#settle(request, isLate ? TIMEOUT : INTERRUPTED, sentMs, isLate ? sentMs + requestMs : endMs);
    }
    this.handOver();
    const durationMs = Math.max(1, Math.round(endMs - startMs));
    const sorted = Float64Array.from(this.#answeredMs).sort();
    return {
      startMs: Math.round(startMs),
      durationMs,
      requests: this.#sentRequests,
      ackedRequestsPerSecond: (this.#counts.acked * 1000) / durationMs,
      p50Ms: percentile(sorted, 50),
      p99Ms: percentile(sorted, 99),
      rejectedRequests: this.#counts.rejected,
      unknownRequests: this.#counts.unknown,
    };
  }

  handOver(): void {
    const seconds = [...this.#seconds].sort(([left], [right]) => left - right);
    this.#seconds.clear();
    for (const [second, collector] of seconds) this.#options.onSecond(collector.take(second, this.#open.size));
  }

  #settle(request: number, answer: AnswerCode, sentMs: number, doneMs: number): void {
    this.#open.delete(request);
    this.#counts[outcomeKindOf(answer)] += 1;
    this.#at(doneMs).settled(request, answer, sentMs, sentMs, doneMs);
  }

  #at(timeMs: number): SecondCollector {
    const second = Math.floor(timeMs / 1000);
    const known = this.#seconds.get(second);
    if (known !== undefined) return known;
    const made = new SecondCollector();
    this.#seconds.set(second, made);
    return made;
  }
}

function nowMs(): number {
  return performance.timeOrigin + performance.now();
}

function percentile(sorted: Float64Array, percent: number): number {
  return sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)] ?? 0;
}

type Autocannon = typeof import("autocannon");

function run(autocannon: Autocannon, signal: AbortSignal, options: Options): Promise<Result> {
  return new Promise((resolve, reject) => {
    const stop = () => probe.stop();
    const probe = autocannon(options, (error: unknown, result) => {
      signal.removeEventListener("abort", stop);
      if (error instanceof Error) reject(error);
      else resolve(result);
    });
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
}

/** The body of a request that was made for our own sender; autocannon writes the head itself. */
function bodyOf(text: string): Buffer {
  return Buffer.from(text.slice(text.indexOf("\r\n\r\n") + 4), "latin1");
}
