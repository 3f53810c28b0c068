import { HEADROOM, heldAgainst, type KnobNeed, rounded, type SizingBasis } from "./knob-need.ts";

/** docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html */
const SHARD_RECORDS_PER_SECOND = 1_000;
const SHARD_BYTES_PER_SECOND = 1_048_576;
/** docs.aws.amazon.com/lambda/latest/dg/services-kinesis-parameters.html */
const MOST_PARALLELIZATION = 10;

/** Shards for what is written, and batches at once for what is read: parallelization first, since it costs nothing. */
export function streamNeeds(basis: SizingBasis): KnobNeed[] {
  const { size, targetEventsPerSecond: target } = basis;
  const { stream, mapping } = size;
  if (stream === null || stream.isOnDemand) return [];
  const perShard = eventsPerShard(basis);
  const forWrites = perShard === null ? stream.openShards : Math.ceil((target * HEADROOM) / perShard.eventsPerSecond);
  const perLane = eventsPerLane(basis);
  const lanes = perLane === null ? 0 : Math.ceil((target * HEADROOM) / perLane.eventsPerSecond);
  const parallelization = mapping?.parallelization ?? 1;
  const shardsForLanes = Math.ceil(lanes / MOST_PARALLELIZATION);
  const shards = Math.max(stream.openShards, forWrites, shardsForLanes);
  const wantedParallelization = Math.max(parallelization, Math.min(MOST_PARALLELIZATION, Math.ceil(lanes / shards)));
  const needs: KnobNeed[] = [];
  if (perShard !== null || shards > stream.openShards)
    needs.push({
      knob: "streamShards",
      before: stream.openShards,
      after: shards,
      why: [
        ...(perShard === null
          ? []
          : [`${perShard.why}; ${target} events/s with ${percent(HEADROOM)} to spare for uneven keys`]),
        ...(shardsForLanes > forWrites && perLane !== null
          ? [`${lanes} batches at once need so many shards: ${perLane.why}`]
          : []),
      ].join("; "),
    });
  if (mapping !== null && perLane !== null)
    needs.push({
      knob: "mappingParallelization",
      before: mapping.parallelization,
      after: wantedParallelization,
      why: `${perLane.why}; ${target} events/s need ${lanes} batches at once with ${percent(HEADROOM)} to spare, over ${shards} shards`,
    });
  return needs;
}

/** How many batches of a stream can be under way at once with these values. */
export function lanesOf(needs: readonly KnobNeed[], { size }: SizingBasis): number {
  const sizeOf = (knob: KnobNeed["knob"], now: number): number => {
    const after = needs.find((need) => need.knob === knob)?.after;
    return typeof after === "number" ? after : now;
  };
  return (
    sizeOf("streamShards", size.stream?.openShards ?? 0) *
    sizeOf("mappingParallelization", size.mapping?.parallelization ?? 1)
  );
}

/** What one shard takes: AWS' limit by what an event was measured to be, or less where a shard held less. */
function eventsPerShard(basis: SizingBasis): { readonly eventsPerSecond: number; readonly why: string } | null {
  const { use, size } = basis;
  const { streamRecordsPerEvent: records, streamBytesPerEvent: bytes } = use;
  const held = heldAgainst("shard-records", basis) ?? heldAgainst("shard-bytes", basis);
  const measured = held === null || size.stream === null ? null : held / size.stream.openShards;
  const byLimit =
    records === null || bytes === null || records === 0
      ? null
      : Math.min(SHARD_RECORDS_PER_SECOND / records, SHARD_BYTES_PER_SECOND / Math.max(1, bytes));
  if (measured !== null && (byLimit === null || measured < byLimit))
    return { eventsPerSecond: measured, why: `a shard held ${rounded(measured)} events/s in the run` };
  if (byLimit === null) return null;
  return {
    eventsPerSecond: byLimit,
    why: `a shard takes ${rounded(byLimit)} events/s (1,000 records or 1 MiB a second; ${rounded(bytes ?? 0)} bytes per event)`,
  };
}

/** What one batch at a time carries. */
function eventsPerLane(basis: SizingBasis): { readonly eventsPerSecond: number; readonly why: string } | null {
  const { use, size } = basis;
  const held = heldAgainst("consumer-throughput", basis);
  const lanesNow = (size.stream?.openShards ?? 0) * (size.mapping?.parallelization ?? 1);
  const measured = held === null || lanesNow === 0 ? null : held / lanesNow;
  const busy = use.eventsPerBusySecond;
  if (measured !== null && (busy === null || measured < busy))
    return {
      eventsPerSecond: measured,
      why: `one batch at a time carried ${rounded(measured)} events/s when the consumer fell behind`,
    };
  if (busy === null) return null;
  return { eventsPerSecond: busy, why: `the consumer wrote ${rounded(busy)} events in a second of its time` };
}

function percent(headroom: number): string {
  return `${Math.round((headroom - 1) * 100)}%`;
}
