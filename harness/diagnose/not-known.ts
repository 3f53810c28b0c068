import type { Diagnosis, Failure } from "../model/observation.ts";
import type { Timeline } from "../model/timeline.ts";
import { describeClues } from "./function-trouble.ts";
import { logGroupsOf, nextLookAt } from "./next-look.ts";

/** Where no cause fits: says so, says where the failure shows, and where a person would look next. */
export function causeNotKnown({ observation, hop, tags }: Failure, timeline: Timeline): Diagnosis {
  const place = timeline.scenario.hops.find(({ name }) => name === hop);
  const first = tags[0];
  const logs = logGroupsOf(timeline);
  const lookUp = first === undefined || logs.length === 0 ? [] : [`to look up: ${first} in ${logs.join(", ")}`];
  const evidence = [...describeClues(timeline.clues), ...lookUp];
  return {
    cause: `cause not known: ${whatShows(observation.code, hop)}`,
    remedy: { text: remedyOf(observation.code, place === undefined ? "Look at the evidence." : nextLookAt(place)) },
    evidence,
  };
}

function whatShows(code: Failure["observation"]["code"], hop: string): string {
  switch (code) {
    case "event.lost":
      return `the wire into ${hop} is cut, for all events or for some`;
    case "event.duplicated":
      return `something delivers to ${hop} more than once`;
    case "event.unexpected":
      return `something that this run did not send comes to ${hop}`;
    case "metric.short":
      return `${hop} counted less than the entry acked`;
    default:
      return `the failure shows at ${hop}`;
  }
}

function remedyOf(code: Failure["observation"]["code"], nextLook: string): string {
  switch (code) {
    case "event.duplicated":
      return "Look for resends (a time-out at the sender, a batch that failed in part, a retried invocation), and make the consumer idempotent.";
    case "event.unexpected":
      return "Look for a second sender with the tags of this run, or a replay of the stream.";
    default:
      return nextLook;
  }
}
