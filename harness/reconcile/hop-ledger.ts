import type { Covered, Measured, WaitEnded, WaitEnding } from "../model/fact.ts";
import type { Hop } from "../model/hop.ts";
import type { Account } from "../model/settings/account.ts";
import type { Datapoint, HopTimeline, Reading } from "../model/timeline.ts";

/** Gathers the facts about the reading of one hop, in any order and with any repetitions. */
export class HopLedger {
  readonly #hop: Hop;
  readonly #index: number;
  #covered: { untilMs: number; how: string } | undefined;
  #reading: Reading = { kind: "none" };
  readonly #sums: Record<Measured["when"], Map<number, number> | undefined> = { before: undefined, after: undefined };

  constructor(hop: Hop, index: number) {
    this.#hop = hop;
    this.#index = index;
  }

  /** Each claim is about the whole hop, so the furthest holds. */
  cover(fact: Covered): void {
    const known = this.#covered;
    const isFurther =
      known === undefined || fact.untilMs > known.untilMs || (fact.untilMs === known.untilMs && fact.how < known.how);
    if (isFurther) this.#covered = { untilMs: fact.untilMs, how: fact.how };
  }

  /** A sum only grows while late data comes in, so of several readings of one datapoint the highest holds. */
  measure(fact: Measured): void {
    const sums = this.#sums[fact.when] ?? new Map<number, number>();
    this.#sums[fact.when] = sums;
    for (const { startMs, sum } of fact.datapoints) sums.set(startMs, Math.max(sum, sums.get(startMs) ?? sum));
  }

  /** Of several waits at one hop the worst holds: a part that was not read was not read. */
  endWait(fact: WaitEnded): void {
    this.#reading = worse(this.#reading, readingAfter(fact.ending));
  }

  timeline(account: Account): HopTimeline {
    const isCovered = this.#reading.kind === "none" && this.#covered !== undefined;
    const reading: Reading = isCovered ? { kind: "read", until: "covered" } : this.#reading;
    return {
      hop: this.#hop,
      index: this.#index,
      covered: this.#covered,
      reading,
      before: datapoints(this.#sums.before),
      after: datapoints(this.#sums.after),
      keySchema: this.#hop.kind === "item" ? account.find("table", this.#hop.table)?.keySchema : undefined,
    };
  }
}

function readingAfter(ending: WaitEnding): Reading {
  switch (ending.kind) {
    case "satisfied":
      return { kind: "read", until: "satisfied" };
    case "deadline":
      return ending.lastError === null
        ? { kind: "read", until: "deadline" }
        : { kind: "failed", definite: false, error: ending.lastError };
    case "refused":
      return { kind: "failed", definite: true, error: ending.error };
    case "interrupted":
      return { kind: "stopped" };
    default:
      return ending satisfies never;
  }
}

function severity(reading: Reading): string {
  switch (reading.kind) {
    case "none":
      return "0";
    case "read":
      return reading.until === "deadline" ? "2" : "1";
    case "stopped":
      return "3";
    case "failed":
      // The text makes the choice between two errors the same in any order of the facts.
      return `${reading.definite ? 5 : 4} ${reading.error.operation} ${reading.error.code} ${reading.error.message}`;
    default:
      return reading satisfies never;
  }
}

function worse(left: Reading, right: Reading): Reading {
  return severity(right) > severity(left) ? right : left;
}

function datapoints(sums: ReadonlyMap<number, number> | undefined): readonly Datapoint[] | undefined {
  if (sums === undefined) return undefined;
  return [...sums].map(([startMs, sum]) => ({ startMs, sum })).sort((left, right) => left.startMs - right.startMs);
}
