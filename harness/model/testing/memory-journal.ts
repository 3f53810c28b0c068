import type { Fact } from "../fact.ts";
import type { Journal } from "../ports.ts";

/** A journal for tests that keeps its facts. */
export interface MemoryJournal extends Journal {
  readonly facts: readonly Fact[];
  /** The facts of one kind, in order. */
  of<K extends Fact["fact"]>(kind: K): Extract<Fact, { fact: K }>[];
}

export function createMemoryJournal(): MemoryJournal {
  const facts: Fact[] = [];
  return {
    facts,
    append: (fact) => {
      facts.push(fact);
    },
    of: <K extends Fact["fact"]>(kind: K) =>
      facts.filter((fact): fact is Extract<Fact, { fact: K }> => fact.fact === kind),
  };
}
