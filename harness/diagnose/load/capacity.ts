import type { Consumption } from "../../model/load-consumption.ts";
import type { Bottleneck, Capacity } from "../../model/load-report.ts";
import type { SearchEnd } from "../../model/search-end.ts";
import { findBottleneck } from "./find-bottleneck.ts";
import type { LoadEvidence } from "./load-evidence.ts";
import { type Ceiling, ceilingsOf, predictNext } from "./predict-next.ts";

/** Seconds of unused capacity that a table keeps: docs.aws.amazon.com/amazondynamodb/latest/developerguide/burst-adaptive-capacity.html */
const TABLE_BURST_SECONDS = 300;
/** Consumption is measured to some percent. */
const CLEARLY_BELOW = 0.97;

/**
 * How much the stack carries, what holds it back, and what gives way next. A table carries more than its capacity for minutes: where
 * the units that were consumed say so, the lasting rate is what is provisioned, and what the steps held is the burst.
 */
export function capacityOf(evidence: LoadEvidence, search: SearchEnd | null, use: Consumption): Capacity {
  if (search === null) return { kind: "not-searched" };
  const bottleneck = findBottleneck(evidence);
  const held = search.holdsEventsPerSecond;
  if (held === null)
    return { kind: "unknown", reason: [search.confidence, search.reason, blame(bottleneck)].join(" ") };
  const table = ceilingsOf(evidence.size, use).find(({ limit }) => limit === "table-write-capacity");
  if (table !== undefined && table.eventsPerSecond < held * CLEARLY_BELOW)
    return onBorrowedCapacity(evidence, search, held, table, bottleneck, use);
  const limit = bottleneck.kind === "known" ? bottleneck.limit : null;
  return {
    kind: "found",
    holdsEventsPerSecond: held,
    breaksEventsPerSecond: search.breaksEventsPerSecond,
    confidence: `${search.confidence} ${search.reason}`,
    burst:
      search.burst === null
        ? null
        : {
            ...search.burst,
            evidence: "a step at this rate held for so long and then broke, or held on what steps before it had left",
          },
    bottleneck,
    next: predictNext(evidence.size, use, limit, held),
  };
}

function onBorrowedCapacity(
  evidence: LoadEvidence,
  search: SearchEnd,
  held: number,
  table: Ceiling,
  measured: Bottleneck,
  use: Consumption,
): Capacity {
  const steady = table.eventsPerSecond;
  const seconds = Math.round((TABLE_BURST_SECONDS * steady) / (held - steady));
  const burst = search.burst ?? { eventsPerSecond: held, seconds };
  const what = `${held} events/s held while the table spent unused capacity (up to ${TABLE_BURST_SECONDS} s of it are kept)`;
  const next = measured.kind === "known" && measured.limit !== "table-write-capacity";
  return {
    kind: "found",
    holdsEventsPerSecond: steady,
    breaksEventsPerSecond: search.breaksEventsPerSecond,
    confidence: `${what}; in the long run the provisioned units carry ${steady} events/s, by the units consumed per event. Of the steps: ${search.confidence}`,
    burst: { ...burst, evidence: `${what}; a full reserve lasts ${seconds} s at that rate` },
    bottleneck: {
      kind: "known",
      limit: "table-write-capacity",
      subject: table.subject,
      eventsPerSecond: steady,
      evidence: [...table.evidence, ...(measured.kind === "known" && !next ? measured.evidence : [])],
    },
    next: next ? measured : predictNext(evidence.size, use, "table-write-capacity", held),
  };
}

function blame(bottleneck: Bottleneck): string {
  return bottleneck.kind === "unknown"
    ? bottleneck.reason
    : `What gave way was ${bottleneck.limit} of ${bottleneck.subject}: ${bottleneck.evidence.join("; ")}.`;
}
