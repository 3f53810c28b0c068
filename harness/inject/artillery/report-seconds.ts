import { DurationCounts } from "../../model/duration-counts.ts";
import { encodeOutcomes, noOutcomes } from "../../model/event-outcomes.ts";
import type { LoadSecond } from "../../model/load-fact.ts";
import type { SequenceSet } from "../../model/sequence-set.ts";
import { answerCodeOf, outcomeKindOf } from "../load/answer-code.ts";

export interface ReportSource {
  readonly scenario: string;
  readonly worker: number;
  readonly eventsPerRequest: number;
  /** The worker's requests in the order in which it takes them. */
  readonly share: readonly number[];
  readonly atMs: number;
}

export interface ReportSeconds {
  readonly seconds: readonly LoadSecond[];
  /** Requests of which the counters say how they ended, or not even that, and not which they are. */
  readonly unnamedRequests: number;
}

/**
 * The facts of a worker of which only counters came back (see `createCounters` in processor.cjs). How many requests were sent and
 * answered how in which second is counted; durations have two digits. Which requests were not acked is known as far as they were
 * named: where all were, the others were acked. Where not all were, nothing is known of any that was not named: all of them are
 * unknown, so that what arrives is recovered and what does not is no loss. A worker takes its requests in their order, so that those
 * sent are the first of its share; which of them ended in which second follows that order and is not known beyond it.
 */
export function secondsOfCounters(counters: Readonly<Record<string, number>>, source: ReportSource): ReportSeconds {
  const counted = readCounters(counters);
  const { share } = source;
  const sent = share.slice(0, counted.sentRequests);
  const settledRequests = [...counted.seconds.values()].reduce((sum, { answers }) => sum + total(answers), 0);
  const notAcked = [...counted.seconds.values()].reduce(
    (sum, { answers }) => sum + total(new Map([...answers].filter(([answer]) => !isAck(answer)))),
    0,
  );
  const named = new Map(
    [...counted.named].flatMap(([answer, requests]) => requests.map((one) => [one, answer] as const)),
  );
  const unnamedRequests = Math.max(0, notAcked - named.size) + Math.max(0, counted.sentRequests - settledRequests);
  const queues = queuesOf(sent, named, unnamedRequests > 0);
  const order = [...counted.seconds.keys()].sort((left, right) => left - right);
  const seconds = order.map((second) => toFact(second, counted, queues, source));
  const last = seconds.at(-1);
  // What no second took: requests without a name, and those that were never sent.
  const rest = queues.get(UNNAMED) ?? [];
  const unsent = share.slice(counted.sentRequests);
  if (last === undefined)
    return { seconds: [leftOver(Math.floor(source.atMs / 1000), rest, unsent, source)], unnamedRequests };
  if (rest.length + unsent.length === 0) return { seconds, unnamedRequests };
  return { seconds: [...seconds, leftOver(last.second, rest, unsent, source)], unnamedRequests };
}

/** The facts of a worker that said nothing at all: whether it sent anything is not known, so any of its events may arrive. */
export function secondsOfSilence(source: ReportSource): ReportSeconds {
  const fact = leftOver(Math.floor(source.atMs / 1000), source.share, [], source);
  return { seconds: [fact], unnamedRequests: source.share.length };
}

interface CountedSecond {
  readonly answers: Map<string, number>;
  readonly latency: DurationCounts;
  readonly service: DurationCounts;
  readonly sendDelay: DurationCounts;
  sentRequests: number;
  sentBytes: number;
}

interface Counted {
  readonly seconds: ReadonlyMap<number, CountedSecond>;
  readonly named: ReadonlyMap<string, readonly number[]>;
  readonly sentRequests: number;
}

