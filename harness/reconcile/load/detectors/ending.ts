import type { FindingCode } from "../../../model/finding-code.ts";
import type { LoadCleaned } from "../../../model/load-fact.ts";
import type { Observation } from "../../../model/observation.ts";
import { detectCrashed } from "../../detectors/ending.ts";
import { count } from "../../wording.ts";
import { describeCleanup } from "../cleanup.ts";
import type { LoadView } from "../load-view.ts";
import { sinkOf } from "../sink.ts";
import { observation, PASS, unknown } from "./observe.ts";

/** How the run ended, where it did not end by itself, and what crashed: then what is not there proves nothing. */
export function detectEnding(view: LoadView): Observation[] {
  const { timeline, ledger } = view;
  const empty =
    ledger.planned.count === 0
      ? [
          notThrough(
            view,
            "scenario.empty",
            "No event of this scenario was planned.",
            "See why the run did not come to it, and run again.",
          ),
        ]
      : [];
  switch (timeline.ending.kind) {
    case "ended":
      return [...empty, ...detectCrashed(timeline)];
    case "interrupted":
      return [
        notThrough(
          view,
          "run.interrupted",
          `The run was stopped (${timeline.ending.signal}) before this scenario was through.`,
          "Run again and let the run come to its end.",
        ),
        ...detectCrashed(timeline),
      ];
    case "truncated":
      return [
        notThrough(
          view,
          "run.truncated",
          "The journal ends before the run did.",
          "The run was killed or its disk was full: run again.",
        ),
        ...detectCrashed(timeline),
      ];
    default:
      return timeline.ending satisfies never;
  }
}

function notThrough(view: LoadView, code: FindingCode, statement: string, remedy: string): Observation {
  const { sets, ledger } = view;
  const evidence = [
    ...(ledger.planned.count === 0 ? ["no event had been planned yet"] : []),
    ...(sets.unsent.count > 0
      ? [`${count(sets.unsent.count, "event")} of ${ledger.planned.count} planned, and nobody says that they were sent`]
      : []),
    ...(sets.fates.unaccounted.count > 0 ? [`${count(sets.fates.unaccounted.count, "acked event")} not seen yet`] : []),
  ];
  return observation(view, { code, statement, evidence, leaning: unknown(remedy) });
}

/** `load.data`: what became of the items that the load wrote. */
export function detectData(view: LoadView): Observation[] {
  const { ledger, timeline, counts } = view;
  const sink = sinkOf(ledger.scenario);
  const told = ledger.cleanups.map((cleaned) => cleanupOf(view, cleaned));
  if (told.length > 0 || sink?.kind !== "item" || counts.arrived === 0 || timeline.ending.kind === "truncated")
    return told;
  return [
    observation(view, {
      code: "load.data",
      at: sink.name,
      statement: `Nothing says what became of the ${count(counts.arrived, "item")} in table ${sink.table}.`,
      evidence: [],
      leaning: unknown(`Remove the items of run ${ledger.runId} from table ${sink.table}, or let its TTL do so.`),
    }),
  ];
}

function cleanupOf(view: LoadView, cleaned: LoadCleaned): Observation {
  const { outcome } = cleaned;
  return observation(view, {
    code: "load.data",
    at: `table ${outcome.table}`,
    statement: describeCleanup(cleaned),
    evidence: [],
    leaning:
      outcome.kind === "left"
        ? unknown(`Remove the items of run ${view.ledger.runId} from table ${outcome.table}.`)
        : PASS,
  });
}
