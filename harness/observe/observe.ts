import type { ObserveTask, ObserveTools } from "./observer.ts";

/** Watches until its wait ends, at the latest a little after `deadlineMs`, which counts from the last send. */
export type Watching = (deadlineMs: number) => Promise<void>;

/**
 * Gets ready to watch a hop: loads what that kind of hop needs and, for a metric, reads what it holds before the run. To be
 * awaited before the first send; the task's own deadline bounds these preparations.
 * The entry's own answer is the sender's to tell: there is nothing to watch.
 */
export async function prepareObserver(task: ObserveTask, tools: ObserveTools): Promise<Watching> {
  const { hop } = task;
  switch (hop.kind) {
    case "entry":
      return async () => {};
    case "object": {
      const { observeObjects } = await import("./objects.ts");
      return (deadlineMs) => observeObjects({ ...task, hop, deadlineMs }, tools);
    }
    case "log": {
      const { observeLogs } = await import("./logs.ts");
      return (deadlineMs) => observeLogs({ ...task, hop, deadlineMs }, tools);
    }
    case "stream": {
      const { observeStream } = await import("./stream.ts");
      return (deadlineMs) => observeStream({ ...task, hop, deadlineMs }, tools);
    }
    case "metric": {
      const { observeMetric, readBaseline } = await import("./metrics.ts");
      const baseline = await readBaseline({ ...task, hop }, tools);
      return (deadlineMs) => observeMetric({ ...task, hop, deadlineMs }, tools, baseline);
    }
    case "item": {
      const { observeItems } = await import("./items.ts");
      return (deadlineMs) => observeItems({ ...task, hop, deadlineMs }, tools);
    }
    default:
      return hop satisfies never;
  }
}
