import type { Observation } from "../../model/observation.ts";
import type { EventTimeline, HopTimeline, Timeline } from "../../model/timeline.ts";
import { observe, PASS } from "../observe.ts";
import { isAcked, namingHops, sightingsAt, sinkOf, wasSeenAt, wasSent, wasTaken } from "../progress.ts";
import { allSeen } from "../shared-observations.ts";
import { count, describeAnswer, firstFew, tallyStatuses } from "../wording.ts";

/** `hop.seen`: a hop saw every event that it should have seen; each hop with its own evidence. */
export function detectSeen(timeline: Timeline): Observation[] {
  return namingHops(timeline).flatMap((hop) =>
    hop.hop.kind === "entry" ? atEntry(timeline, hop) : atHop(timeline, hop),
  );
}

function atEntry(timeline: Timeline, entry: HopTimeline): Observation[] {
  const sent = timeline.events.filter(wasSent);
  const first = sent[0];
  if (first === undefined || !sent.every(isAcked)) return [];
  const statement = `The entry acked ${sent.length} of ${count(sent.length, "event")} (${tallyStatuses(sent)}).`;
  const evidence = [`${first.tag} was answered with ${describeAnswer(first)}`];
  return [observe(timeline.scenario, { code: "hop.seen", at: entry.hop.name, statement, evidence, leaning: PASS })];
}

function atHop(timeline: Timeline, hop: HopTimeline): Observation[] {
  const sink = sinkOf(timeline);
  const taken = timeline.events.filter((event) => wasTaken(event, sink));
  if (taken.length === 0 || !taken.every((event) => wasSeenAt(event, hop))) return [];
  const shards = shardsOf(taken, hop);
  const where = shards.length === 0 ? "" : ` in ${count(shards.length, "shard")}: ${firstFew(shards)}`;
  const seen = { amount: taken.length, at: hop.hop.name, evidence: evidenceOf(taken, hop) };
  return [allSeen(timeline.scenario, seen, where)];
}

function evidenceOf(taken: readonly EventTimeline[], hop: HopTimeline): string[] {
  const places = new Set<string>();
  let firstMs = Number.POSITIVE_INFINITY;
  let lastMs = 0;
  for (const event of taken) {
    const sighting = sightingsAt(event, hop)[0];
    if (sighting === undefined) continue;
    const latencyMs = Math.max(0, sighting.seenAtMs - event.intendedAtMs);
    firstMs = Math.min(firstMs, latencyMs);
    lastMs = Math.max(lastMs, latencyMs);
    if (places.size < 3) places.add(sighting.place);
  }
  return [...places, `seen ${firstMs} to ${lastMs} ms after the events were intended`];
}

/** The shards named in the places of a stream's sightings. */
function shardsOf(events: readonly EventTimeline[], hop: HopTimeline): string[] {
  if (hop.hop.kind !== "stream") return [];
  const shards = new Set<string>();
  for (const event of events) {
    for (const { place } of sightingsAt(event, hop)) {
      const shard = /shardId-\d+/.exec(place)?.[0];
      if (shard !== undefined) shards.add(shard);
    }
  }
  return [...shards].sort();
}
