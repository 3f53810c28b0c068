import type { EncodedSet } from "./encoded-set.ts";
import { SequenceSet } from "./sequence-set.ts";

/** What a sender says of the events of a load, as sets of their sequences. */
export interface EventOutcomes<S = SequenceSet> {
  readonly acked: S;
  readonly rejected: S;
  /** Sent, and not definitely answered. */
  readonly unknown: S;
  /** Due and not sent. */
  readonly unsent: S;
}

export function noOutcomes(): EventOutcomes {
  return {
    acked: new SequenceSet(),
    rejected: new SequenceSet(),
    unknown: new SequenceSet(),
    unsent: new SequenceSet(),
  };
}

export function encodeOutcomes({ acked, rejected, unknown, unsent }: EventOutcomes): EventOutcomes<EncodedSet> {
  return { acked: acked.encode(), rejected: rejected.encode(), unknown: unknown.encode(), unsent: unsent.encode() };
}

/** Adds what one second says of its events. */
export function addOutcomes(to: EventOutcomes, { acked, rejected, unknown, unsent }: EventOutcomes<EncodedSet>): void {
  to.acked.addEncoded(acked);
  to.rejected.addEncoded(rejected);
  to.unknown.addEncoded(unknown);
  to.unsent.addEncoded(unsent);
}
