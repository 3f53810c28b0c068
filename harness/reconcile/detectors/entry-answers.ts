import type { Observation } from "../../model/observation.ts";
import type { EventTimeline, Timeline } from "../../model/timeline.ts";
import { observe } from "../observe.ts";
import { hasArrived, isRejected, sinkOf, wasSent } from "../progress.ts";
import { count, describeAnswer, firstFew, tagsOf, tallyStatuses, were } from "../wording.ts";

/** `entry.rejected`: the entry answered a valid event with a definite no. */
export function detectRejected(timeline: Timeline): Observation[] {
  const sent = timeline.events.filter(wasSent);
  const rejected = sent.filter(isRejected);
  if (rejected.length === 0) return [];
  const evidence = answersOf(rejected);
  const arrived = rejected.filter((event) => hasArrived(event, sinkOf(timeline)));
  if (arrived.length > 0) evidence.push(`arrived all the same: ${firstFew(tagsOf(arrived))}`);
  return [
    observe(timeline.scenario, {
      code: "entry.rejected",
      at: entryName(timeline),
      statement: `The entry rejected ${rejected.length} of ${count(sent.length, "valid event")} (${tallyStatuses(rejected)}).`,
      evidence,
      leaning: { verdict: "fail", hop: entryName(timeline), tags: tagsOf(rejected) },
    }),
  ];
}

/**
 * `entry.failing`: the entry keeps giving no definite answer. One time-out among acks may be the network's; where most
 * of the answers are such, it is the entry. Events whose answer the run itself cut off do not count.
 */
export function detectFailingEntry(timeline: Timeline): Observation[] {
  const { answered, failed } = entryFailures(timeline);
  if (!keepsFailing(timeline)) return [];
  return [
    observe(timeline.scenario, {
      code: "entry.failing",
      at: entryName(timeline),
      statement: `The entry gave ${failed.length} of ${count(answered.length, "event")} no definite answer (${tallyStatuses(failed)}).`,
      evidence: answersOf(failed),
      leaning: { verdict: "fail", hop: entryName(timeline), tags: tagsOf(failed) },
    }),
  ];
}

/** Whether more than half of the answers leave open whether the event was taken. */
export function keepsFailing(timeline: Timeline): boolean {
  const { answered, failed } = entryFailures(timeline);
  return failed.length * 2 > answered.length;
}

function entryFailures(timeline: Timeline): { answered: EventTimeline[]; failed: EventTimeline[] } {
  const answered = timeline.events.filter(({ answer }) => {
    if (answer === undefined) return false;
    return answer.outcome.kind !== "unknown" || answer.outcome.reason !== "interrupted";
  });
  return { answered, failed: answered.filter(({ answer }) => answer?.outcome.kind === "unknown") };
}

/** The tags, and one answer for each status, so that no kind of answer hides behind another. */
function answersOf(events: readonly EventTimeline[]): string[] {
  const samples = new Map<string, string>();
  for (const event of events) {
    const status = tallyStatuses([event]);
    if (!samples.has(status)) samples.set(status, `${event.tag} was answered with ${describeAnswer(event)}`);
  }
  const lines = [...samples.values()].slice(0, 4);
  return [...lines, `${count(events.length, "event")}, which ${were(events.length)}: ${firstFew(tagsOf(events))}`];
}

function entryName(timeline: Timeline): string {
  return timeline.scenario.hops[0].name;
}
