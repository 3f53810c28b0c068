import type { Observation } from "../../../model/observation.ts";
import { count, were } from "../../wording.ts";
import { senderTrouble } from "../judge-phase.ts";
import type { LoadView } from "../load-view.ts";
import { describePhase, tellTags, tellWhen } from "../load-wording.ts";
import { observation, PASS, unknown } from "./observe.ts";

/**
 * `event.unsent`: planned and never sent, in a run that ended by itself. A search goes on until something gives way, be it the
 * sender: there it is told and not judged.
 */
export function detectUnsent(view: LoadView): Observation[] {
  const { ledger, sets, timeline } = view;
  if (sets.unsent.count === 0 || timeline.ending.kind !== "ended") return [];
  const isSearch = ledger.spec.profile.kind === "search";
  return [
    observation(view, {
      code: "event.unsent",
      at: ledger.scenario.hops[0].name,
      statement: `${sets.unsent.count} of ${count(ledger.planned.count, "intended event")} ${were(sets.unsent.count)} never sent.`,
      evidence: [`not sent: ${tellTags(ledger, sets.unsent)}`, tellWhen(ledger, sets.unsent)],
      leaning: isSearch
        ? PASS
        : unknown(
            "The sender did not keep up: lower the rate, raise the number of workers, or send from a larger machine.",
          ),
    }),
  ];
}

/**
 * `load.sender-late`: in a phase that should be proven, the sender's own delay stands in what it measured. A sender that was stopped
 * could not keep its plan.
 */
export function detectSenderLate(view: LoadView): Observation[] {
  const { ledger, timeline } = view;
  if (timeline.ending.kind !== "ended" || ledger.aborts.length > 0) return [];
  const late = view.figures.flatMap((figures) => {
    const { plan } = figures.measure;
    if (plan.purpose !== "profile" && plan.purpose !== "proof") return [];
    const trouble = senderTrouble(figures, ledger);
    return trouble.length === 0 ? [] : [`${describePhase(plan)}: ${trouble.join("; ")}`];
  });
  if (late.length === 0) return [];
  return [
    observation(view, {
      code: "load.sender-late",
      at: "sender",
      statement: `The sender could not keep its own plan in ${count(late.length, "phase")}.`,
      evidence: late,
      leaning: unknown(
        "Close what else runs on this machine, raise the number of workers, carry several events in a request, or send from a larger machine.",
      ),
    }),
  ];
}

/** `load.aborted`: the run stopped sending by itself. What it sent until then is judged. */
export function detectAborted(view: LoadView): Observation[] {
  const { aborts } = view.ledger;
  const [first] = aborts;
  if (first === undefined) return [];
  return [
    observation(view, {
      code: "load.aborted",
      statement: `The run stopped sending by itself: ${first.reason}.`,
      evidence: aborts.map(({ atMs, reason }) => `${new Date(atMs).toISOString()}: ${reason}`),
      leaning: unknown(
        "See the other findings of this scenario for why; lower the rate, or raise the limit that it ran into, and run again.",
      ),
    }),
  ];
}
