import type { HopOf, LoadHopKind } from "../../model/hop.ts";
import { observeLoadItems } from "./load-items.ts";
import { observeLoadStream } from "./load-stream.ts";
import type { LoadObserveTask, LoadObserveTools } from "./load-task.ts";
import type { TimesOf } from "./shard-order.ts";

/** What the observer of a hop is given, whatever its kind. */
export interface LoadHopTask<K extends LoadHopKind> extends LoadObserveTask<HopOf<K>> {
  /** When an acked event's request was sent and answered; undefined where that is not known yet, or it was not acked. */
  readonly timesOf: TimesOf;
}

const OBSERVERS: { readonly [K in LoadHopKind]: (task: LoadHopTask<K>, tools: LoadObserveTools) => Promise<void> } = {
  stream: observeLoadStream,
  item: observeLoadItems,
};

/** Watches one hop of a load until everything was seen there, or its deadline. */
export async function observeLoadHop<K extends LoadHopKind>(
  task: LoadHopTask<K>,
  tools: LoadObserveTools,
): Promise<void> {
  const kind: K = task.hop.kind;
  await OBSERVERS[kind](task, tools);
}
