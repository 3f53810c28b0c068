import { z } from "zod";
import { Timestamp } from "../../model/values.ts";
import { type ErrorAnswer, failed, ok } from "../answer.ts";
import { type Operation, operation } from "../operation.ts";
import { datapointsIn } from "./datapoints.ts";
import { dimensions, number, period, time } from "./metric-input.ts";
import type { MetricStore } from "./metric-store.ts";
import { statisticNamed } from "./statistic.ts";

const query = z.object({
  Id: z.string().regex(/^[a-z][a-zA-Z0-9_]*$/, "The value for an Id must start with a lower case letter"),
  Label: z.string().optional(),
  ReturnData: z.union([z.boolean(), z.string().transform((text) => text === "true")]).optional(),
  Expression: z.string().optional(),
  MetricStat: z
    .object({
      Metric: z.object({ Namespace: z.string(), MetricName: z.string(), Dimensions: dimensions }),
      Period: period,
      Stat: z.string(),
      Unit: z.string().optional(),
    })
    .optional(),
});

const input = z.object({
  MetricDataQueries: z.array(query).min(1).max(500),
  StartTime: time,
  EndTime: time,
  ScanBy: z.enum(["TimestampDescending", "TimestampAscending"]).optional(),
  NextToken: z.string().optional(),
  MaxDatapoints: number.optional(),
});

type Input = z.infer<typeof input>;
type Query = z.infer<typeof query>;

/**
 * Datapoints of several metrics. Every result is complete in one page (a twin keeps a day of minutes). Metric math is
 * not there: a query with an expression is refused and counted.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html
 */
export function getMetricData(store: MetricStore, countUnimplemented: (what: string) => void): Operation {
  return operation({
    input,
    access: () => [{ action: "cloudwatch:GetMetricData", resourceArn: "*" }],
    run(call) {
      if (call.EndTime <= call.StartTime) {
        return failed("ValidationError", "The parameter StartTime must be less than the parameter EndTime.");
      }
      const results = [];
      for (const each of call.MetricDataQueries) {
        if (each.MetricStat === undefined) {
          countUnimplemented("GetMetricData with Expression");
          return failed("ValidationError", `Query ${each.Id}: the twin does not implement metric math expressions.`);
        }
        const result = resultOf(store, call, each, each.MetricStat);
        if ("code" in result) return result;
        if (each.ReturnData !== false) results.push(result);
      }
      return ok({ MetricDataResults: results, Messages: [] });
    },
  });
}

function resultOf(store: MetricStore, call: Input, { Id, Label }: Query, stat: NonNullable<Query["MetricStat"]>) {
  const statistic = statisticNamed(stat.Stat);
  if (statistic === undefined) return unknownStatistic(Id, stat.Stat);
  const { Namespace: namespace, MetricName: name, Dimensions } = stat.Metric;
  const metric = { namespace, name, dimensions: Dimensions };
  const periodMs = stat.Period * 1000;
  const wanted = stat.Unit === undefined || stat.Unit === store.unitOf(metric);
  const startMs = Math.floor(call.StartTime / periodMs) * periodMs;
  const range = { startMs, endMs: call.EndTime, periodMs, originMs: 0 };
  const found = wanted && periodMs >= 60_000 ? datapointsIn(store.minutesOf(metric), range) : [];
  const points = found.flatMap((point) => {
    const value = statistic(point.aggregate);
    return value === undefined ? [] : [{ at: new Timestamp(point.startMs), value }];
  });
  if (call.ScanBy !== "TimestampAscending") points.reverse();
  return {
    Id,
    Label: Label ?? name,
    Timestamps: points.map(({ at }) => at),
    Values: points.map(({ value }) => value),
    StatusCode: "Complete",
  };
}

function unknownStatistic(id: string, stat: string): ErrorAnswer {
  return failed("ValidationError", `Query ${id}: the twin does not know the statistic ${stat}.`);
}
