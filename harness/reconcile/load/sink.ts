import { type Hop, namesEvents } from "../../model/hop.ts";
import type { Scenario } from "../../model/scenario.ts";

/** Where events must arrive: the last hop that can name them. */
export function sinkOf({ hops }: Scenario): Hop | undefined {
  return hops.findLast(namesEvents);
}
