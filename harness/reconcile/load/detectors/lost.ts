import type { Hop } from "../../../model/hop.ts";
import type { Observation } from "../../../model/observation.ts";
import { sinkOf } from "../../../model/scenario.ts";
import { SequenceSet } from "../../../model/sequence-set.ts";
import { noneLost, someLost, someUnaccounted } from "../../shared-observations.ts";
import { count } from "../../wording.ts";
import { wasReadWhole } from "../hop-reading.ts";
import type { LoadView } from "../load-view.ts";
import { firstTags, tellTags, tellWhen } from "../load-wording.ts";

/** `event.lost`: one for every first hop that did not see what the entry had acked; passes where all arrived. */
export function detectLost(view: LoadView): Observation[] {
  const { ledger, sets } = view;
  const acked = ledger.outcomes.acked.count;
  const sink = sinkOf(ledger.scenario);
  if (sink === undefined || acked === 0) return [];
  if (sets.fates.arrived.count === acked) {
    return [noneLost(ledger.scenario, sink.name, acked)];
  }
  return groupByCut(view, sink).map(({ hop, lost, lastSeen }) =>
    someLost(ledger.scenario, {
      amount: lost.count,
      at: hop.name,
      evidence: evidenceOf(view, lost),
      tags: firstTags(ledger, lost),
      acked,
      isSink: hop === sink,
      lastSeen: lastSeen?.name,
    }),
  );
}

interface LossGroup {
  readonly hop: Hop;
  readonly lost: SequenceSet;
  readonly lastSeen: Hop | undefined;
}

/** Lost events by the first hop that was read whole and did not see them, unless one after it did; the sink was read, or none is lost. */
function groupByCut({ ledger, sets }: LoadView, sink: Hop): LossGroup[] {
  const groups: LossGroup[] = [];
  let rest = sets.fates.lost;
  // From the sink back: the furthest hop that saw an event is the last before its cut.
  const before = ledger.scenario.hops.filter(({ name }) => name !== sink.name && ledger.hops.has(name));
  let cutBehind: Hop = sink;
  for (const hop of before.toReversed()) {
    const seen = ledger.hops.get(hop.name)?.seen ?? new SequenceSet();
    const passed = rest.and(seen);
    if (passed.count > 0) groups.unshift({ hop: cutBehind, lost: passed, lastSeen: hop });
    rest = rest.minus(passed);
    if (wasReadWhole(ledger, hop.name)) cutBehind = hop;
  }
  if (rest.count > 0) groups.unshift({ hop: cutBehind, lost: rest, lastSeen: undefined });
  return groups;
}

function evidenceOf({ ledger, sets }: LoadView, lost: SequenceSet): string[] {
  const sink = sinkOf(ledger.scenario);
  const acked = ledger.outcomes.acked;
  const perHop = [...ledger.hops].map(
    ([name, { seen }]) =>
      `${name} ${acked.and(seen).count}${wasReadWhole(ledger, name) || name === sink?.name ? "" : " (a sample)"}`,
  );
  const reads = ledger.absences.filter(({ hop, consistent }) => hop === sink?.name && consistent);
  const lastRead = reads.at(-1);
  return [
    `lost: ${tellTags(ledger, lost)}`,
    tellWhen(ledger, lost),
    `of ${count(acked.count, "acked event")} seen: ${perHop.join(", ")}`,
    ...(sets.fates.unaccounted.count > 0
      ? [`${sets.fates.unaccounted.count} more not seen, and not looked for long enough`]
      : []),
    ...(lastRead === undefined
      ? []
      : [
          `${sink?.name} was read past the deadline: by key, strongly consistent, at ${new Date(lastRead.readAtMs).toISOString()}`,
        ]),
  ];
}

/** `event.unaccounted`: acked and not seen at the sink, and the sink was not read far enough to call that a loss. */
export function detectUnaccounted(view: LoadView): Observation[] {
  const { ledger, sets, timeline } = view;
  const { unaccounted } = sets.fates;
  const sink = sinkOf(ledger.scenario);
  if (unaccounted.count === 0 || sink === undefined) return [];
  return [
    someUnaccounted(ledger.scenario, {
      amount: unaccounted.count,
      at: sink.name,
      evidence: [`not seen: ${tellTags(ledger, unaccounted)}`, tellWhen(ledger, unaccounted)],
      acked: ledger.outcomes.acked.count,
      because: timeline.ending.kind === "ended" ? "slow" : "stopped",
    }),
  ];
}
