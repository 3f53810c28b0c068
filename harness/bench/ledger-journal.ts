import { closeSync, openSync, writeSync } from "node:fs";
import { DurationCounts } from "../model/duration-counts.ts";
import type { Fact } from "../model/fact.ts";
import type { LoadPhase } from "../model/load.ts";
import type { EventCounts } from "../model/report.ts";
import { SequenceSet } from "../model/sequence-set.ts";
import { LoadHistory } from "../reconcile/load/testing/load-history.ts";
import { randomOf } from "../testing/random.ts";

const EVENTS_PER_SECOND = 2_000;
const WORKERS = 2;
/** Different histograms, used in turn: reading one costs the same whichever second it belongs to. */
const HISTOGRAMS = 64;
const ACK_SECONDS = 0;
const SINK_SECONDS = 1;
const EMPTY = { kind: "ranges", ranges: [] } as const;

/** One event in so many is … */
const DROPPED = 10_000;
const DUPLICATED = 1_000;
const UNKNOWN = 5_000;
const OVERTAKEN = 2_500;

interface Written {
  readonly expected: Partial<EventCounts>;
  readonly bytes: number;
}

/**
 * Writes the journal of a load run of so many events at 2,000/s over two threads, as sender and observers would, but for the order of its
 * lines: each second of the sink stands before what the sender says of it.
 */
export function writeLedgerJournal(path: string, events: number): Written {
  const seconds = Math.ceil(events / EVENTS_PER_SECOND);
  const durationMs = (events / EVENTS_PER_SECOND) * 1000;
  const history = new LoadHistory({
    workers: WORKERS,
    profile: { kind: "steady", eventsPerSecond: EVENTS_PER_SECOND, durationMs },
  });
  const startMs = Math.ceil(history.start().atMs / 1000) * 1000 + 1000;
  const plan: LoadPhase = {
    phase: 0,
    purpose: "profile",
    startMs,
    durationMs,
    fromEventsPerSecond: EVENTS_PER_SECOND,
    toEventsPerSecond: EVENTS_PER_SECOND,
    firstRequest: 0,
    requestCount: events,
  };
  const pen = openPen(path);
  const scenario = history.scenario.name;
  const histograms = makeHistograms();
  const absent = new SequenceSet();
  pen.write(history.start());
  pen.write({ fact: "load-phase", atMs: startMs, scenario, plan });
  for (let index = 0; index < seconds; index += 1) {
    const from = index * EVENTS_PER_SECOND;
    const until = Math.min(events, from + EVENTS_PER_SECOND);
    const second = startMs / 1000 + index;
    const histogram = (offset: number): string => histograms[(index + offset) % HISTOGRAMS] ?? "";
    for (const hop of ["stream", "table"]) {
      const { seen, repeated } = arrivedAt(hop, from, until, absent);
      const extra = repeated.count;
      const atMs = (second + SINK_SECONDS) * 1000 + 900;
      pen.write({
        fact: "load-arrived",
        atMs,
        scenario,
        hop,
        seen: seen.encode(),
        repeated: repeated.encode(),
        extra,
        strangers: [],
        latency: histogram(3),
      });
    }
    for (let worker = 0; worker < WORKERS; worker += 1)
      pen.write(secondOf(scenario, worker, second + ACK_SECONDS, from, until, histogram));
  }
  const endMs = startMs + durationMs + history.scenario.deadlines.eventsMs + 2000;
  const overtaken = every(OVERTAKEN, 0, events);
  pen.write({
    fact: "load-reordered",
    atMs: endMs,
    scenario,
    hop: "stream",
    overtaken: overtaken.encode(),
    samples: [],
  });
  pen.write({
    fact: "load-absent",
    atMs: endMs,
    scenario,
    hop: "table",
    absent: absent.encode(),
    readAtMs: endMs,
    consistent: true,
  });
  pen.write({ fact: "run-ended", atMs: endMs });
  return { bytes: pen.close(), expected: expectedOf(events, absent) };
}

function expectedOf(events: number, absent: SequenceSet): Partial<EventCounts> {
  const unknown = every(UNKNOWN, 1, events);
  return {
    intended: events,
    sent: events,
    acked: events - unknown.count,
    unknown: unknown.count,
    lost: absent.minus(unknown).count,
    recovered: unknown.minus(absent).count,
    arrived: events - absent.count,
    duplicated: every(DUPLICATED, 2, events).count,
    outOfOrder: every(OVERTAKEN, 0, events).count,
    unexpected: 0,
  };
}

function every(interval: number, from: number, until: number): SequenceSet {
  const set = new SequenceSet();
  for (let sequence = from; sequence < until; sequence += interval) set.add(sequence);
  return set;
}

/** What is dropped never comes to the table; every other of it is one whose answer was open. */
function arrivedAt(hop: string, from: number, until: number, absent: SequenceSet) {
  const seen = new SequenceSet();
  const repeated = new SequenceSet();
  for (let sequence = from; sequence < until; sequence += 1) {
    if (hop === "table" && (sequence % DROPPED === 7 || sequence % (DROPPED * 2) === 1)) absent.add(sequence);
    else seen.add(sequence);
    if (hop === "stream" && sequence % DUPLICATED === 2) repeated.add(sequence);
  }
  return { seen, repeated };
}

function secondOf(
  scenario: string,
  worker: number,
  second: number,
  from: number,
  until: number,
  histogram: (offset: number) => string,
): Fact {
  const acked = new SequenceSet();
  const unknown = new SequenceSet();
  for (let sequence = from; sequence < until; sequence += 1) {
    if (sequence % WORKERS !== worker) continue;
    (sequence % UNKNOWN === 1 ? unknown : acked).add(sequence);
  }
  return {
    fact: "load-second",
    atMs: second * 1000 + 1000,
    scenario,
    worker,
    second,
    acked: acked.encode(),
    rejected: EMPTY,
    unknown: unknown.encode(),
    unsent: EMPTY,
    sentRequests: acked.count + unknown.count,
    inFlight: 12,
    answers: { "202": acked.count, timeout: unknown.count },
    latency: histogram(worker),
    service: histogram(worker + 1),
    sendDelay: histogram(worker + 2),
    sentBytes: acked.count * 200,
    samples: [],
  };
}

/** Of latencies as real ones are: most close together, some far off. */
function makeHistograms(): string[] {
  const random = randomOf(42);
  return Array.from({ length: HISTOGRAMS }, () => {
    const counts = new DurationCounts();
    for (let count = 0; count < EVENTS_PER_SECOND / WORKERS; count += 1)
      counts.add(4 * (1 - Math.log(1 - random() * 0.9999)));
    return counts.takeEncoded();
  });
}

interface Pen {
  write(fact: Fact): void;
  /** Bytes that were written. */
  close(): number;
}

/** Writes facts in large pieces; nobody has to survive anything here. */
function openPen(path: string): Pen {
  const file = openSync(path, "w");
  let [text, bytes] = ["", 0];
  const flush = (): void => {
    bytes += writeSync(file, text);
    text = "";
  };
  return {
    write(fact) {
      text += `${JSON.stringify(fact)}\n`;
      if (text.length > 1 << 20) flush();
    },
    close() {
      flush();
      closeSync(file);
      return bytes;
    },
  };
}
