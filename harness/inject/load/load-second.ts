import { build, encodeIntoCompressedBase64, type Histogram } from "hdr-histogram-js";
import type { LoadSecond } from "../../model/load-fact.ts";
import { SequenceSet } from "../../model/sequence-set.ts";
import { type AnswerCode, answerName, outcomeKindOf } from "./answer-code.ts";
import type { SecondColumns } from "./second-columns.ts";

/** Most that the histograms hold: 1 h in microseconds. */
const HIGHEST_US = 3_600_000_000;

export interface SecondSource {
  readonly scenario: string;
  readonly eventsPerRequest: number;
}

/** Makes the fact of a second out of the rows of one thread. The histograms are made once and used again. */
export function createSecondFacts(source: SecondSource) {
  const [latency, service, sendDelay] = [newHistogram(), newHistogram(), newHistogram()];

  return (columns: SecondColumns, worker: number, atMs: number): LoadSecond => {
    const { request, answer, intendedMs, sentMs, doneMs } = columns;
    for (let row = 0; row < request.length; row += 1) {
      record(latency, (doneMs[row] ?? 0) - (intendedMs[row] ?? 0));
      record(service, (doneMs[row] ?? 0) - (sentMs[row] ?? 0));
    }
    for (const delayMs of columns.sendDelayMs) record(sendDelay, delayMs);
    const sets = sortEvents(columns, source.eventsPerRequest);
    return {
      fact: "load-second",
      atMs,
      scenario: source.scenario,
      worker,
      second: columns.second,
      acked: sets.acked.encode(),
      rejected: sets.rejected.encode(),
      unknown: sets.unknown.encode(),
      unsent: sets.unsent.encode(),
      sentRequests: columns.sendDelayMs.length,
      inFlight: columns.inFlight,
      answers: countAnswers(answer),
      latency: encodeAndReset(latency),
      service: encodeAndReset(service),
      sendDelay: encodeAndReset(sendDelay),
      sentBytes: columns.sentBytes,
      samples: columns.samples.map(({ code, body }) => ({ answer: answerName(code), body })),
    };
  };
}

function sortEvents(columns: SecondColumns, eventsPerRequest: number) {
  const sets = {
    acked: new SequenceSet(),
    rejected: new SequenceSet(),
    unknown: new SequenceSet(),
    unsent: new SequenceSet(),
  };
  const kinds = new Map<AnswerCode, SequenceSet>();
  const setOf = (code: AnswerCode): SequenceSet => {
    const known = kinds.get(code);
    if (known !== undefined) return known;
    const set = sets[outcomeKindOf(code)];
    kinds.set(code, set);
    return set;
  };
  const addEvents = (set: SequenceSet, from: number, until: number) =>
    set.addRange(from * eventsPerRequest, until * eventsPerRequest);

  for (let row = 0; row < columns.request.length; row += 1) {
    const request = columns.request[row] ?? 0;
    addEvents(setOf(columns.answer[row] ?? 0), request, request + 1);
  }
  for (const request of columns.unsent) addEvents(sets.unsent, request, request + 1);
  for (const [from, until] of columns.unsentRanges) addEvents(sets.unsent, from, until);
  return sets;
}

function countAnswers(codes: Uint16Array): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const code of codes) {
    const name = answerName(code);
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

function newHistogram(): Histogram {
  return build({
    bitBucketSize: 32,
    autoResize: false,
    lowestDiscernibleValue: 1,
    highestTrackableValue: HIGHEST_US,
    numberOfSignificantValueDigits: 3,
  });
}

function record(histogram: Histogram, durationMs: number): void {
  histogram.recordValue(Math.min(HIGHEST_US, Math.max(0, Math.round(durationMs * 1000))));
}

function encodeAndReset(histogram: Histogram): string {
  const text = encodeIntoCompressedBase64(histogram);
  histogram.reset();
  return text;
}
