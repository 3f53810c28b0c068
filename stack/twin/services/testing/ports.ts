import { allowEveryKey, allowEverything } from "../../authorization/testing/allow-everything.ts";
import { ManualClock } from "../../clock/testing/manual-clock.ts";
import { noFaults } from "../../faults/no-faults.ts";
import { noLimits } from "../../limits/testing/no-limits.ts";
import type { Authorizer, FaultPlan, KeyUses, MetricSink } from "../../model/ports.ts";
import type { ServiceLimits } from "../../model/service-limits.ts";

export type Sample = Parameters<MetricSink["add"]>[0];

export const home = { accountId: "111122223333", region: "eu-west-1", partition: "aws" };

/** The ports of a service under test: a clock that stands still, and a list of the metrics that were reported. */
export function testPorts(
  given: {
    authorizer?: Authorizer;
    keys?: KeyUses;
    faults?: FaultPlan;
    limits?: ServiceLimits;
    clock?: ManualClock;
  } = {},
) {
  const samples: Sample[] = [];
  const metrics: MetricSink = { add: (sample) => samples.push(sample) };
  const sum = (name: string) =>
    samples.filter((sample) => sample.name === name).reduce((total, { value }) => total + value, 0);
  return {
    home,
    clock: given.clock ?? new ManualClock(),
    authorizer: given.authorizer ?? allowEverything,
    keys: given.keys ?? allowEveryKey,
    faults: given.faults ?? noFaults,
    limits: given.limits ?? noLimits,
    metrics,
    samples,
    /** The sum of all samples of a metric, whatever its dimensions. */
    sum,
  };
}
