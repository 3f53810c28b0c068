import type { Observation } from "../../../model/observation.ts";
import { sinkOf } from "../../../model/scenario.ts";
import { unreadHop } from "../../detectors/hop-unread.ts";
import { allSeen } from "../../shared-observations.ts";
import { count } from "../../wording.ts";
import { wasReadWhole } from "../hop-reading.ts";
import type { LoadView } from "../load-view.ts";

/** `hop.unread`: a read failed, and the hop had not shown everything before. A stream that is only sampled need not show all. */
export function detectUnread(view: LoadView): Observation[] {
  const { ledger, timeline, sets } = view;
  return timeline.hops.flatMap((hop) => {
    if (hop.hop.kind === "entry" || hop.reading.kind !== "failed") return [];
    const seen = ledger.hops.get(hop.hop.name)?.seen;
    if (seen !== undefined && sets.awaited.count > 0 && sets.awaited.minus(seen).count === 0) return [];
    return [unreadHop(ledger.scenario, hop, [`seen before that: ${count(seen?.count ?? 0, "event")}`])];
  });
}

/** `hop.seen`: the sink, and every stream that was read whole, saw all that the entry acked. */
export function detectSeen(view: LoadView): Observation[] {
  const { ledger } = view;
  const { acked } = ledger.outcomes;
  const sink = sinkOf(ledger.scenario);
  return ledger.scenario.hops.flatMap(({ name }) => {
    const seen = ledger.hops.get(name)?.seen;
    const isWhole = name === sink?.name || wasReadWhole(ledger, name);
    if (seen === undefined || !isWhole || acked.count === 0 || acked.minus(seen).count > 0) return [];
    return [allSeen(ledger.scenario, { amount: acked.count, at: name, evidence: [] })];
  });
}
