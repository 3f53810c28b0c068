import type { HopResult, ScenarioResult } from "../model/report.ts";

/** One box of the drawing: a hop that an event passes, with the metrics that count there. */
export interface Station {
  readonly hop: HopResult;
  /** The wire that leads into it. */
  readonly wire: Wire;
  /** A metric names no events: it is shown under the hop before it, outside the path. */
  readonly metrics: readonly HopResult[];
}

export type Wire =
  | { readonly kind: "whole" }
  /** Events were last seen at `from` and not here. */
  | { readonly kind: "cut"; readonly from: string; readonly missing: number; readonly of: number }
  /** After a cut, or where it could not be looked: what it carries is not known. */
  | { readonly kind: "unknown" };

/** The hops of a scenario as a drawing has them, entry first. */
export function stationsOf({ hops }: Pick<ScenarioResult, "hops">): Station[] {
  const stations: { hop: HopResult; wire: Wire; metrics: HopResult[] }[] = [];
  for (const hop of hops) {
    const before = stations.at(-1);
    if (hop.kind === "metric" && before !== undefined) before.metrics.push(hop);
    else stations.push({ hop, wire: wireInto(hop, before?.hop), metrics: [] });
  }
  return stations;
}

/** Where a scenario's events were last seen: the first cut wire on the way; nothing where none is cut. */
export function firstCut(
  scenario: ScenarioResult,
): { readonly from: string; readonly to: string; readonly missing: number } | undefined {
  for (const { wire, hop } of stationsOf(scenario)) {
    if (wire.kind === "cut") return { from: wire.from, to: hop.name, missing: wire.missing };
  }
  return undefined;
}

function wireInto(hop: HopResult, before: HopResult | undefined): Wire {
  const came = before !== undefined && before.seen > hop.seen ? before.seen : hop.expected;
  switch (hop.verdict) {
    case "pass":
      return { kind: "whole" };
    case "fail":
      if (hop.seen >= came) return { kind: "whole" };
      return { kind: "cut", from: before?.name ?? "the sender", missing: came - hop.seen, of: came };
    case "unknown":
      return { kind: "unknown" };
    default:
      return hop.verdict satisfies never;
  }
}
