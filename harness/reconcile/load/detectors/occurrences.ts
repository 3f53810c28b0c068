import type { Observation } from "../../../model/observation.ts";
import { SequenceSet } from "../../../model/sequence-set.ts";
import { count, firstFew, were } from "../../wording.ts";
import { wasReadWhole } from "../hop-reading.ts";
import { strangersOf } from "../load-counts.ts";
import type { LoadView } from "../load-view.ts";
import { firstTags, tellTags, tellWhen } from "../load-wording.ts";
import { sinkOf } from "../sink.ts";
import { observation, PASS } from "./observe.ts";

/** `event.duplicated`: one for every hop that is the first to show events more than once; passes where none does. */
export function detectDuplicated(view: LoadView): Observation[] {
  const { ledger, sets } = view;
  if (sets.duplicated.count === 0) return noneDuplicated(view);
  const told = new SequenceSet();
  return ledger.scenario.hops.flatMap(({ name }) => {
    const hop = ledger.hops.get(name);
    const here = hop?.repeated.and(sets.duplicated).minus(told);
    if (hop === undefined || here === undefined || here.count === 0) return [];
    told.addAll(here);
    return [
      observation(view, {
        code: "event.duplicated",
        at: name,
        statement: `${count(here.count, "event")} ${were(here.count)} seen more than once at ${name}.`,
        evidence: [
          `duplicated: ${tellTags(ledger, here)}`,
          `${count(hop.extra, "occurrence")} at ${name} above the first of each event`,
          tellWhen(ledger, here),
        ],
        leaning: {
          verdict: "by-policy",
          rule: "duplicated",
          remedy:
            "Delivery is at least once; make the consumer idempotent, or let the policy of the scenario pass duplicates.",
          hop: name,
          tags: firstTags(ledger, here),
        },
      }),
    ];
  });
}

/** Says so only of hops that could have shown one: a stream read whole, an item that counts its deliveries. */
function noneDuplicated(view: LoadView): Observation[] {
  const { ledger, sets } = view;
  const hops = ledger.scenario.hops.filter(
    (hop) =>
      (ledger.hops.get(hop.name)?.seen.count ?? 0) > 0 &&
      (hop.kind === "item" ? hop.deliveriesAttribute !== undefined : wasReadWhole(ledger, hop.name)),
  );
  if (hops.length === 0) return [];
  const names = hops.map(({ name }) => name).join(", ");
  const statement = `None of ${count(sets.sent.count, "sent event")} was seen more than once at ${names}.`;
  return [observation(view, { code: "event.duplicated", statement, evidence: [], leaning: PASS })];
}

/** `event.unexpected`: seen and never planned, or never sent by the sender's own word. */
export function detectUnexpected(view: LoadView): Observation[] {
  const { ledger, sets, counts } = view;
  if (counts.unexpected === 0) return [];
  const strangers = strangersOf(ledger, sets);
  const tags = [...firstTags(ledger, sets.unexpected), ...strangers].slice(0, 100);
  const first = ledger.scenario.hops.find(({ name }) => {
    const hop = ledger.hops.get(name);
    return (
      hop !== undefined &&
      (hop.seen.and(sets.unexpected).count > 0 || hop.strangers.some((tag) => strangers.includes(tag)))
    );
  });
  const hop = first?.name ?? sinkOf(ledger.scenario)?.name ?? "entry";
  return [
    observation(view, {
      code: "event.unexpected",
      at: hop,
      statement: `${count(counts.unexpected, "event")} ${were(counts.unexpected)} seen and never sent, first at ${hop}.`,
      evidence: [`unexpected: ${firstFew(tags)}`],
      leaning: {
        verdict: "by-policy",
        rule: "unexpected",
        remedy: "Find who else writes tags of this run: a second sender, or a journal that lost what was sent.",
        hop,
        tags,
      },
    }),
  ];
}

/** `event.recovered`: not definitely answered, and arrived all the same. */
export function detectRecovered(view: LoadView): Observation[] {
  const { ledger, sets } = view;
  if (sets.recovered.count === 0) return [];
  const statement = `${count(sets.recovered.count, "event")} without a definite answer arrived all the same.`;
  const evidence = [`recovered: ${tellTags(ledger, sets.recovered)}`, tellWhen(ledger, sets.recovered)];
  return [
    observation(view, {
      code: "event.recovered",
      at: sinkOf(ledger.scenario)?.name,
      statement,
      evidence,
      leaning: PASS,
    }),
  ];
}

/** `event.reordered`: told, never judged: a stream keeps order within a partition key only, and resending breaks even that. */
export function detectReordered(view: LoadView): Observation[] {
  const { ledger, sets } = view;
  if (sets.overtaken.count === 0) return [];
  const hop = ledger.scenario.hops.find(({ name }) => (ledger.hops.get(name)?.overtaken.count ?? 0) > 0)?.name;
  const statement = `${count(sets.overtaken.count, "event")} reached ${hop} after one that was sent only when they had been acked.`;
  const evidence = [`out of order: ${tellTags(ledger, sets.overtaken)}`];
  return [observation(view, { code: "event.reordered", at: hop, statement, evidence, leaning: PASS })];
}
