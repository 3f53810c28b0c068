import type { Hop, ItemHop } from "../model/hop.ts";
import type { HopTimeline, Timeline } from "../model/timeline.ts";
import type { Cause } from "./cause.ts";
import { describeClues } from "./function-trouble.ts";

/**
 * The table's key is not the one that its items are looked for by, so that no item can be there: either the table, and then the
 * handler's writes are refused as well, or the pipeline's description names the wrong attribute.
 */
export const keyMismatch: Cause = {
  name: "key-mismatch",
  explain({ observation, hop }, timeline) {
    if (observation.code !== "event.lost") return undefined;
    const sink = timeline.hops.at(-1);
    if (sink?.hop.kind !== "item" || !isAtTheWrite(hop, timeline)) return undefined;
    const found = mismatchOf(sink, sink.hop);
    if (found === undefined) return undefined;
    const { own, asked } = found;
    const { table } = sink.hop;
    return {
      likelihood: 0.95,
      cause: `the key of table ${table} is ${own}, and the pipeline's items have the key ${asked}: none of them can be in it`,
      remedy: {
        text: `If the items should have the key ${asked}, give the aws_dynamodb_table ${table} that hash_key (and range_key), with an attribute of type S for each; this replaces the table. If ${own} is meant, let the functions write it, and name it as the key of the sink in the pipelines file.`,
      },
      evidence: describeClues(timeline.clues),
    };
  },
};

/** Whether nothing but the consumer, which only its log shows, is between this hop and the table. */
function isAtTheWrite(hop: string, { scenario: { hops } }: Timeline): boolean {
  const from = hops.findIndex(({ name }) => name === hop);
  return from > 0 && hops.slice(from).every(isConsumers);
}

function isConsumers({ kind }: Hop): boolean {
  return kind === "log" || kind === "item";
}

/** Both keys in words; undefined where they are the same, or where the table's is not known. The harness writes all values as text. */
function mismatchOf({ keySchema }: HopTimeline, { key }: ItemHop): { own: string; asked: string } | undefined {
  if (keySchema === undefined) return undefined;
  const asked = Object.keys(key);
  const fits =
    keySchema.length === asked.length &&
    keySchema.every(({ attribute, attributeType }) => asked.includes(attribute) && attributeType === "S");
  if (fits) return undefined;
  const own = keySchema.map(({ attribute, keyType, attributeType }) => `${attribute} (${keyType}, ${attributeType})`);
  return { own: own.join(" and "), asked: asked.map((attribute) => `${attribute} (S)`).join(" and ") };
}
