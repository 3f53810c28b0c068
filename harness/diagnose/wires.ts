import type { Hop } from "../model/hop.ts";
import { nameIn } from "../model/resource-name.ts";
import type { Wire } from "../model/rule-result.ts";
import type { Scenario } from "../model/scenario.ts";

/**
 * The wires of which one is cut where this hop is the first that did not see an event: those that lie between it and the hops
 * before, and, for an entry that answers only after its function has passed the event on, the next one too.
 */
export function wiresInto(hop: Hop, scenario: Scenario): readonly Wire[] {
  switch (hop.kind) {
    case "entry":
      return entryWires(scenario);
    case "object":
      return ["client-bucket"];
    case "log":
      return logWires(hop.logGroup, scenario);
    case "stream":
    case "metric":
      return ["function-stream"];
    case "item":
      return sinkWires(scenario);
    default:
      return hop satisfies never;
  }
}

function entryWires({ entry, roles }: Scenario): readonly Wire[] {
  if (entry.kind === "s3") return ["client-bucket"];
  return ["client-entry", "entry-function", roles.stream === undefined ? "function-table" : "function-stream"];
}

/** A function that writes items says so when it has written them: its line is missing too where it could not. */
function logWires(logGroup: string, { entry, roles }: Scenario): readonly Wire[] {
  if (roles.consumerFunction !== undefined && logGroup.includes(nameIn(roles.consumerFunction)))
    return ["stream-consumer", "consumer-log", "consumer-table"];
  return entry.kind === "s3"
    ? ["bucket-function", "entry-function", "function-log", "function-table"]
    : ["entry-function", "function-log"];
}

/** Behind a stream the consumer writes the item; an upload's item may be missing because nothing was invoked. */
function sinkWires({ entry, roles, hops }: Scenario): readonly Wire[] {
  const writes: Wire = roles.stream === undefined ? "function-table" : "consumer-table";
  if (hops.some(({ kind }) => kind === "log")) return [writes];
  if (roles.stream !== undefined) return ["stream-consumer", writes];
  return entry.kind === "s3" ? ["bucket-function", writes] : [writes];
}
