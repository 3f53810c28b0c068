import { type Hop, isWatchedUnderLoad, kindOf } from "../../model/hop.ts";
import type { Scenario } from "../../model/scenario.ts";
import type { Account } from "../../model/settings/account.ts";
import { SettledQueue } from "../../observe/load/awaited-load.ts";
import { observeLoadMetrics } from "../../observe/load/load-metrics.ts";
import type { LoadObserveTask, LoadObserveTools } from "../../observe/load/load-task.ts";
import { observeLoadHop } from "../../observe/load/observe-load.ts";
import type { RequestTimesStore } from "./request-times-store.ts";

export interface WatchInput {
  readonly runId: string;
  readonly scenario: Scenario;
  readonly plan: LoadObserveTask<Hop>["plan"] & { endMs(): number };
  readonly startMs: number;
  readonly times: RequestTimesStore;
  /** Says how the API is called. */
  readonly account: Account;
  /** Whether the metrics of the stack's limits are read as well. */
  readonly withMetrics: boolean;
}

/** Everything that watches a load, apart from the sender. */
export interface LoadWatchers {
  /** One for each watcher, to be told what was settled. */
  readonly queues: readonly SettledQueue[];
  /** What each does, by the name under which it speaks. */
  readonly parts: readonly { readonly name: string; readonly work: () => Promise<void> }[];
}

/** The observers of a scenario under load: those of its hops that name events, and that of the metrics that show limits. */
export function watchLoadHops(input: WatchInput, tools: LoadObserveTools): LoadWatchers {
  const { scenario, plan, startMs, runId } = input;
  const queues: SettledQueue[] = [];
  const parts: { readonly name: string; readonly work: () => Promise<void> }[] = [];
  const about = (waitMs: number) => {
    const awaited = new SettledQueue();
    queues.push(awaited);
    return { runId, scenario, awaited, plan, startMs, deadlineMs: () => Math.max(startMs, plan.endMs()) + waitMs };
  };
  const timesOf = (sequence: number) => input.times.timesOf(sequence);
  for (const hop of scenario.hops) {
    if (!isWatchedUnderLoad(hop)) continue;
    const task = { ...about(scenario.deadlines[kindOf(hop).deadline]), hop, timesOf };
    parts.push({ name: `observer of ${hop.name}`, work: () => observeLoadHop(task, tools) });
  }
  if (input.withMetrics) {
    const apiName = input.account.find("api", scenario.roles.api)?.name;
    const task = { ...about(scenario.deadlines.metricsMs), roles: scenario.roles, apiName };
    parts.push({ name: "observer of metrics", work: () => observeLoadMetrics(task, tools) });
  }
  return { queues, parts };
}
