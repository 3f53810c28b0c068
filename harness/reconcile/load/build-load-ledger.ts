import { addOutcomes, type EventOutcomes, noOutcomes } from "../../model/event-outcomes.ts";
import type { Fact, RunStarted } from "../../model/fact.ts";
import type { LoadPhase, LoadSpec } from "../../model/load.ts";
import {
  isLoadFact,
  type LoadAborted,
  type LoadAbsent,
  type LoadCleaned,
  type LoadEngineTold,
  type LoadFact,
  type LoadPhasePlanned,
  type LoadSaturated,
  type LoadSecond,
} from "../../model/load-fact.ts";
import type { Scenario } from "../../model/scenario.ts";
import { SequenceSet } from "../../model/sequence-set.ts";
import { compareText, Distinct } from "./distinct.ts";
import { HopSeenLedger } from "./hop-seen-ledger.ts";
import type { LoadLedger } from "./load-ledger.ts";
import { MetricLedger } from "./metric-ledger.ts";

/**
 * One ledger for each scenario that the run loads, in the order of the run's own list, in one pass over the facts. Facts of
 * scenarios and hops that the run did not announce are left out.
 */
export function buildLoadLedgers(started: RunStarted, facts: readonly Fact[]): LoadLedger[] {
  const gathering = new Map<string, Gathering>();
  for (const scenario of started.scenarios) {
    const spec = started.loads?.find((load) => load.scenario === scenario.name);
    if (spec !== undefined) gathering.set(scenario.name, new Gathering(started.runId, scenario, spec));
  }
  for (const fact of facts) if (isLoadFact(fact)) gathering.get(fact.scenario)?.add(fact);
  return [...gathering.values()].map((one) => one.ledger());
}

class Gathering {
  readonly #runId: string;
  readonly #scenario: Scenario;
  readonly #spec: LoadSpec;
  readonly #plans = new Distinct<LoadPhasePlanned>(({ plan }) => String(plan.phase));
  readonly #seconds = new Distinct<LoadSecond>(({ second, worker, atMs }) => `${second}/${worker}/${atMs}`);
  readonly #absences = new Distinct<LoadAbsent>(({ hop, readAtMs }) => `${hop}/${readAtMs}`);
  readonly #aborts = new Distinct<LoadAborted>(({ reason }) => reason);
  readonly #cleanups = new Distinct<LoadCleaned>(({ outcome }) => outcome.table);
  readonly #engines = new Distinct<LoadEngineTold>(({ engine, worker }) => `${engine}/${worker}`);
  readonly #saturations = new Distinct<LoadSaturated>(({ connections, atMs }) => `${connections}/${atMs}`);
  readonly #outcomes = noOutcomes();
  readonly #hops: ReadonlyMap<string, HopSeenLedger>;
  readonly #spokenOf = new Set<string>();
  readonly #metrics = new MetricLedger();
  #firstMs = Number.POSITIVE_INFINITY;
  #lastMs = Number.NEGATIVE_INFINITY;

  constructor(runId: string, scenario: Scenario, spec: LoadSpec) {
    this.#runId = runId;
    this.#scenario = scenario;
    this.#spec = spec;
    this.#hops = new Map(scenario.hops.map(({ name }) => [name, new HopSeenLedger()]));
  }

  add(fact: LoadFact): void {
    this.#firstMs = Math.min(this.#firstMs, fact.atMs);
    this.#lastMs = Math.max(this.#lastMs, fact.atMs);
    switch (fact.fact) {
      case "load-phase":
        this.#plans.add(fact);
        return;
      case "load-second":
        if (this.#seconds.add(fact)) addOutcomes(this.#outcomes, fact);
        return;
      case "load-arrived":
        this.#at(fact.hop)?.arrive(fact);
        return;
      case "load-stream-read":
        this.#at(fact.hop)?.read(fact);
        return;
      case "load-reordered":
        this.#at(fact.hop)?.reorder(fact);
        return;
      case "load-absent":
        this.#absences.add(fact);
        return;
      case "load-metric":
        this.#metrics.add(fact);
        return;
      case "load-aborted":
        this.#aborts.add(fact);
        return;
      case "load-cleaned":
        this.#cleanups.add(fact);
        return;
      case "load-engine":
        this.#engines.add(fact);
        return;
      case "load-saturated":
        this.#saturations.add(fact);
        return;
      default:
        fact satisfies never;
    }
  }

  ledger(): LoadLedger {
    const phases = this.#phases();
    const planned = new SequenceSet();
    const { eventsPerRequest } = this.#spec;
    for (const { firstRequest, requestCount } of phases)
      planned.addRange(firstRequest * eventsPerRequest, (firstRequest + requestCount) * eventsPerRequest);
    const hops = new Map([...this.#hops].filter(([name]) => this.#spokenOf.has(name)).map(seenAt));
    const seconds = this.#seconds.sorted(({ second, worker }) => second * 1024 + worker);
    return {
      runId: this.#runId,
      scenario: this.#scenario,
      spec: this.#spec,
      phases,
      planned,
      outcomes: apart(this.#outcomes),
      seconds,
      hops,
      absences: this.#absences.sorted(({ readAtMs }) => readAtMs),
      metrics: this.#metrics.result(),
      aborts: this.#aborts.sorted(({ atMs }) => atMs),
      cleanups: this.#lastCleanups(),
      engines: this.#engines.sorted(({ worker }) => worker),
      saturation: this.#saturations.sorted(({ atMs }) => atMs).at(-1),
      firstMs: this.#firstMs,
      lastMs: this.#lastMs,
    };
  }

  #at(hop: string): HopSeenLedger | undefined {
    this.#spokenOf.add(hop);
    return this.#hops.get(hop);
  }

  /** A phase is planned once; if the journal has it in two versions, the first by time (and text) counts. */
  #phases(): LoadPhase[] {
    const byNumber = new Map<number, LoadPhase>();
    for (const { plan } of this.#plans.sorted(({ atMs }) => atMs))
      if (!byNumber.has(plan.phase)) byNumber.set(plan.phase, plan);
    return [...byNumber.values()].sort((left, right) => left.firstRequest - right.firstRequest);
  }

  #lastCleanups(): LoadCleaned[] {
    const byTable = new Map<string, LoadCleaned>();
    for (const cleaned of this.#cleanups.sorted(({ atMs }) => atMs)) byTable.set(cleaned.outcome.table, cleaned);
    return [...byTable].sort(([left], [right]) => compareText(left, right)).map(([, cleaned]) => cleaned);
  }
}

function seenAt([name, hop]: [string, HopSeenLedger]) {
  return [name, hop.result()] as const;
}

/** An ack is a promise whatever else was said; an unknown leaves open what a rejection would rule out; a sent event was sent. */
function apart({ acked, rejected, unknown, unsent }: EventOutcomes): EventOutcomes {
  const sent = acked.or(unknown);
  return {
    acked,
    unknown: unknown.minus(acked),
    rejected: rejected.minus(sent),
    unsent: unsent.minus(sent).minus(rejected),
  };
}
