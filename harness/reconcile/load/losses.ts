import { requestsDueBy } from "../../model/request-times.ts";
import { sinkOf } from "../../model/scenario.ts";
import { SequenceSet } from "../../model/sequence-set.ts";
import type { LoadLedger } from "./load-ledger.ts";
import { eventsOf } from "./phase-events.ts";

/** What became of the events that the entry acked. No event is in two of these; together they are all acked ones. */
export interface AckedFates {
  readonly arrived: SequenceSet;
  /** Not at the sink when a complete, consistent read looked for them after their time was up. */
  readonly lost: SequenceSet;
  /** Not seen, and no read went far enough to call them lost. */
  readonly unaccounted: SequenceSet;
}

/**
 * An event is lost where a strongly consistent read did not find it that was made when the scenario's deadline had passed since its
 * intended time, and half of the deadline since its ack: a late answer leaves the event its time.
 */
export function fatesOfAcked(ledger: LoadLedger): AckedFates {
  const { acked } = ledger.outcomes;
  const sink = sinkOf(ledger.scenario);
  if (sink === undefined || sink.kind === "entry") return { arrived: acked, lost: none(), unaccounted: none() };
  const arrived = acked.and(ledger.hops.get(sink.name)?.seen ?? none());
  const missing = acked.minus(arrived);
  const lost = missing.count === 0 ? none() : absentAfterDeadline(ledger, sink.name, missing);
  return { arrived, lost, unaccounted: missing.minus(lost) };
}

/** Of the missing events, those that a read which may be believed did not find. */
function absentAfterDeadline(ledger: LoadLedger, hop: string, missing: SequenceSet): SequenceSet {
  const { eventsMs } = ledger.scenario.deadlines;
  const reads = ledger.absences.filter((read) => read.hop === hop && read.consistent);
  const lost = new SequenceSet();
  const due = new SequenceSet();
  const answered = new SequenceSet();
  const dueBefore = ledger.phases.map(() => 0);
  const seconds = [...ledger.seconds];
  for (const { readAtMs, absent } of reads) {
    for (const [index, phase] of ledger.phases.entries()) {
      const until = dueBy(ledger, phase, readAtMs - eventsMs);
      const { from } = eventsOf(phase, ledger.spec.eventsPerRequest);
      due.addRange(from + (dueBefore[index] ?? 0), from + until);
      dueBefore[index] = until;
    }
    let next = 0;
    for (; next < seconds.length && isLongAnswered(seconds[next]?.second ?? 0, readAtMs, eventsMs); next += 1) {
      const second = seconds[next];
      if (second !== undefined) answered.addEncoded(second.acked);
    }
    seconds.splice(0, next);
    const named = new SequenceSet();
    named.addEncoded(absent);
    lost.addAll(named.and(missing).and(due).and(answered));
  }
  return lost;
}

/** How many events of the phase were intended by then. */
function dueBy({ spec }: LoadLedger, phase: LoadLedger["phases"][number], atMs: number): number {
  return requestsDueBy(phase, spec.eventsPerRequest, atMs - phase.startMs) * spec.eventsPerRequest;
}

function isLongAnswered(second: number, readAtMs: number, eventsMs: number): boolean {
  return second * 1000 + eventsMs / 2 <= readAtMs;
}

function none(): SequenceSet {
  return new SequenceSet();
}
