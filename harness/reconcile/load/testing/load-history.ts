import { DurationCounts } from "../../../model/duration-counts.ts";
import { formatTag } from "../../../model/event.ts";
import type { Fact, RunStarted } from "../../../model/fact.ts";
import type { LoadPhase, LoadSpec } from "../../../model/load.ts";
import type { LoadArrived, LoadFact, LoadSecond } from "../../../model/load-fact.ts";
import { countRequests, intendedTimeOf } from "../../../model/request-times.ts";
import type { Scenario } from "../../../model/scenario.ts";
import { SequenceSet } from "../../../model/sequence-set.ts";
import { RUN_ID, START_MS, streamScenario } from "../../../model/testing/history.ts";
import { type Answer, SecondGathering } from "./second-gathering.ts";

export const EVENTS_MS = 10_000;

/** How long events of a phase take, by their time in it. */
export interface Course {
  readonly purpose?: LoadPhase["purpose"];
  /** Rate at the end, where it is another. */
  readonly to?: number;
  readonly entryMs?: (offsetMs: number) => number;
  readonly sinkMs?: (offsetMs: number) => number;
  readonly sendDelayMs?: number;
  /** Time without load before it. */
  readonly pauseMs?: number;
}

/**
 * Writes the journal of a load run of one scenario, so that a test reads like what happened: everything that it plans is sent, acked
 * and seen at stream and table, but for what the test says.
 */
export class LoadHistory {
  readonly scenario: Scenario;
  readonly spec: LoadSpec;
  readonly phases: LoadPhase[] = [];
  readonly #courses: Course[] = [];
  readonly #answers = new Map<number, Answer>();
  readonly #notAtTable = new Set<number>();
  readonly #notAtStream = new Set<number>();
  readonly #neverLookedFor = new Set<number>();
  readonly #repeated = new Map<string, Map<number, number>>();
  readonly #extraFacts: LoadFact[] = [];

  constructor(spec: Partial<LoadSpec> = {}, scenario: Partial<Scenario> = {}) {
    const plain = streamScenario();
    this.scenario = {
      ...plain,
      deadlines: { ...plain.deadlines, eventsMs: EVENTS_MS },
      roles: { stream: "events" },
      ...scenario,
    };
    this.spec = {
      scenario: this.scenario.name,
      profile: { kind: "steady", eventsPerSecond: 100, durationMs: 10_000 },
      eventsPerRequest: 1,
      bodyBytes: null,
      workers: 2,
      policy: { latencyP99Ms: 500, errorRatio: 0.01, sinkP99Ms: 5_000, iteratorAgeMs: 10_000 },
      targetEventsPerSecond: null,
      sizing: {},
      ...spec,
    };
  }

  /** A stretch of load right after the one before. */
  phase(eventsPerSecond: number, seconds: number, course: Course = {}): this {
    const last = this.phases.at(-1);
    const rates = {
      durationMs: seconds * 1000,
      fromEventsPerSecond: eventsPerSecond,
      toEventsPerSecond: course.to ?? eventsPerSecond,
    };
    this.phases.push({
      phase: this.phases.length,
      purpose: course.purpose ?? "profile",
      startMs: (last === undefined ? START_MS + 1000 : last.startMs + last.durationMs) + (course.pauseMs ?? 0),
      ...rates,
      firstRequest: last === undefined ? 0 : last.firstRequest + last.requestCount,
      requestCount: countRequests(rates, this.spec.eventsPerRequest),
    });
    this.#courses.push(course);
    return this;
  }

  answer(answer: Answer, ...sequences: readonly number[]): this {
    for (const sequence of sequences) this.#answers.set(sequence, answer);
    return this;
  }

  /** Acked and taken by the stream, and not in the table when it is looked for. */
  lose(...sequences: readonly number[]): this {
    for (const sequence of sequences) this.#notAtTable.add(sequence);
    return this;
  }

  loseBeforeStream(...sequences: readonly number[]): this {
    for (const sequence of sequences) this.#notAtStream.add(sequence);
    return this.lose(...sequences);
  }

  /** Not seen in the table, and not looked for either. */
  leaveOpen(...sequences: readonly number[]): this {
    for (const sequence of sequences) this.#neverLookedFor.add(sequence);
    return this.lose(...sequences);
  }

  /** Seen that much more often than once. */
  repeat(hop: string, sequence: number, extra = 1): this {
    const known = this.#repeated.get(hop) ?? new Map<number, number>();
    this.#repeated.set(hop, known.set(sequence, extra));
    return this;
  }

  add(fact: LoadFact): this {
    this.#extraFacts.push(fact);
    return this;
  }

  tag(sequence: number): string {
    return formatTag({ runId: RUN_ID, producer: this.scenario.producer, sequence });
  }

  get events(): number {
    return this.phases.reduce((sum, { requestCount }) => sum + requestCount * this.spec.eventsPerRequest, 0);
  }

  start(): RunStarted {
    return {
      fact: "run-started",
      atMs: START_MS,
      journalVersion: 1,
      runId: RUN_ID,
      kind: "load",
      target: { kind: "twin", accountId: "123456789012", region: "eu-west-1", deployment: "state.json" },
      scenarios: [this.scenario],
      onlyFindings: null,
      loads: [this.spec],
    };
  }

  /** When everybody has had time to arrive. */
  deadlineMs(): number {
    const last = this.phases.at(-1);
    return (last === undefined ? START_MS : last.startMs + last.durationMs) + EVENTS_MS + 1000;
  }

