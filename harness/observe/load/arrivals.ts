import { DurationCounts } from "../../model/duration-counts.ts";
import type { Journal } from "../../model/ports.ts";
import { SequenceSet } from "../../model/sequence-set.ts";
import type { LoadPlanView } from "./load-task.ts";

/** What arrived at one hop, gathered by phase and journalled once a second. */
export interface Arrivals {
  /** An event was seen for the first time. `arrivedMs` is the service's own time; undefined where it does not say. */
  seen(sequence: number, arrivedMs: number | undefined): void;
  /** It was seen `extra` more times. */
  repeated(sequence: number, extra: number): void;
  /** A tag of this run and producer that was never planned. */
  stranger(tag: string): void;
  hasSeen(sequence: number): boolean;
  seenCount(): number;
  /** Everything seen so far, lowest first. */
  all(): SequenceSet;
  /** Journals what came since the last time, if a second has passed since or `now` says so. */
  flush(nowMs: number, now?: "now"): void;
}

/** One fact in the making. */
interface Gathered {
  readonly seen: SequenceSet;
  readonly repeated: SequenceSet;
  extra: number;
  readonly strangers: string[];
  readonly latency: DurationCounts;
}

const FLUSH_MS = 1_000;
/** Strangers are evidence; their number is not what matters. */
const MOST_STRANGERS = 20;
/** Events that were never planned belong to no phase; they go with the first. */
const NO_PHASE = 0;

export function gatherArrivals(
  about: { readonly scenario: string; readonly hop: string },
  plan: LoadPlanView,
  journal: Journal,
  startMs: number,
): Arrivals {
  const all = new SequenceSet();
  const byPhase = new Map<number, Gathered>();
  let flushedMs = startMs;

  const gathered = (phase: number): Gathered => {
    const known = byPhase.get(phase);
    if (known !== undefined) return known;
    const latency = new DurationCounts();
    const made = { seen: new SequenceSet(), repeated: new SequenceSet(), extra: 0, strangers: [], latency };
    byPhase.set(phase, made);
    return made;
  };

  return {
    seen(sequence, arrivedMs) {
      if (!all.add(sequence)) return;
      const { seen, latency } = gathered(plan.phaseOf(sequence));
      seen.add(sequence);
      if (arrivedMs !== undefined) latency.add(arrivedMs - plan.intendedMs(sequence));
    },
    repeated(sequence, extra) {
      const into = gathered(plan.phaseOf(sequence));
      into.repeated.add(sequence);
      into.extra += extra;
    },
    stranger(tag) {
      const { strangers } = gathered(NO_PHASE);
      if (strangers.length < MOST_STRANGERS && !strangers.includes(tag)) strangers.push(tag);
    },
    hasSeen: (sequence) => all.has(sequence),
    seenCount: () => all.count,
    all: () => all,
    flush(nowMs, now) {
      if (now === undefined && nowMs - flushedMs < FLUSH_MS) return;
      flushedMs = nowMs;
      for (const { seen, repeated, extra, strangers, latency } of byPhase.values()) {
        journal.append({
          fact: "load-arrived",
          atMs: nowMs,
          ...about,
          seen: seen.encode(),
          repeated: repeated.encode(),
          extra,
          strangers,
          latency: latency.takeEncoded(),
        });
      }
      byPhase.clear();
    },
  };
}
