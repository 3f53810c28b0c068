import { kindOf } from "../model/hop.ts";
import type { HopResult } from "../model/report.ts";
import type { HopTimeline, Timeline } from "../model/timeline.ts";
import type { Verdict } from "../model/verdict.ts";
import { keepsFailing } from "./detectors/entry-answers.ts";
import { groupLosses } from "./detectors/lost.ts";
import { provesShortfall } from "./detectors/metric.ts";
import { measure } from "./metric-rise.ts";
import { isAcked, isRejected, sinkOf, wasSeenAt, wasSent, wasTaken } from "./progress.ts";

/**
 * What each hop saw, in order. The entry is held against what was sent, the others against what it took. Only the hop
 * where events went missing fails: those after it saw what came to them, and of the rest nothing is known.
 */
export function hopResults(timeline: Timeline): HopResult[] {
  const cut = new Set(groupLosses(timeline).map((group) => group.hop.index));
  return timeline.hops.map((hop) => {
    const { name, kind } = hop.hop;
    return { name, kind, ...judge(timeline, hop, cut) };
  });
}

export type Judged = Pick<HopResult, "expected" | "seen" | "verdict">;

function judge(timeline: Timeline, hop: HopTimeline, cut: ReadonlySet<number>): Judged {
  const { shows } = kindOf(hop.hop);
  switch (shows) {
    case "answers":
      return judgeEntry(timeline);
    case "sum":
      return judgeMetric(timeline, hop);
    case "events":
      return judgeNaming(timeline, hop, cut.has(hop.index));
    default:
      return shows satisfies never;
  }
}

function judgeEntry(timeline: Timeline): Judged {
  const sink = sinkOf(timeline);
  const sent = timeline.events.filter(wasSent);
  const isRefusing = sent.some(isRejected) || keepsFailing(timeline);
  const isTaking = sent.length > 0 && sent.every((event) => wasTaken(event, sink));
  return {
    expected: sent.length,
    seen: sent.filter(isAcked).length,
    verdict: isRefusing ? "fail" : provenIf(isTaking),
  };
}

function judgeMetric(timeline: Timeline, hop: HopTimeline): Judged {
  const metric = measure(timeline, hop);
  return {
    expected: metric.expected,
    seen: metric.kind === "missing" ? 0 : metric.risen,
    verdict: provesShortfall(timeline, metric) ? "fail" : provenIf(metric.kind === "risen" && metric.expected > 0),
  };
}

function judgeNaming(timeline: Timeline, hop: HopTimeline, isCut: boolean): Judged {
  const sink = sinkOf(timeline);
  const taken = timeline.events.filter((event) => wasTaken(event, sink));
  const seen = taken.filter((event) => wasSeenAt(event, hop)).length;
  const hasSeenAll = taken.length > 0 && seen === taken.length;
  return { expected: taken.length, seen, verdict: isCut ? "fail" : provenIf(hasSeenAll) };
}

/** What was not proven is not known. */
export function provenIf(isProven: boolean): Verdict {
  return isProven ? "pass" : "unknown";
}
