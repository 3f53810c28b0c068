import type { Observation } from "../../../model/observation.ts";
import { observe, unknown } from "../../observe.ts";
import { someUnsent } from "../../shared-observations.ts";
import { count } from "../../wording.ts";
import { senderTrouble } from "../judge-phase.ts";
import type { LoadView } from "../load-view.ts";
import { describePhase, tellTags, tellWhen } from "../load-wording.ts";

/**
 * `event.unsent`: planned and never sent, in a run that ended by itself. A search goes on until something gives way, be it the
 * sender: there it is reported and not judged.
 */
export function detectUnsent(view: LoadView): Observation[] {
  const { ledger, sets, timeline } = view;
  if (sets.unsent.count === 0 || timeline.ending.kind !== "ended") return [];
  const isSearch = ledger.spec.profile.kind === "search";
  return [
    someUnsent(ledger.scenario, {
      amount: sets.unsent.count,
      at: ledger.scenario.hops[0].name,
      evidence: [`not sent: ${tellTags(ledger, sets.unsent)}`, tellWhen(ledger, sets.unsent)],
      intended: ledger.planned.count,
      remedy: isSearch
        ? undefined
        : "The sender did not keep up: lower the rate, raise the number of workers, or send from a larger machine.",
    }),
  ];
}

/**
 * `load.sender-late`: in a phase that should be proven, what was measured includes the sender's own delay. A sender that was stopped
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
    observe(view.ledger.scenario, {
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
    observe(view.ledger.scenario, {
      code: "load.aborted",
      statement: `The run stopped sending by itself: ${first.reason}.`,
      evidence: aborts.map(({ atMs, reason }) => `${new Date(atMs).toISOString()}: ${reason}`),
      leaning: unknown(
        "See the other findings of this scenario for why; lower the rate, or raise the limit that it ran into, and run again.",
      ),
    }),
  ];
}
