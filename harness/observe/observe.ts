import type { HopKind, HopOf } from "../model/hop.ts";
import type { Observer, ObserveTask, ObserveTools } from "./observer.ts";

/** Watches until its wait ends, at the latest a little after `deadlineMs`, which counts from the last send. */
export type Watching = (deadlineMs: number) => Promise<void>;

/** Loads what watching a kind of hop needs, and reads what it must know before the first send. */
type Prepare<K extends HopKind> = (task: ObserveTask<HopOf<K>>, tools: ObserveTools) => Promise<Observer<HopOf<K>>>;

const OBSERVERS: { readonly [K in HopKind]: Prepare<K> } = {
  // The entry's own answer is the sender's to journal: there is nothing to watch.
  entry: async () => async () => {},
  object: async () => (await import("./objects.ts")).observeObjects,
  log: async () => (await import("./logs.ts")).observeLogs,
  stream: async () => (await import("./stream.ts")).observeStream,
  metric: async (task, tools) => (await import("./metrics.ts")).prepareMetric(task, tools),
  item: async () => (await import("./items.ts")).observeItems,
};

/**
 * Gets ready to watch a hop: loads what that kind of hop needs and, for a metric, reads what it holds before the run. To be
 * awaited before the first send; the task's own deadline bounds these preparations.
 */
export async function prepareObserver<K extends HopKind>(
  task: ObserveTask<HopOf<K>>,
  tools: ObserveTools,
): Promise<Watching> {
  const kind: K = task.hop.kind;
  const observe = await OBSERVERS[kind](task, tools);
  return (deadlineMs) => observe({ ...task, deadlineMs }, tools);
}
