import { SequenceSet } from "../../model/sequence-set.ts";
import type { LoadLedger } from "./load-ledger.ts";
import { eventsOf } from "./phase-events.ts";
import { sinkOf } from "./sink.ts";

/** What became of the events that the entry acked. No event is in two of these; together they are all acked ones. */
export interface AckedFates {
  readonly arrived: SequenceSet;
  /** Not at the sink when a complete, consistent read looked for them after their time was up. */
  readonly lost: SequenceSet;
  /** Not seen, and nobody read far enough to call them lost. */
  readonly unaccounted: SequenceSet;
}

/**
 * An event is lost where a strongly consistent read did not find it that was made after its phase's end and the scenario's deadline,
 * after its ack, and at least half of the deadline after that: a late answer leaves the event its time.
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
  const phases = [...ledger.phases].sort((left, right) => endMs(left) - endMs(right));
  const seconds = [...ledger.seconds];
  for (const { readAtMs, absent } of reads) {
    for (let phase = phases[0]; phase !== undefined && endMs(phase) + eventsMs <= readAtMs; phase = phases[0]) {
      const { from, until } = eventsOf(phase, ledger.spec.eventsPerRequest);
      due.addRange(from, until);
      phases.shift();
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

function endMs({ startMs, durationMs }: LoadLedger["phases"][number]): number {
  return startMs + durationMs;
}

function isLongAnswered(second: number, readAtMs: number, eventsMs: number): boolean {
  return second * 1000 + eventsMs / 2 <= readAtMs;
}

function none(): SequenceSet {
  return new SequenceSet();
}
