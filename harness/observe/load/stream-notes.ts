import type { _Record as StreamRecord } from "@aws-sdk/client-kinesis";
import { formatTag } from "../../model/event.ts";
import type { StreamHop } from "../../model/hop.ts";
import type { Clock, Journal } from "../../model/ports.ts";
import { SequenceSet } from "../../model/sequence-set.ts";
import { type Arrivals, gatherArrivals } from "./arrivals.ts";
import { createSequenceFinder } from "./find-sequences.ts";
import type { LoadObserveTask } from "./load-task.ts";
import { type Overtaken, ShardOrder, type TimesOf } from "./shard-order.ts";

/** What was read of a load's stream: which events, how often, in which order; writes it into the journal. */
export interface StreamNotes {
  /** A record of a shard, in the shard's order. */
  record(shardId: string, record: StreamRecord, readAtMs: number): void;
  /** Records of a shard since the last time that this was asked. */
  recordsOf(shardId: string): number;
  hasSeenAll(sequences: SequenceSet): boolean;
  /** Journals what came since the last time; `isFinal`: no more times will become known. */
  flush(isFinal: boolean): void;
}

/** How many of a flush are told in words. */
const MOST_SAMPLES = 3;

export function openStreamNotes(
  { runId, scenario, hop, plan }: Pick<LoadObserveTask<StreamHop>, "runId" | "scenario" | "hop" | "plan">,
  timesOf: TimesOf,
  { journal, clock }: { readonly journal: Journal; readonly clock: Clock },
): StreamNotes {
  const about = { scenario: scenario.name, hop: hop.name };
  const arrivals: Arrivals = gatherArrivals(about, plan, journal, clock.nowMs());
  const find = createSequenceFinder(runId, scenario.producer);
  const orders = new Map<string, ShardOrder>();
  const records = new Map<string, number>();
  const tagOf = (sequence: number) => formatTag({ runId, producer: scenario.producer, sequence });

  function orderOf(shardId: string): ShardOrder {
    const order = orders.get(shardId) ?? new ShardOrder();
    orders.set(shardId, order);
    return order;
  }

  function inWords({ sequence, by, afterMs }: Overtaken, shardId: string): string {
    const after = `was sent ${afterMs.toFixed(1)} ms after the answer for ${tagOf(sequence)}`;
    return `${shardId}: ${tagOf(by)} ${after}, and stands before it`;
  }

  return {
    record(shardId, { Data, ApproximateArrivalTimestamp }, readAtMs) {
      if (Data === undefined) return;
      for (const sequence of find(Data)) {
        if (sequence >= plan.plannedEvents()) arrivals.stranger(tagOf(sequence));
        else if (arrivals.hasSeen(sequence)) arrivals.repeated(sequence, 1);
        else {
          arrivals.seen(sequence, ApproximateArrivalTimestamp?.getTime() ?? readAtMs);
          orderOf(shardId).arrived(sequence);
        }
      }
      records.set(shardId, (records.get(shardId) ?? 0) + 1);
    },
    recordsOf(shardId) {
      const count = records.get(shardId) ?? 0;
      records.delete(shardId);
      return count;
    },
    hasSeenAll: (sequences) => sequences.minus(arrivals.all()).count === 0,
    flush(isFinal) {
      arrivals.flush(clock.nowMs(), isFinal ? "now" : undefined);
      const overtaken = new SequenceSet();
      const samples: string[] = [];
      for (const [shardId, order] of orders) {
        for (const each of order.judge(timesOf, isFinal)) {
          overtaken.add(each.sequence);
          if (samples.length < MOST_SAMPLES) samples.push(inWords(each, shardId));
        }
      }
      if (overtaken.count === 0) return;
      journal.append({ fact: "load-reordered", atMs: clock.nowMs(), ...about, overtaken: overtaken.encode(), samples });
    },
  };
}
