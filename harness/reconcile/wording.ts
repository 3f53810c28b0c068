import type { EventTag } from "../model/event.ts";
import type { Outcome } from "../model/outcome.ts";
import type { EventTimeline, HopTimeline } from "../model/timeline.ts";

const SHOWN = 5;
const ANSWER_LENGTH = 300;

/** `1 event`, `2 events`. */
export function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? "" : "s"}`;
}

/** `was` or `were`. */
export function were(amount: number): string {
  return amount === 1 ? "was" : "were";
}

/** The first few of a list, and how many more there are. */
export function firstFew(items: readonly string[], shown = SHOWN): string {
  const rest = items.length - shown;
  return items.slice(0, shown).join(", ") + (rest > 0 ? ` and ${rest} more` : "");
}

export function tagsOf(events: readonly { readonly tag: EventTag }[]): EventTag[] {
  return events.map((event) => event.tag);
}

/** `202 {"accepted":1}`, or `time-out`: what the entry said to one event, on one line and no longer than is useful. */
export function describeAnswer(event: EventTimeline): string {
  const outcome = event.answer?.outcome;
  if (outcome === undefined) return "no answer was written down";
  const text = clip(outcome.answer);
  return text === "" ? describeStatus(outcome) : `${describeStatus(outcome)}: ${text}`;
}

/** `202`, `502 (server-error)`, `no status (timeout)`. */
function describeStatus(outcome: Outcome): string {
  if (outcome.kind !== "unknown") return String(outcome.status);
  return `${outcome.status ?? "no status"} (${outcome.reason})`;
}

/** `202 × 11, 502 (server-error) × 1`: most frequent first. */
export function tallyStatuses(events: readonly EventTimeline[]): string {
  const tally = new Map<string, number>();
  for (const event of events) {
    const status = event.answer === undefined ? "no answer" : describeStatus(event.answer.outcome);
    tally.set(status, (tally.get(status) ?? 0) + 1);
  }
  return [...tally]
    .sort(([left, leftCount], [right, rightCount]) => rightCount - leftCount || (left < right ? -1 : 1))
    .map(([status, times]) => `${status} × ${times}`)
    .join(", ");
}

function clip(text: string): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  return line.length > ANSWER_LENGTH ? `${line.slice(0, ANSWER_LENGTH)}…` : line;
}

/** How the reading of a hop failed: `kinesis:GetRecords failed with AccessDeniedException: …`. */
export function describeReading(hop: HopTimeline): string {
  const { reading } = hop;
  switch (reading.kind) {
    case "read":
      return `${hop.hop.name} was read${hop.covered === undefined ? "" : ` (${hop.covered.how})`}`;
    case "failed":
      return `${hop.hop.name} could not be read: ${reading.error.operation} failed with ${reading.error.code}: ${clip(reading.error.message)}`;
    case "stopped":
      return `${hop.hop.name} was not read to the end: the run was stopped`;
    case "none":
      return `${hop.hop.name} was not read`;
    default:
      return reading satisfies never;
  }
}
