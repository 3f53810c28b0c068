import { DurationCounts } from "../../model/duration-counts.ts";
import { type EventOutcomes, encodeOutcomes, noOutcomes } from "../../model/event-outcomes.ts";
import type { LoadSecond } from "../../model/load-fact.ts";
import type { SequenceSet } from "../../model/sequence-set.ts";
import { type AnswerCode, answerName, outcomeKindOf } from "./answer-code.ts";
import type { SecondColumns } from "./second-columns.ts";

export interface SecondSource {
  readonly scenario: string;
  readonly eventsPerRequest: number;
}

/** Makes the fact of a second out of the rows of one thread. The histograms are made once and used again. */
export function createSecondFacts(source: SecondSource) {
  const [latency, service, sendDelay] = [new DurationCounts(), new DurationCounts(), new DurationCounts()];

  return (columns: SecondColumns, worker: number, atMs: number): LoadSecond => {
    const { request, answer, intendedMs, sentMs, doneMs } = columns;
    for (let row = 0; row < request.length; row += 1) {
      latency.add((doneMs[row] ?? 0) - (intendedMs[row] ?? 0));
      service.add((doneMs[row] ?? 0) - (sentMs[row] ?? 0));
    }
    for (const delayMs of columns.sendDelayMs) sendDelay.add(delayMs);
    const sets = sortEvents(columns, source.eventsPerRequest);
    return {
      fact: "load-second",
      atMs,
      scenario: source.scenario,
      worker,
      second: columns.second,
      ...encodeOutcomes(sets),
      sentRequests: columns.sendDelayMs.length,
      inFlight: columns.inFlight,
      answers: countAnswers(answer),
      latency: latency.takeEncoded(),
      service: service.takeEncoded(),
      sendDelay: sendDelay.takeEncoded(),
      sentBytes: columns.sentBytes,
      samples: columns.samples.map(({ code, body }) => ({ answer: answerName(code), body })),
    };
  };
}

function sortEvents(columns: SecondColumns, eventsPerRequest: number): EventOutcomes {
  const sets = noOutcomes();
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
