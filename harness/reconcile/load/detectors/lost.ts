import type { Hop } from "../../../model/hop.ts";
import type { Observation } from "../../../model/observation.ts";
import { SequenceSet } from "../../../model/sequence-set.ts";
import { count, were } from "../../wording.ts";
import { wasReadWhole } from "../hop-reading.ts";
import type { LoadView } from "../load-view.ts";
import { firstTags, tellTags, tellWhen } from "../load-wording.ts";
import { sinkOf } from "../sink.ts";
import { observation, PASS, unknown } from "./observe.ts";

/** `event.lost`: one for every first hop that did not see what the entry had acked; passes where all arrived. */
export function detectLost(view: LoadView): Observation[] {
  const { ledger, sets } = view;
  const acked = ledger.outcomes.acked.count;
  const sink = sinkOf(ledger.scenario);
  if (sink === undefined || acked === 0) return [];
  if (sets.fates.arrived.count === acked) {
    const statement = `None of ${count(acked, "acked event")} was lost.`;
    const evidence = [`${acked} acked, ${acked} seen at ${sink.name}`];
    return [observation(view, { code: "event.lost", at: sink.name, statement, evidence, leaning: PASS })];
  }
  return groupByCut(view, sink).map(({ hop, lost, lastSeen }) =>
    observation(view, {
      code: "event.lost",
      at: hop.name,
      statement: `${lost.count} of ${count(acked, "acked event")} ${were(lost.count)} not seen at ${hop.name}${hop === sink ? "" : " or after"}${lastSeen === undefined ? "" : `; ${lastSeen.name} saw ${lost.count === 1 ? "it" : "them"} last`}.`,
      evidence: evidenceOf(view, lost),
      leaning: { verdict: "fail", hop: hop.name, tags: firstTags(ledger, lost) },
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

/** `event.unaccounted`: acked and not seen at the sink, and nobody read the sink far enough to call that a loss. */
export function detectUnaccounted(view: LoadView): Observation[] {
  const { ledger, sets, timeline } = view;
  const { unaccounted } = sets.fates;
  const sink = sinkOf(ledger.scenario);
  if (unaccounted.count === 0 || sink === undefined) return [];
  const acked = ledger.outcomes.acked.count;
  return [
    observation(view, {
      code: "event.unaccounted",
      at: sink.name,
      statement: `${unaccounted.count} of ${count(acked, "acked event")} ${were(unaccounted.count)} not seen at ${sink.name}, and it was not read far enough to know that they are lost.`,
      evidence: [`not seen: ${tellTags(ledger, unaccounted)}`, tellWhen(ledger, unaccounted)],
      leaning: unknown(
        timeline.ending.kind === "ended"
          ? `Run again; where ${sink.name} is slow, raise the deadline eventsMs of ${ledger.scenario.name}.`
          : "Run again and let the run come to its end.",
      ),
    }),
  ];
}
