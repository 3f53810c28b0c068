import { heldAgainst, type KnobNeed, rounded, type SizingBasis, TABLE_UTILIZATION } from "./knob-need.ts";

/** Capacity that is there from the first second: autoscaling takes minutes, and a burst lasts 300 s at the most. */
export function tableNeeds(basis: SizingBasis): KnobNeed[] {
  const { table } = basis.size;
  const { writeUnitsPerEvent: units } = basis.use;
  if (table === null || table.isOnDemand || units === null) return [];
  const held = heldAgainst("table-write-capacity", basis);
  // Where a table held less than its units say, the rest went into a hot partition or into writes that were tried again.
  const measured =
    held === null || held === 0 ? units : Math.max(units, Math.min(table.writeCapacity / held, units * 2));
  const least = Math.max(1, Math.ceil((basis.targetEventsPerSecond * measured) / TABLE_UTILIZATION));
  const scaling = table.writeScaling;
  const min = Math.max(least, scaling?.min ?? table.writeCapacity);
  const after = scaling === null ? min : { min, max: Math.max(min, scaling.max) };
  return [
    {
      knob: "tableWriteCapacity",
      before: scaling ?? table.writeCapacity,
      after,
      why: `one event takes ${rounded(measured)} write units; ${basis.targetEventsPerSecond} events/s are to use ${TABLE_UTILIZATION * 100}% of the least capacity, since autoscaling needs minutes`,
    },
  ];
}