function readCounters(counters: Readonly<Record<string, number>>): Counted {
  const seconds = new Map<number, CountedSecond>();
  const named = new Map<string, number[]>();
  let sentRequests = 0;
  const at = (second: string): CountedSecond => {
    const known = seconds.get(Number(second));
    if (known !== undefined) return known;
    const made = {
      answers: new Map<string, number>(),
      latency: new DurationCounts(),
      service: new DurationCounts(),
      sendDelay: new DurationCounts(),
      sentRequests: 0,
      sentBytes: 0,
    };
    seconds.set(Number(second), made);
    return made;
  };
  for (const [name, times] of Object.entries(counters)) {
    const [ours, kind, first = "", second = "", third = ""] = name.split(".");
    if (ours !== "stackproof") continue;
    switch (kind) {
      case "sent":
        at(first).sentRequests += times;
        sentRequests += times;
        at(first).sendDelay.add(Number(second) / 1000, times);
        break;
      case "bytes":
        at(first).sentBytes += times;
        break;
      case "latency":
        at(first).answers.set(second, (at(first).answers.get(second) ?? 0) + times);
        at(first).latency.add(Number(third) / 1000, times);
        break;
      case "service":
        at(first).service.add(Number(second) / 1000, times);
        break;
      case "not-acked":
        named.set(first, [...(named.get(first) ?? []), Number(second)]);
        break;
      default:
        throw new Error(`Artillery's report has a counter of ours that is none: ${name}`);
    }
  }
  return { seconds, named, sentRequests };
}

const ACKED = "acked";
const UNNAMED = "unnamed";

/** The requests that were sent, by how they ended, each in its order. */
function queuesOf(sent: readonly number[], named: ReadonlyMap<number, string>, isOpen: boolean): Map<string, number[]> {
  const queues = new Map<string, number[]>();
  for (const request of sent) {
    const name = named.get(request) ?? (isOpen ? UNNAMED : ACKED);
    const queue = queues.get(name);
    if (queue === undefined) queues.set(name, [request]);
    else queue.push(request);
  }
  return queues;
}

function toFact(
  second: number,
  { seconds }: Counted,
  queues: ReadonlyMap<string, number[]>,
  { scenario, worker, eventsPerRequest, atMs }: ReportSource,
): LoadSecond {
  const counted = seconds.get(second);
  const answers = counted?.answers ?? new Map<string, number>();
  const sets = noOutcomes();
  for (const [answer, times] of answers) {
    const queue = queues.get(isAck(answer) ? ACKED : answer) ?? [];
    for (const request of queue.splice(0, times))
      addRequest(sets[outcomeKindOf(answerCodeOf(answer))], request, eventsPerRequest);
  }
  return {
    fact: "load-second",
    atMs,
    scenario,
    worker,
    second,
    ...encodeOutcomes(sets),
    sentRequests: counted?.sentRequests ?? 0,
    inFlight: 0,
    answers: Object.fromEntries(answers),
    latency: counted?.latency.takeEncoded() ?? "",
    service: counted?.service.takeEncoded() ?? "",
    sendDelay: counted?.sendDelay.takeEncoded() ?? "",
    sentBytes: counted?.sentBytes ?? 0,
    samples: [],
  };
}

function leftOver(
  second: number,
  unknown: readonly number[],
  unsent: readonly number[],
  { scenario, worker, eventsPerRequest, atMs }: ReportSource,
): LoadSecond {
  const sets = noOutcomes();
  for (const request of unknown) addRequest(sets.unknown, request, eventsPerRequest);
  for (const request of unsent) addRequest(sets.unsent, request, eventsPerRequest);
  return {
    fact: "load-second",
    // Facts of one second and worker are told apart by their time.
    atMs: atMs + 1,
    scenario,
    worker,
    second,
    ...encodeOutcomes(sets),
    sentRequests: 0,
    inFlight: 0,
    answers: {},
    latency: "",
    service: "",
    sendDelay: "",
    sentBytes: 0,
    samples: [],
  };
}

function addRequest(set: SequenceSet, request: number, eventsPerRequest: number): void {
  set.addRange(request * eventsPerRequest, (request + 1) * eventsPerRequest);
}

function isAck(answer: string): boolean {
  return outcomeKindOf(answerCodeOf(answer)) === "acked";
}

function total(answers: ReadonlyMap<string, number>): number {
  return [...answers.values()].reduce((sum, times) => sum + times, 0);
}
