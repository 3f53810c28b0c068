import type { LoadCleaned } from "../../../model/load-fact.ts";
import type { Observation } from "../../../model/observation.ts";
import { sinkOf } from "../../../model/scenario.ts";
import { detectCrashed } from "../../detectors/ending.ts";
import { observe, PASS, unknown } from "../../observe.ts";
import { nonePlanned, notThrough } from "../../shared-observations.ts";
import { count } from "../../wording.ts";
import { describeCleanup } from "../cleanup.ts";
import type { LoadView } from "../load-view.ts";

/** How the run ended, where it did not end by itself, and what crashed: then what is not there proves nothing. */
export function detectEnding(view: LoadView): Observation[] {
  const { timeline, ledger } = view;
  return [
    ...(ledger.planned.count === 0 ? [nonePlanned(ledger.scenario)] : []),
    ...notThrough(timeline, whatIsLeft(view)),
    ...detectCrashed(timeline),
  ];
}

function whatIsLeft({ sets, ledger }: LoadView): string[] {
  const { unaccounted } = sets.fates;
  return [
    ...(ledger.planned.count === 0 ? ["no event had been planned yet"] : []),
    ...(sets.unsent.count > 0 ? [`${count(sets.unsent.count, "event")} of ${ledger.planned.count} not sent yet`] : []),
    ...(unaccounted.count > 0 ? [`${count(unaccounted.count, "acked event")} not seen yet`] : []),
  ];
}

/** `load.data`: what became of the items that the load wrote. */
export function detectData(view: LoadView): Observation[] {
  const { ledger, timeline, counts } = view;
  const sink = sinkOf(ledger.scenario);
  const told = ledger.cleanups.map((cleaned) => cleanupOf(view, cleaned));
  if (told.length > 0 || sink?.kind !== "item" || counts.arrived === 0 || timeline.ending.kind === "truncated")
    return told;
  return [
    observe(view.ledger.scenario, {
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
  return observe(view.ledger.scenario, {
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
