import type { Fact } from "../model/fact.ts";
import type { Scenario } from "../model/scenario.ts";

/** What has been seen of one scenario so far, for people who watch. Judges nothing. */
export interface Tally {
  readonly intended: number;
  readonly answered: number;
  /** Events seen so far per hop that names events, in order; `done` once its observer has ended. */
  readonly hops: readonly { readonly name: string; readonly seen: number; readonly done: boolean }[];
}

/** Counts facts as they are journalled. */
export class Tallies {
  readonly #byScenario: ReadonlyMap<
    string,
    { intended: number; answered: number; hops: Map<string, { seen: Set<string>; done: boolean }> }
  >;

  constructor(scenarios: readonly Scenario[]) {
    this.#byScenario = new Map(
      scenarios.map(({ name, hops }) => [
        name,
        {
          intended: 0,
          answered: 0,
          hops: new Map(hops.map((hop) => [hop.name, { seen: new Set<string>(), done: false }])),
        },
      ]),
    );
  }

  count(fact: Fact): void {
    const tally = "scenario" in fact ? this.#byScenario.get(fact.scenario) : undefined;
    if (tally === undefined) return;
    if (fact.fact === "intended") tally.intended += 1;
    if (fact.fact === "answered") tally.answered += 1;
    if (fact.fact === "sighted") tally.hops.get(fact.hop)?.seen.add(fact.tag);
    if (fact.fact === "wait-ended") {
      const hop = tally.hops.get(fact.hop);
      if (hop !== undefined) hop.done = true;
    }
  }

  of(scenario: string): Tally {
    const tally = this.#byScenario.get(scenario);
    if (tally === undefined) return { intended: 0, answered: 0, hops: [] };
    const hops = [...tally.hops].map(([name, { seen, done }]) => ({ name, seen: seen.size, done }));
    return { intended: tally.intended, answered: tally.answered, hops };
  }
}
