import { z } from "zod";
import { failed, ok } from "../answer.ts";
import { type Operation, operation } from "../operation.ts";
import { dimensionList } from "./metric-input.ts";
import type { MetricName, MetricStore } from "./metric-store.ts";

const pageSize = 500;

const input = z.object({
  Namespace: z.string().optional(),
  MetricName: z.string().optional(),
  Dimensions: z.array(z.object({ Name: z.string(), Value: z.string().nullish() })).nullish(),
  NextToken: z.string().optional(),
  RecentlyActive: z.string().optional(),
});

type Input = z.infer<typeof input>;

/** Metrics in the order they first came; a token is the offset of the next page. */
export function listMetrics(store: MetricStore): Operation {
  return operation({
    input,
    access: () => [{ action: "cloudwatch:ListMetrics", resourceArn: "*" }],
    run(call) {
      const offset = Number(call.NextToken ?? "0");
      if (!Number.isSafeInteger(offset) || offset < 0)
        return failed("InvalidParameterValueException", "Invalid NextToken.");
      const found = store.visibleMetrics().filter((metric) => matches(call, metric));
      const page = found.slice(offset, offset + pageSize);
      const next = offset + page.length;
      return ok({
        Metrics: page.map(({ namespace, name, dimensions }) => ({
          Namespace: namespace,
          MetricName: name,
          Dimensions: dimensionList(dimensions),
        })),
        NextToken: next < found.length ? String(next) : undefined,
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
