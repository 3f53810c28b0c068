import type { Observation } from "../../../model/observation.ts";
import { describePlace, remedyOfUnread } from "../../detectors/hop-unread.ts";
import { count, describeReading } from "../../wording.ts";
import { wasReadWhole } from "../hop-reading.ts";
import type { LoadView } from "../load-view.ts";
import { sinkOf } from "../sink.ts";
import { observation, PASS, unknown } from "./observe.ts";

/** `hop.unread`: a read failed, and the hop had not shown everything before. A stream that is only sampled need not show all. */
export function detectUnread(view: LoadView): Observation[] {
  const { ledger, timeline, sets } = view;
  return timeline.hops.flatMap((hop) => {
    const { reading } = hop;
    if (hop.hop.kind === "entry" || reading.kind !== "failed") return [];
    const seen = ledger.hops.get(hop.hop.name)?.seen;
    if (seen !== undefined && sets.awaited.count > 0 && sets.awaited.minus(seen).count === 0) return [];
    return [
      observation(view, {
        code: "hop.unread",
        at: hop.hop.name,
        statement: `${describeReading(hop)}.`,
        evidence: [
          `what should have been read: ${describePlace(hop.hop)}`,
          `seen before that: ${count(seen?.count ?? 0, "event")}`,
        ],
        leaning: unknown(remedyOfUnread(reading.error, hop.hop)),
      }),
    ];
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
    const statement = `${acked.count} of ${count(acked.count, "acked event")} seen at ${name}.`;
    return [observation(view, { code: "hop.seen", at: name, statement, evidence: [], leaning: PASS })];
  });
}
