import { z } from "zod";
import type { Clock } from "../../model/ports.ts";
import { failed, ok } from "../answer.ts";
import { type Operation, operation } from "../operation.ts";
import { dimensions, number, time } from "./metric-input.ts";
import type { MetricStore } from "./metric-store.ts";

const datum = z.object({
  MetricName: z.string().min(1),
  Dimensions: dimensions,
  Timestamp: time.optional(),
  Value: number.optional(),
  Values: z.array(number).max(150).optional(),
  Counts: z.array(number).max(150).optional(),
  StatisticValues: z.object({ SampleCount: number, Sum: number, Minimum: number, Maximum: number }).optional(),
  Unit: z.string().optional(),
});

const input = z.object({
  Namespace: z.string().min(1),
  MetricData: z.array(datum).max(1000).optional(),
  EntityMetricData: z.array(z.object({ MetricData: z.array(datum).optional() })).optional(),
});

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html */
export function putMetricData(store: MetricStore, clock: Clock): Operation {
  return operation({
    input,
    access: ({ Namespace }) => [
      { action: "cloudwatch:PutMetricData", resourceArn: "*", context: { "cloudwatch:namespace": Namespace } },
    ],
    run(call) {
      if (call.Namespace.startsWith("AWS/")) {
        const message =
          "The value AWS/ for parameter Namespace is invalid: namespaces that begin with it are AWS' own.";
        return failed("InvalidParameterValueException", message);
      }
      const data = [
        ...(call.MetricData ?? []),
        ...(call.EntityMetricData ?? []).flatMap((entity) => entity.MetricData ?? []),
      ];
      for (const each of data) put(store, call.Namespace, each, each.Timestamp ?? clock.nowMs());
      return ok(undefined);
    },
  });
}

function put(store: MetricStore, namespace: string, given: z.infer<typeof datum>, atMs: number): void {
  const metric = { namespace, name: given.MetricName, dimensions: given.Dimensions };
  store.add(metric, given.Unit ?? "None", atMs, (aggregate) => {
    const set = given.StatisticValues;
    if (given.Value !== undefined) aggregate.add(given.Value);
    given.Values?.forEach((value, index) => {
      aggregate.add(value, given.Counts?.[index] ?? 1);
    });
    if (set === undefined) return;
    aggregate.addStatistics({
      sum: set.Sum,
      sampleCount: set.SampleCount,
      minimum: set.Minimum,
      maximum: set.Maximum,
    });
  });
}
