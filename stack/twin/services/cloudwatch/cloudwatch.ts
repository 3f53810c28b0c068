import type { Authorizer, Clock, MetricSink, UnimplementedCounter } from "../../model/ports.ts";
import type { Service } from "../../model/service.ts";
import { failed } from "../answer.ts";
import { operations } from "../operation.ts";
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
  const operation = operations(authorizer, {
    invalid: (message) => failed("ValidationError", message),
    denied: (message) => failed("AccessDenied", message, 403),
  });
  return {
    name: "monitoring",
    operations: {
      GetMetricData: operation(getMetricData(store, (what) => unimplemented.count("monitoring", what))),
      GetMetricStatistics: operation(getMetricStatistics(store)),
      ListMetrics: operation(listMetrics(store)),
      PutMetricData: operation(putMetricData(store, clock)),
    },
  };
}

/** Where the twin's own services report: the same store that clients read. */
export function metricSinkOf(store: MetricStore): MetricSink {
  return {
    add: ({ namespace, name, dimensions, value, unit, atMs }) =>
      store.add({ namespace, name, dimensions }, unit, atMs, (aggregate) => aggregate.add(value)),
  };
}
