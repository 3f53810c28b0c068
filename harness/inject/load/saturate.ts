import type { Options, Result } from "autocannon";
import { type EncodedSet, SequenceSet } from "../../model/sequence-set.ts";
import { outcomeKindOf } from "./answer-code.ts";
import { type LoadTarget, resolveTarget } from "./load-target.ts";
import { createRequestText } from "./request-text.ts";

export interface SaturationOptions extends LoadTarget {
  /** Requests under way at once: each connection sends its next request when it has the answer to the last. */
  readonly connections: number;
  readonly durationMs: number;
  readonly requestMs: number;
  /** Ends the probe early. */
  readonly signal: AbortSignal;
}

/**
 * What a closed loop found: the most that the entry answers to so many connections. Its latencies are those of its own pace, not
 * of any planned rate, and are no measure of what users of an open loop would see.
 */
export interface Saturation {
  /** The probe's events have a producer of their own: they follow no plan, so their sequence must not mix with the load's. */
  readonly producer: string;
  readonly connections: number;
  readonly durationMs: number;
  readonly ackedRequestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly connectionErrors: number;
  readonly timeouts: number;
  /** By sequence of the probe's producer. Unknown: no definite answer came, or the probe ended before. */
  readonly acked: EncodedSet;
  readonly rejected: EncodedSet;
  readonly unknown: EncodedSet;
}

/** The producer of the probe's events, beside that of the load. */
export function saturationProducer(producer: string): string {
  return `${producer}sat`;
}

/** autocannon opens a new connection for each that fails, at once: against a dead target it would do nothing else. */
const MOST_ERRORS = 1_000;

/**
 * Closed-loop saturation probe with autocannon, never in its rate mode (which sends each second's quota as one burst). Every
 * request is tagged and its outcome kept by sequence. autocannon does not check certificates.
 */
export async function saturate(options: SaturationOptions): Promise<Saturation> {
  const { default: autocannon } = await import("autocannon");
  const producer = saturationProducer(options.producer);
  const { peer, shape } = resolveTarget({ ...options, producer });
  const text = createRequestText(shape);
  // The unknown set gets those with an answer that is not definite; those without any join at the end.
  const sets = { acked: new SequenceSet(), rejected: new SequenceSet(), unknown: new SequenceSet() };
  let requests = 0;
  const addEvents = (set: SequenceSet, request: number) =>
    set.addRange(request * shape.eventsPerRequest, (request + 1) * shape.eventsPerRequest);

  const host = peer.host.includes(":") ? `[${peer.host}]` : peer.host;
  const result = await run(autocannon, options.signal, {
    url: `${peer.protocol}//${host}:${peer.port}`,
    connections: options.connections,
    duration: options.durationMs / 1000,
    timeout: Math.max(1, Math.ceil(options.requestMs / 1000)),
    servername: peer.serverName,
    bailout: MOST_ERRORS,
    requests: [
      {
        path: shape.path,
        headers: { host: shape.host, "content-type": "application/json" },
        setupRequest: (request, context) => {
          const { request: index } = Object.assign(context, { request: requests++ });
          return Object.assign({}, request, { method: shape.method, body: bodyOf(text(index)) });
        },
        onResponse: (status, _, context) => {
          if (!("request" in context) || typeof context.request !== "number") return;
          addEvents(sets[outcomeKindOf(status)], context.request);
        },
      },
    ],
  });

  const all = new SequenceSet();
  all.addRange(0, requests * shape.eventsPerRequest);
  return {
    producer,
    connections: options.connections,
    durationMs: Math.round(result.duration * 1000),
    ackedRequestsPerSecond: result["2xx"] / result.duration,
    p50Ms: result.latency.p50,
    p99Ms: result.latency.p99,
    connectionErrors: result.errors - result.timeouts,
    timeouts: result.timeouts,
    acked: sets.acked.encode(),
    rejected: sets.rejected.encode(),
    unknown: all.minus(sets.acked).minus(sets.rejected).encode(),
  };
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
