import type { HopOf, LoadHopKind } from "../../model/hop.ts";
import { observeLoadItems } from "./load-items.ts";
import { type LoadStreamTask, observeLoadStream } from "./load-stream.ts";
import type { LoadObserveTask, LoadObserveTools } from "./load-task.ts";

/** What the observer of a hop is given, whatever its kind. */
type LoadHopTask<K extends LoadHopKind> = LoadObserveTask<HopOf<K>> & Pick<LoadStreamTask, "timesOf">;

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
