import { type EventTag, formatTag } from "../event.ts";
import type { Fact, RunStarted, WaitEnding } from "../fact.ts";
import { type Hop, kindOf } from "../hop.ts";
import type { Outcome } from "../outcome.ts";
import type { ReadError } from "../read-error.ts";
import type { Scenario } from "../scenario.ts";

export const RUN_ID = "r1";
export const START_MS = 1_800_000_000_000;
/** From one intended event to the next. */
const INTERVAL_MS = 10;
/** From the intended time to the answer, and from hop to hop. */
const STEP_MS = 5;

export const ACKED: Outcome = { kind: "acked", status: 202, answer: '{"accepted":1}' };
export const REJECTED: Outcome = { kind: "rejected", status: 400, answer: '{"error":"id: missing"}' };
export const TIMED_OUT: Outcome = {
  kind: "unknown",
  reason: "timeout",
  status: null,
  answer: "no answer within 5000 ms",
};
export const BAD_GATEWAY: Outcome = { kind: "unknown", reason: "server-error", status: 502, answer: "502 Bad Gateway" };
export const DENIED: ReadError = {
  code: "AccessDeniedException",
  message: "not authorized",
  operation: "kinesis:GetRecords",
};

/** entry → ingest-log → stream → records (metric) → processor-log → table. */
export function streamScenario(overrides: Partial<Scenario> = {}): Scenario {
  return {
    name: "alb-to-table",
    sentence: "What is posted to the load balancer stands in the table.",
    pipeline: "events",
    producer: "alb",
    entry: {
      kind: "http",
      via: "alb",
      method: "POST",
      url: "http://alb.test/events",
      body: '{"id":"{tag}"}',
      batchBody: null,
    },
    hops: [
      { kind: "entry", name: "entry" },
      { kind: "log", name: "ingest-log", logGroup: "/aws/lambda/ingest" },
      { kind: "stream", name: "stream", stream: "events" },
      {
        kind: "metric",
        name: "records",
        namespace: "AWS/Kinesis",
        metric: "IncomingRecords",
        dimensions: { StreamName: "events" },
        counts: "events",
      },
      { kind: "log", name: "processor-log", logGroup: "/aws/lambda/processor" },
      { kind: "item", name: "table", table: "events", key: { id: "{tag}" }, deliveriesAttribute: "deliveries" },
    ],
    load: { requests: [{ events: 1 }], intervalMs: INTERVAL_MS },
    deadlines: { requestMs: 5_000, eventsMs: 30_000, logsMs: 30_000, metricsMs: 60_000 },
    policy: { duplicated: "pass", unexpected: "unknown" },
    roles: {},
    ...overrides,
  };
}

/**
 * Writes the journal of a run of one scenario, so that a test reads like what happened:
 * `new History().pass(0, 11).send(12).finish()`. Nothing is said that was not asked for, but by `finish`.
 */
export class History {
  readonly scenario: Scenario;
  readonly facts: Fact[] = [];
  readonly #sent = new Map<number, Outcome>();
  readonly #seen = new Map<string, Set<number>>();
  readonly #waited = new Set<string>();
  #lastSequence = 0;

  constructor(scenario: Scenario = streamScenario()) {
    this.scenario = scenario;
    const target = { kind: "twin", accountId: "123456789012", region: "eu-west-1", deployment: "state.json" } as const;
    const start: RunStarted = {
      fact: "run-started",
      atMs: START_MS,
      journalVersion: 1,
      runId: RUN_ID,
      kind: "verify",
      target,
      scenarios: [scenario],
      onlyFindings: null,
    };
    this.facts.push(start);
  }

  tag(sequence: number): EventTag {
    return formatTag({ runId: RUN_ID, producer: this.scenario.producer, sequence });
  }

  intendedMs(sequence: number): number {
    return START_MS + 1000 + sequence * INTERVAL_MS;
  }

  /** Planned, and not more. */
  intend(sequence: number): this {
    const intendedAtMs = this.intendedMs(sequence);
    this.#lastSequence = Math.max(this.#lastSequence, sequence);
    return this.#add({ fact: "intended", atMs: intendedAtMs, tag: this.tag(sequence), intendedAtMs, sizeBytes: 100 });
  }

  /** Planned, sent and answered. */
  send(sequence: number, outcome: Outcome = ACKED): this {
    const sentAtMs = this.intendedMs(sequence) + 1;
    const doneAtMs = this.intendedMs(sequence) + STEP_MS;
    this.#sent.set(sequence, outcome);
    return this.intend(sequence)
      .#add({ fact: "sent", atMs: sentAtMs, tag: this.tag(sequence), sentAtMs })
      .#add({ fact: "answered", atMs: doneAtMs, tag: this.tag(sequence), doneAtMs, outcome });
  }

