import type { Authorizer, Clock, MetricSink, UnimplementedCounter } from "../../model/ports.ts";
import type { Service } from "../../model/service.ts";
import { createService, queryErrors } from "../operation.ts";
import { getMetricData } from "./get-metric-data.ts";
import { getMetricStatistics } from "./get-metric-statistics.ts";
import { listMetrics } from "./list-metrics.ts";
import type { MetricStore } from "./metric-store.ts";
import { putMetricData } from "./put-metric-data.ts";

/** CloudWatch's metrics over the wire. */
export function createCloudWatch(
  store: MetricStore,
  clock: Clock,
  authorizer: Authorizer,
  unimplemented: UnimplementedCounter,
): Service {
  return createService("monitoring", authorizer, queryErrors, {
    GetMetricData: getMetricData(store, (what) => unimplemented.count("monitoring", what)),
    GetMetricStatistics: getMetricStatistics(store),
    ListMetrics: listMetrics(store),
    PutMetricData: putMetricData(store, clock),
  });
}

/** Where the twin's own services report: the same store that clients read. */
export function metricSinkOf(store: MetricStore): MetricSink {
  return {
    add: ({ namespace, name, dimensions, value, unit, atMs }) =>
      store.add({ namespace, name, dimensions }, unit, atMs, (aggregate) => aggregate.add(value)),
  };
}
