import { formatTag } from "../../model/event.ts";
import type { LoadPhase } from "../../model/load.ts";
import { intendedTimeOf } from "../../model/request-times.ts";
import type { SequenceSet } from "../../model/sequence-set.ts";
import type { LoadLedger } from "./load-ledger.ts";
import { eventsOf } from "./phase-events.ts";

const SHOWN = 5;
const MOST_PHASES = 4;
/** A failure hands the diagnosis no more tags than a person would look up. */
const MOST_TAGS = 100;

/** The tags of the first events of a set. */
export function firstTags({ runId, scenario }: LoadLedger, events: SequenceSet, most = MOST_TAGS): string[] {
  return events.first(most).map((sequence) => formatTag({ runId, producer: scenario.producer, sequence }));
}

/** `sp-r-p-1, sp-r-p-7 and 12 more`. */
export function tellTags(ledger: LoadLedger, events: SequenceSet): string {
  const rest = events.count - SHOWN;
  return `${firstTags(ledger, events, SHOWN).join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
}

/** When the events of a set were intended: `intended from 2026-… to 2026-…; 3 in phase 2 (500/s)`. */
export function tellWhen(ledger: LoadLedger, events: SequenceSet): string {
  const { eventsPerRequest } = ledger.spec;
  const [first] = events.first(1);
  let last = first;
  for (const [, until] of events.ranges()) last = until - 1;
  const times = [first, last].map((sequence) =>
    sequence === undefined ? undefined : intendedTimeOf(ledger.phases, eventsPerRequest, sequence),
  );
  const [from, until] = times.map((time) => (time === undefined ? "an unknown time" : new Date(time).toISOString()));
  const perPhase = ledger.phases.flatMap((plan) => {
    const range = eventsOf(plan, eventsPerRequest);
    const count = events.countBetween(range.from, range.until);
    return count === 0 ? [] : [`${count} in ${describePhase(plan)}`];
  });
  const rest = perPhase.length > MOST_PHASES ? ` and in ${perPhase.length - MOST_PHASES} more phases` : "";
  return `intended from ${from} to ${until}; ${perPhase.slice(0, MOST_PHASES).join(", ")}${rest}`;
}

/** `phase 2 (500/s)`. */
export function describePhase(plan: LoadPhase): string {
  return `phase ${plan.phase} (${describeRate(plan)})`;
}

/** `500/s`, `100/s to 500/s`. */
export function describeRate({ fromEventsPerSecond, toEventsPerSecond }: LoadPhase): string {
  const [from, to] = [fromEventsPerSecond, toEventsPerSecond].map((rate) => `${Number(rate.toFixed(1))}/s`);
  return from === to ? `${from}` : `${from} to ${to}`;
}