  /** Seen at one hop, `STEP_MS` later than at the hop before it. */
  see(sequence: number, hop: string, occurrence = `first of ${sequence}`): this {
    const index = this.scenario.hops.findIndex(({ name }) => name === hop);
    const seenAtMs = this.intendedMs(sequence) + (index + 1) * STEP_MS;
    const seen = this.#seen.get(hop) ?? new Set();
    this.#seen.set(hop, seen.add(sequence));
    const place = `${hop === "stream" ? `shardId-00000000000${sequence % 2}` : hop}, ${occurrence}`;
    return this.#add({ fact: "sighted", atMs: seenAtMs, hop, tag: this.tag(sequence), occurrence, seenAtMs, place });
  }

  /** Sent, and seen at every hop up to and including `lastHop`. */
  passUpTo(sequence: number, lastHop: string, outcome: Outcome = ACKED): this {
    this.send(sequence, outcome);
    const last = this.scenario.hops.findIndex(({ name }) => name === lastHop);
    for (const hop of this.scenario.hops.slice(0, last + 1)) if (isWatched(hop)) this.see(sequence, hop.name);
    return this;
  }

  /** Sent, and seen at every hop: each of `first` to `last`. */
  pass(first: number, last = first): this {
    const sink = this.scenario.hops.at(-1)?.name ?? "entry";
    for (let sequence = first; sequence <= last; sequence++) this.passUpTo(sequence, sink);
    return this;
  }

  cover(hop: string, untilMs: number): this {
    return this.#add({ fact: "covered", atMs: untilMs, hop, untilMs, how: `read all of ${hop}` });
  }

  endWait(hop: string, ending: WaitEnding): this {
    this.#waited.add(hop);
    return this.#add({
      fact: "wait-ended",
      atMs: this.afterDeadlineMs(),
      hop,
      startedAtMs: START_MS,
      attempts: 3,
      ending,
    });
  }

  measure(hop: string, when: "before" | "after", ...sums: number[]): this {
    const datapoints = sums.map((sum, index) => ({ startMs: START_MS + index * 60_000, sum }));
    const windowEndMs = START_MS + 600_000;
    return this.#add({
      fact: "measured",
      atMs: windowEndMs,
      hop,
      when,
      windowStartMs: START_MS,
      windowEndMs,
      datapoints,
    });
  }

  crash(part: string): this {
    return this.#add({ fact: "crashed", atMs: START_MS + 2000, part, message: `${part} is broken` });
  }

  interrupt(): this {
    this.facts.push({ fact: "interrupted", atMs: START_MS + 2000, signal: "SIGINT" });
    return this;
  }

  end(): this {
    this.facts.push({ fact: "run-ended", atMs: START_MS + 90_000 });
    return this;
  }

  /** When every deadline but the metrics' is over. */
  afterDeadlineMs(): number {
    return this.intendedMs(this.#lastSequence) + 31_000;
  }

  /**
   * What the observers of a run that ends by itself write of every hop that the test did not speak of: satisfied where every
   * acked event was seen, else read past the deadline; metrics rise by what was acked.
   */
  finish(): Fact[] {
    const acked = [...this.#sent].filter(([, outcome]) => outcome.kind === "acked").map(([sequence]) => sequence);
    for (const hop of this.scenario.hops) {
      if (hop.kind === "entry" || this.#waited.has(hop.name)) continue;
      if (hop.kind === "metric") {
        const amount = acked.length * (hop.counts === "bytes" ? 100 : 1);
        this.measure(hop.name, "before", 3).measure(hop.name, "after", 3 + amount);
        this.endWait(hop.name, { kind: "satisfied" });
        continue;
      }
      const isComplete = acked.every((sequence) => this.#seen.get(hop.name)?.has(sequence));
      this.cover(hop.name, this.afterDeadlineMs());
      this.endWait(hop.name, isComplete ? { kind: "satisfied" } : { kind: "deadline", lastError: null });
    }
    return this.end().facts;
  }

  #add(fact: DistributiveOmit<Extract<Fact, { scenario: string }>, "scenario">): this {
    this.facts.push({ ...fact, scenario: this.scenario.name });
    return this;
  }
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

function isWatched(hop: Hop): boolean {
  return kindOf(hop).shows === "events";
}
