import type { Bottleneck } from "../../model/load-report.ts";
import type { Diagnosis, Failure } from "../../model/observation.ts";
import { sideOf } from "./broken-side.ts";

/** Where the events of a load must come out, and whether a stream keeps them on the way. */
export interface LoadedWay {
  readonly sink: string;
  readonly hasStream: boolean;
}

const RAISE_LIMIT = "Raise that limit (a search, `stackproof load --target RATE/s`, says by how much), or load it less";

/**
 * Why a load failed, where that is what its load shows: a stretch broke its policy for what held the stack back, and so did the events
 * that were not in time at the sink behind a limit of the consumer or of its table. Undefined for failures of another kind.
 */
export function explainLoad(
  { observation, hop }: Failure,
  bottleneck: Bottleneck,
  way: LoadedWay,
): Diagnosis | undefined {
  switch (observation.code) {
    case "load.ledger-mismatch":
      return {
        cause: "the engine sent other requests than those that the ledger knows of, or told of them wrongly",
        remedy: {
          text: "Do not trust this run's counts: read the engine's own log beside the report, and run again with our own sender (leave --engine away).",
        },
        evidence: [],
      };
    case "load.held":
    case "load.target-held":
      return notHeld(bottleneck);
    case "event.lost":
      return hop === way.sink ? leftBehind(bottleneck, way) : undefined;
    default:
      return undefined;
  }
}

function notHeld(bottleneck: Bottleneck): Diagnosis {
  switch (bottleneck.kind) {
    case "known":
      return {
        cause: `${bottleneck.subject} gives way (${bottleneck.limit})`,
        remedy: { text: `${RAISE_LIMIT}.` },
        evidence: bottleneck.evidence,
      };
    case "unknown":
      return {
        cause: `cause not known: ${bottleneck.reason}`,
        remedy: {
          text: "Look at the metrics of the run for what gave way, search for the highest rate that holds, or load it less.",
        },
        evidence: [],
      };
    default:
      return bottleneck satisfies never;
  }
}

/** A stream keeps what its consumer cannot write yet, and the mapping gives up what failed too often or grew too old. */
function leftBehind(bottleneck: Bottleneck, { hasStream }: LoadedWay): Diagnosis | undefined {
  if (bottleneck.kind === "unknown" || sideOf(bottleneck.limit, hasStream) === "entry") return undefined;
  const { subject, limit } = bottleneck;
  return {
    cause: `${subject} gives way (${limit}): what it does not take in time waits in the stream, or is given up there`,
    remedy: { text: `${RAISE_LIMIT}. An event that is lost at a rate that holds has another cause.` },
    evidence: [],
  };
}
