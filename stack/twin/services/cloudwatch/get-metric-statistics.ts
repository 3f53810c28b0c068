import { z } from "zod";
import { Timestamp } from "../../model/values.ts";
import { failed, ok } from "../answer.ts";
import { type Operation, operation } from "../operation.ts";
import type { Aggregate } from "./aggregate.ts";
import { datapointsIn } from "./datapoints.ts";
import { dimensions, period, time } from "./metric-input.ts";
import type { MetricStore } from "./metric-store.ts";
import { statisticNamed } from "./statistic.ts";

const input = z.object({
  Namespace: z.string().min(1),
  MetricName: z.string().min(1),
  Dimensions: dimensions,
  StartTime: time,
  EndTime: time,
  Period: period,
  Statistics: z.array(z.string()).optional(),
  ExtendedStatistics: z.array(z.string()).optional(),
  Unit: z.string().optional(),
});

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricStatistics.html */
const MAXIMUM_DATAPOINTS = 1440;

/** Periods count from the start time's minute, and datapoints come in no promised order (here: oldest first). */
export function getMetricStatistics(store: MetricStore): Operation {
  return operation({
    input,
    access: () => [{ action: "cloudwatch:GetMetricStatistics", resourceArn: "*" }],
    run(call) {
      const names = [...(call.Statistics ?? []), ...(call.ExtendedStatistics ?? [])];
      if (names.length === 0) {
        const message = "At least one of the parameters Statistics or ExtendedStatistics must be specified.";
        return failed("MissingRequiredParameterException", message);
      }
      const unknown = names.find((name) => statisticNamed(name) === undefined);
      if (unknown !== undefined) {
        return failed("InvalidParameterValueException", `The twin does not know the statistic ${unknown}.`);
      }
      const periodMs = call.Period * 1000;
      if ((call.EndTime - call.StartTime) / periodMs > MAXIMUM_DATAPOINTS) {
        const limit = `which exceeds the limit of ${MAXIMUM_DATAPOINTS}`;
        return failed("InvalidParameterCombinationException", `You have requested too many datapoints, ${limit}.`);
      }
      const metric = { namespace: call.Namespace, name: call.MetricName, dimensions: call.Dimensions };
      const unit = store.unitOf(metric);
      const startMs = Math.floor(call.StartTime / 60_000) * 60_000;
      const range = { startMs, endMs: call.EndTime, periodMs, originMs: startMs };
      const wanted = periodMs >= 60_000 && (call.Unit === undefined || call.Unit === unit);
      const found = wanted ? datapointsIn(store.minutesOf(metric), range) : [];
      const Datapoints = found.map((point) => ({
        Timestamp: new Timestamp(point.startMs),
        ...values(call.Statistics ?? [], point.aggregate),
        ...(call.ExtendedStatistics !== undefined && {
          ExtendedStatistics: values(call.ExtendedStatistics, point.aggregate),
        }),
        Unit: unit,
      }));
      return ok({ Label: call.MetricName, Datapoints });
    },
  });
}

function values(names: readonly string[], aggregate: Aggregate): Record<string, number | undefined> {
  return Object.fromEntries(names.map((name) => [name, statisticNamed(name)?.(aggregate)]));
}
