import { between } from "../../../testing/random.ts";

/** A system under load, second by second: how much comes through, and how slow the slowest are. */
export interface System {
  readonly name: string;
  /** The rate that it carries for ever. */
  readonly truthEventsPerSecond: number;
  /** One second at this rate; `queued` events wait at its end. */
  second(eventsPerSecond: number): { readonly through: number; readonly refused: number; readonly p99Ms: number };
  /** Idle until nothing waits. */
  drain(): void;
}

/** Tokens at a steady rate, saved up to a burst; what finds none is refused. API throttling, table capacity. */
export function tokenBucket(rate: number, burst: number): System {
  let tokens = burst;
  return {
    name: `token bucket ${rate.toFixed(0)}/s, burst ${burst.toFixed(0)}`,
    truthEventsPerSecond: rate,
    second(offered) {
      tokens += rate;
      const through = Math.min(offered, tokens);
      tokens = Math.min(burst, tokens - through);
      return { through, refused: offered - through, p99Ms: 20 };
    },
    drain() {
      tokens = Math.min(burst, tokens + 4 * rate);
    },
  };
}

/** A table behind a stream: nothing is refused, and while writers are throttled their back-off loses a part of the rate. */
export function tableBehindStream(rate: number, burst: number, lostToBackoff: number): System {
  let tokens = burst;
  let waiting = 0;
  return {
    name: `table ${rate.toFixed(0)}/s behind a stream`,
    truthEventsPerSecond: rate,
    second(offered) {
      tokens += rate;
      waiting += offered;
      const throttled = rate * (1 - lostToBackoff) + Math.max(0, tokens - rate);
      const through = waiting <= tokens ? waiting : Math.min(waiting, tokens, throttled);
      tokens = Math.min(burst, tokens - through);
      waiting -= through;
      return { through, refused: 0, p99Ms: 20 + (waiting / rate) * 1000 };
    },
    drain() {
      tokens = Math.min(burst, tokens + 4 * rate);
      waiting = 0;
    },
  };
}

/** So many at once, each so long, and an endless queue before them. Consumers of a stream, workers behind a queue. */
export function queue(concurrency: number, serviceMs: number): System {
  const rate = (concurrency * 1000) / serviceMs;
  let waiting = 0;
  return {
    name: `queue ${rate.toFixed(0)}/s`,
    truthEventsPerSecond: rate,
    second(offered) {
      const through = Math.min(waiting + offered, rate);
      waiting += offered - through;
      return { through, refused: 0, p99Ms: serviceMs + (waiting / rate) * 1000 };
    },
    drain() {
      waiting = 0;
    },
  };
}

/** Concurrency without a queue: what finds no place is refused. A function with reserved concurrency behind a load balancer. */
export function places(concurrency: number, serviceMs: number): System {
  const rate = (concurrency * 1000) / serviceMs;
  return {
    name: `places ${rate.toFixed(0)}/s`,
    truthEventsPerSecond: rate,
    second: (offered) => ({ through: Math.min(offered, rate), refused: Math.max(0, offered - rate), p99Ms: serviceMs }),
    drain: () => undefined,
  };
}

/** Shards of one size with keys spread unevenly: the first to fill refuses while the others still take. */
function shards(perShard: number, parts: readonly number[]): System {
  const total = parts.reduce((sum, part) => sum + part, 0);
  const shares = parts.map((part) => part / total);
  return {
    name: `${shares.length} shards of ${perShard.toFixed(0)}/s`,
    truthEventsPerSecond: perShard / Math.max(...shares),
    second(offered) {
      const through = shares.reduce((sum, share) => sum + Math.min(offered * share, perShard), 0);
      return { through, refused: offered - through, p99Ms: 30 };
    },
    drain: () => undefined,
  };
}

/** Everything comes through, slower and slower: an M/M/1 queue whose latency crosses `limitMs` at the truth. */
function knee(ceiling: number, serviceMs: number, limitMs: number): System {
  return {
    name: `knee below ${ceiling.toFixed(0)}/s`,
    truthEventsPerSecond: ceiling * (1 - serviceMs / limitMs),
    second: (offered) => ({
      through: Math.min(offered, ceiling),
      refused: 0,
      p99Ms: offered >= ceiling ? 30_000 : serviceMs / (1 - offered / ceiling),
    }),
    drain: () => undefined,
  };
}

/** One of them, with limits from 20 to 500 events/s. */
export function anySystem(random: () => number): System {
  const rate = 20 * 25 ** random();
  const kind = Math.floor(random() * 6);
  switch (kind) {
    case 0:
      return tokenBucket(rate, rate * between(random, 0, 6));
    case 1:
      return tokenBucket(rate / 8, (rate / 8) * between(random, 8, 14));
    case 2: {
      const serviceMs = between(random, 20, 400);
      return queue((rate * serviceMs) / 1000, serviceMs);
    }
    case 3: {
      const serviceMs = between(random, 20, 400);
      return places((rate * serviceMs) / 1000, serviceMs);
    }
    case 4: {
      const parts = Array.from({ length: 1 + Math.floor(random() * 5) }, () => between(random, 0.7, 1.3));
      return shards(rate / parts.length, parts);
    }
    default:
      return knee(rate * 1.1, between(random, 20, 60), 1_000);
  }
}