  /** All facts of a run that came to its end, in the order of time. */
  finish(): Fact[] {
    const facts: Fact[] = [
      this.start(),
      ...this.phases.map(
        (plan): Fact => ({ fact: "load-phase", atMs: plan.startMs, scenario: this.scenario.name, plan }),
      ),
      ...this.#seconds(),
      ...this.#arrivals("stream", this.#notAtStream),
      ...this.#arrivals("table", this.#notAtTable),
      ...this.#streamRead(),
      ...this.#absences(),
      ...this.#extraFacts,
      {
        ...this.#at(this.deadlineMs() + 50),
        fact: "load-cleaned",
        outcome: { kind: "expires", table: "events", attribute: "expires_at", atMs: START_MS + 86_400_000 },
      },
    ];
    facts.sort((left, right) => left.atMs - right.atMs);
    return [...facts, { fact: "run-ended", atMs: this.deadlineMs() + 100 }];
  }

  #at(atMs: number): { readonly atMs: number; readonly scenario: string } {
    return { atMs, scenario: this.scenario.name };
  }

  #courseOf(sequence: number): { readonly course: Course; readonly intendedMs: number; readonly offsetMs: number } {
    const intendedMs = intendedTimeOf(this.phases, this.spec.eventsPerRequest, sequence) ?? 0;
    const index = this.phases.findLastIndex(
      ({ firstRequest }) => sequence >= firstRequest * this.spec.eventsPerRequest,
    );
    return {
      course: this.#courses[index] ?? {},
      intendedMs,
      offsetMs: intendedMs - (this.phases[index]?.startMs ?? 0),
    };
  }

  #seconds(): LoadSecond[] {
    const { eventsPerRequest, workers } = this.spec;
    const gathered = new Map<string, SecondGathering>();
    const at = (second: number, worker: number): SecondGathering => {
      const key = `${second}/${worker}`;
      const known = gathered.get(key) ?? new SecondGathering(second, worker);
      gathered.set(key, known);
      return known;
    };
    for (let request = 0; request < this.events / eventsPerRequest; request += 1) {
      const { course, intendedMs, offsetMs } = this.#courseOf(request * eventsPerRequest);
      const delayMs = course.sendDelayMs ?? 0.2;
      const latencyMs = Math.max(delayMs, course.entryMs?.(offsetMs) ?? 20);
      const worker = request % workers;
      const ended = at(Math.floor((intendedMs + latencyMs) / 1000), worker);
      let answer: Answer = "acked";
      for (let index = 0; index < eventsPerRequest; index += 1) {
        const sequence = request * eventsPerRequest + index;
        answer = this.#answers.get(sequence) ?? "acked";
        ended.sets[answer].add(sequence);
      }
      if (answer === "unsent") continue;
      ended.answer(
        answer === "acked" ? "202" : answer === "rejected" ? "400" : "timeout",
        latencyMs,
        latencyMs - delayMs,
      );
      at(Math.floor((intendedMs + delayMs) / 1000), worker).send(delayMs);
    }
    return [...gathered.values()].map((one) => one.fact(this.scenario.name));
  }

  #arrivals(hop: string, missing: ReadonlySet<number>): LoadArrived[] {
    const bySecond = new Map<
      number,
      { seen: SequenceSet; repeated: SequenceSet; extra: number; latency: DurationCounts }
    >();
    for (let sequence = 0; sequence < this.events; sequence += 1) {
      const answer = this.#answers.get(sequence) ?? "acked";
      if (missing.has(sequence) || answer === "rejected" || answer === "unsent") continue;
      const { course, intendedMs, offsetMs } = this.#courseOf(sequence);
      const latencyMs = hop === "stream" ? 25 : (course.sinkMs?.(offsetMs) ?? 300);
      const second = Math.floor((intendedMs + latencyMs) / 1000);
      const known = bySecond.get(second) ?? {
        seen: new SequenceSet(),
        repeated: new SequenceSet(),
        extra: 0,
        latency: new DurationCounts(),
      };
      bySecond.set(second, known);
      known.seen.add(sequence);
      known.latency.add(latencyMs);
      const extra = this.#repeated.get(hop)?.get(sequence) ?? 0;
      if (extra > 0) known.repeated.add(sequence);
      known.extra += extra;
    }
    return [...bySecond].map(([second, { seen, repeated, extra, latency }]) => ({
      ...this.#at(second * 1000 + 1000),
      fact: "load-arrived",
      hop,
      seen: seen.encode(),
      repeated: repeated.encode(),
      extra,
      strangers: [],
      latency: latency.takeEncoded(),
    }));
  }

  #streamRead(): LoadFact[] {
    const [fromMs, untilMs] = [START_MS, this.deadlineMs()];
    return ["shardId-000000000000", "shardId-000000000001"].map((shardId) => ({
      ...this.#at(untilMs),
      fact: "load-stream-read",
      hop: "stream",
      shardId,
      complete: true,
      fromMs,
      untilMs,
      records: this.events / 2,
    }));
  }

  #absences(): LoadFact[] {
    const absent = new SequenceSet();
    for (const sequence of this.#notAtTable)
      if (!this.#neverLookedFor.has(sequence) && sequence < this.events) absent.add(sequence);
    if (absent.count === 0) return [];
    const readAtMs = this.deadlineMs();
    return [
      { ...this.#at(readAtMs), fact: "load-absent", hop: "table", absent: absent.encode(), readAtMs, consistent: true },
    ];
  }
}
