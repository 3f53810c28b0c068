import { z } from "zod";
import { failed, ok } from "../answer.ts";
import { type Operation, operation } from "../operation.ts";
import { pageOf } from "../page.ts";
import { dimensionList } from "./metric-input.ts";
import type { MetricName, MetricStore } from "./metric-store.ts";

const PAGE_SIZE = 500;

const input = z.object({
  Namespace: z.string().optional(),
  MetricName: z.string().optional(),
  Dimensions: z.array(z.object({ Name: z.string(), Value: z.string().nullish() })).nullish(),
  NextToken: z.string().optional(),
  RecentlyActive: z.string().optional(),
});

type Input = z.infer<typeof input>;

/** Metrics in the order they first came. */
export function listMetrics(store: MetricStore): Operation {
  return operation({
    input,
    access: () => [{ action: "cloudwatch:ListMetrics", resourceArn: "*" }],
    run(call) {
      const found = store.visibleMetrics().filter((metric) => matches(call, metric));
      const page = pageOf(found, call.NextToken, PAGE_SIZE);
      if (page === undefined) return failed("InvalidParameterValueException", "Invalid NextToken.");
      return ok({
        Metrics: page.items.map(({ namespace, name, dimensions }) => ({
          Namespace: namespace,
          MetricName: name,
          Dimensions: dimensionList(dimensions),
        })),
        NextToken: page.next,
      });
    },
  });
}

function matches(call: Input, metric: MetricName): boolean {
  if (call.Namespace !== undefined && call.Namespace !== metric.namespace) return false;
  if (call.MetricName !== undefined && call.MetricName !== metric.name) return false;
  return (call.Dimensions ?? []).every(({ Name, Value }) => {
    const value = metric.dimensions[Name];
    return value !== undefined && (Value === null || Value === undefined || Value === value);
  });
}
