import { parseTag } from "../../model/event.ts";
import type { EventCounts } from "../../model/report.ts";
import { sinkOf } from "../../model/scenario.ts";
import { SequenceSet } from "../../model/sequence-set.ts";
import type { LoadLedger } from "./load-ledger.ts";
import { type AckedFates, fatesOfAcked } from "./losses.ts";

/** The events of a scenario by what became of them. Sets, because what a finding shows are events and not only numbers. */
export interface EventSets {
  readonly fates: AckedFates;
  readonly sent: SequenceSet;
  /** Acked and not lost: what the sink is waited for. */
  readonly awaited: SequenceSet;
  /** Sent, and not definitely answered; also those that were seen although no fact says that they were sent. */
  readonly unknown: SequenceSet;
  /** Sent and seen at the sink, whatever the entry answered. */
  readonly arrived: SequenceSet;
  readonly recovered: SequenceSet;
  /** At any hop that counts occurrences. */
  readonly duplicated: SequenceSet;
  /** Seen and never planned, or planned and by the sender's own word never sent. */
  readonly unexpected: SequenceSet;
  readonly overtaken: SequenceSet;
  /** Planned, and in no way sent. */
  readonly unsent: SequenceSet;
}

export function sortEvents(ledger: LoadLedger): EventSets {
  const { acked, rejected, unknown, unsent } = ledger.outcomes;
  const fates = fatesOfAcked(ledger);
  const seen = new SequenceSet();
  const duplicated = new SequenceSet();
  const overtaken = new SequenceSet();
  for (const hop of ledger.hops.values()) {
    seen.addAll(hop.seen);
    duplicated.addAll(hop.repeated);
    overtaken.addAll(hop.overtaken);
  }
  const told = acked.or(rejected).or(unknown);
  const untold = seen.and(ledger.planned).minus(told).minus(unsent);
  const sent = told.or(untold);
  const open = unknown.or(untold);
  const sink = sinkOf(ledger.scenario);
  const atSink = sink?.kind === "entry" ? acked : (ledger.hops.get(sink?.name ?? "")?.seen ?? new SequenceSet());
  return {
    fates,
    sent,
    awaited: acked.minus(fates.lost),
    unknown: open,
    arrived: sent.and(atSink),
    recovered: open.and(atSink),
    duplicated: duplicated.and(sent),
    unexpected: seen.minus(sent),
    overtaken: overtaken.and(sent),
    unsent: ledger.planned.minus(sent),
  };
}

export function countLoad(ledger: LoadLedger, sets: EventSets): EventCounts {
  return {
    intended: ledger.planned.count,
    sent: sets.sent.count,
    acked: ledger.outcomes.acked.count,
    rejected: ledger.outcomes.rejected.count,
    unknown: sets.unknown.count,
    arrived: sets.arrived.count,
    lost: sets.fates.lost.count,
    unaccounted: sets.fates.unaccounted.count,
    duplicated: sets.duplicated.count,
    unexpected: sets.unexpected.count + strangersOf(ledger, sets).length,
    recovered: sets.recovered.count,
    outOfOrder: sets.overtaken.count,
  };
}

/** Tags that were seen and never sent, sorted, but for those that `unexpected` holds already. */
export function strangersOf(ledger: LoadLedger, { sent, unexpected }: EventSets): string[] {
  const tags = new Set([...ledger.hops.values()].flatMap(({ strangers }) => strangers));
  const isTold = (tag: string): boolean => {
    const sequence = parseTag(tag)?.sequence;
    return sequence !== undefined && (sent.has(sequence) || unexpected.has(sequence));
  };
  return [...tags].filter((tag) => !isTold(tag)).sort();
}
