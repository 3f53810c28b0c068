import type { Observation } from "../../../model/observation.ts";
import { sinkOf } from "../../../model/scenario.ts";
import { SequenceSet } from "../../../model/sequence-set.ts";
import {
  noneDuplicated,
  someDuplicated,
  someRecovered,
  someReordered,
  someUnexpected,
} from "../../shared-observations.ts";
import { count, firstFew } from "../../wording.ts";
import { wasReadWhole } from "../hop-reading.ts";
import { strangersOf } from "../load-counts.ts";
import type { LoadView } from "../load-view.ts";
import { firstTags, tellTags, tellWhen } from "../load-wording.ts";

/** `event.duplicated`: one for every hop that is the first to show events more than once; passes where none does. */
export function detectDuplicated(view: LoadView): Observation[] {
  const { ledger, sets } = view;
  if (sets.duplicated.count === 0) return provenSingle(view);
  const told = new SequenceSet();
  return ledger.scenario.hops.flatMap(({ name }) => {
    const hop = ledger.hops.get(name);
    const here = hop?.repeated.and(sets.duplicated).minus(told);
    if (hop === undefined || here === undefined || here.count === 0) return [];
    told.addAll(here);
    return [
      someDuplicated(ledger.scenario, {
        amount: here.count,
        at: name,
        evidence: [
          `duplicated: ${tellTags(ledger, here)}`,
          `${count(hop.extra, "occurrence")} at ${name} above the first of each event`,
          tellWhen(ledger, here),
        ],
        tags: firstTags(ledger, here),
      }),
    ];
  });
}

/** Says so only of hops that could have shown one: a stream read whole, an item that counts its deliveries. */
function provenSingle({ ledger, sets }: LoadView): Observation[] {
  const hops = ledger.scenario.hops.filter(
    (hop) =>
      (ledger.hops.get(hop.name)?.seen.count ?? 0) > 0 &&
      (hop.kind === "item" ? hop.deliveriesAttribute !== undefined : wasReadWhole(ledger, hop.name)),
  );
  if (hops.length === 0) return [];
  const names = hops.map(({ name }) => name);
  return [noneDuplicated(ledger.scenario, sets.sent.count, names, [])];
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
    someUnexpected(ledger.scenario, {
      amount: counts.unexpected,
      at: hop,
      evidence: [`unexpected: ${firstFew(tags)}`],
      tags,
    }),
  ];
}

/** `event.recovered`: not definitely answered, and still arrived. */
export function detectRecovered(view: LoadView): Observation[] {
  const { ledger, sets } = view;
  if (sets.recovered.count === 0) return [];
  const evidence = [`recovered: ${tellTags(ledger, sets.recovered)}`, tellWhen(ledger, sets.recovered)];
  const at = sinkOf(ledger.scenario)?.name;
  return [someRecovered(ledger.scenario, { amount: sets.recovered.count, at, evidence })];
}

/** `event.reordered`: reported, never judged: a stream keeps order within a partition key only, and resending breaks even that. */
export function detectReordered(view: LoadView): Observation[] {
  const { ledger, sets } = view;
  const at = ledger.scenario.hops.find(({ name }) => (ledger.hops.get(name)?.overtaken.count ?? 0) > 0)?.name;
  if (sets.overtaken.count === 0 || at === undefined) return [];
  const evidence = [`out of order: ${tellTags(ledger, sets.overtaken)}`];
  return [someReordered(ledger.scenario, { amount: sets.overtaken.count, at, evidence })];
}
