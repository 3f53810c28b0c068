import type { Fact, RunStarted } from "../model/fact.ts";
import { isLoadFact, type LoadFact } from "../model/load-fact.ts";
import type { Scenario } from "../model/scenario.ts";
import type { Account } from "../model/settings/account.ts";
import type { ClueOf, Crash, RunEnding, Timeline } from "../model/timeline.ts";
import { EventLedger } from "./event-ledger.ts";
import { HopLedger } from "./hop-ledger.ts";

/**
 * One timeline per scenario of the run, in the order of the run's own list, in one pass over the facts. Facts of a scenario
 * or hop that the run did not announce are left out.
 */
export function buildTimelines(
  started: RunStarted,
  facts: readonly Fact[],
  ending: RunEnding,
  account: Account,
): Timeline[] {
  const ledgers = new Map(started.scenarios.map((scenario) => [scenario.name, new ScenarioLedger(scenario)]));
  for (const fact of facts) {
    if ("scenario" in fact && !isLoadFact(fact)) ledgers.get(fact.scenario)?.add(fact);
  }
  return [...ledgers.values()].map((ledger) => ledger.timeline(started.runId, ending, account));
}

/** How the run ended, by its journal: an interruption is said by a fact, a cut journal by the last fact's absence. */
export function runEnding(facts: readonly Fact[]): RunEnding {
  let hasEnded = false;
  let signal: string | undefined;
  for (const fact of facts) {
    if (fact.fact === "run-ended") hasEnded = true;
    if (fact.fact === "interrupted" && (signal === undefined || fact.signal < signal)) signal = fact.signal;
  }
  if (signal !== undefined) return { kind: "interrupted", signal };
  return hasEnded ? { kind: "ended" } : { kind: "truncated" };
}

type ScenarioFact = Exclude<Extract<Fact, { readonly scenario: string }>, LoadFact>;

class ScenarioLedger {
  readonly #scenario: Scenario;
  readonly #events: EventLedger;
  readonly #hops: readonly HopLedger[];
  readonly #hopIndexes: ReadonlyMap<string, number>;
  readonly #crashes = new Map<string, Crash>();
  readonly #clues = new Map<string, ClueOf>();
  #firstMs = Number.POSITIVE_INFINITY;
  #lastMs = Number.NEGATIVE_INFINITY;

  constructor(scenario: Scenario) {
    this.#scenario = scenario;
    this.#events = new EventLedger(scenario.hops.length);
    this.#hops = scenario.hops.map((hop, index) => new HopLedger(hop, index));
    this.#hopIndexes = new Map(scenario.hops.map((hop, index) => [hop.name, index]));
  }

  add(fact: ScenarioFact): void {
    this.#firstMs = Math.min(this.#firstMs, fact.atMs);
    this.#lastMs = Math.max(this.#lastMs, fact.atMs);
    switch (fact.fact) {
      case "intended":
        this.#events.intend(fact);
        break;
      case "sent":
        this.#events.send(fact);
        break;
      case "answered":
        this.#events.answer(fact);
        break;
      case "sighted":
        this.#events.sight(fact, this.#hopIndexes.get(fact.hop));
        break;
      case "covered":
        this.#hop(fact.hop)?.cover(fact);
        break;
      case "measured":
        this.#hop(fact.hop)?.measure(fact);
        break;
      case "wait-ended":
        this.#hop(fact.hop)?.endWait(fact);
        break;
      case "crashed":
        this.#crashes.set(`${fact.part}\n${fact.message}`, { part: fact.part, message: fact.message });
        break;
      case "clue":
        this.#clues.set(JSON.stringify([fact.functionName, fact.seen]), fact);
        break;
      default:
        fact satisfies never;
    }
  }

  timeline(runId: string, ending: RunEnding, account: Account): Timeline {
    const events = this.#events.events();
    return {
      scenario: this.#scenario,
      events,
      strangers: this.#events.strangers(runId, this.#scenario.producer),
      hops: this.#hops.map((hop) => hop.timeline(account)),
      lastIntendedMs: events.reduce((latest, event) => Math.max(latest, event.intendedAtMs), Number.NEGATIVE_INFINITY),
      ending,
      crashes: [...this.#crashes].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, crash]) => crash),
      clues: [...this.#clues]
        .sort(([left], [right]) => (left < right ? -1 : 1))
        .map(([, { functionName, seen }]) => ({ functionName, seen })),
      durationMs: Math.max(0, this.#lastMs - this.#firstMs),
    };
  }

  #hop(name: string): HopLedger | undefined {
    const index = this.#hopIndexes.get(name);
    return index === undefined ? undefined : this.#hops[index];
  }
}
