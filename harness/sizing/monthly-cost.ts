import type { Consumption } from "../model/load-consumption.ts";
import type { Recommendation } from "../model/load-report.ts";
import type { StackSize } from "../model/stack-size.ts";
import { HOURS_PER_MONTH, PRICES, PRICES_AS_OF, PRICES_REGION, SECONDS_PER_MONTH } from "./prices.ts";
import { type CostLine, trafficCost } from "./traffic-cost.ts";

/** What a pipeline costs in a month of 730 hours at one rate, as it is and as recommended. */
export function monthlyCost(
  before: StackSize,
  after: StackSize,
  use: Consumption,
  eventsPerSecond: number,
): Recommendation["monthlyCost"] {
  const events = eventsPerSecond * SECONDS_PER_MONTH;
  const traffic = [before, after].map((size) => trafficCost(size, use, events, SECONDS_PER_MONTH));
  const [linesBefore = [], linesAfter = []] = [before, after].map((size, index) => [
    ...standingCost(size),
    ...(traffic[index]?.lines ?? []),
  ]);
  const items = [...new Set([...linesBefore, ...linesAfter].map(({ item }) => item))];
  const lines = items.map((item) => ({ item, beforeUsd: usdOf(linesBefore, item), afterUsd: usdOf(linesAfter, item) }));
  return {
    beforeUsd: cents(lines.reduce((sum, { beforeUsd }) => sum + beforeUsd, 0)),
    afterUsd: cents(lines.reduce((sum, { afterUsd }) => sum + afterUsd, 0)),
    pricesAsOf: PRICES_AS_OF,
    lines,
    assumptions: assumptionsOf(after, eventsPerSecond, traffic[1]?.missing ?? []),
  };
}

/** What is paid whether events come or not. */
function standingCost({ loadBalancer, stream, table }: StackSize): CostLine[] {
  const lines: CostLine[] = [];
  const add = (item: string, perHour: number): void => {
    lines.push({ item, usd: perHour * HOURS_PER_MONTH });
  };
  if (loadBalancer !== null) add("load balancer: hours", PRICES.loadBalancerHour.usd);
  if (stream !== null && !stream.isOnDemand) add("stream: shards", stream.openShards * PRICES.shardHour.usd);
  if (stream?.isOnDemand === true) add("stream: hours", PRICES.onDemandStreamHour.usd);
  if (table !== null && !table.isOnDemand) {
    add("table: write capacity", table.writeCapacity * PRICES.writeUnitHour.usd);
    add("table: read capacity", table.readCapacity * PRICES.readUnitHour.usd);
  }
  return lines;
}

function assumptionsOf({ region, table }: StackSize, eventsPerSecond: number, missing: readonly string[]): string[] {
  return [
    `Both columns price ${eventsPerSecond} events/s for all ${HOURS_PER_MONTH} hours of a month, though the stack before the change does not carry it: they differ by the sizes alone.`,
    `List prices of ${PRICES_REGION} as of ${PRICES_AS_OF}, without free tiers and discounts${region === PRICES_REGION ? "" : `; the stack is in ${region}, whose prices differ`}.`,
    ...(table !== null && !table.isOnDemand
      ? ["The table is priced at the capacity that is always there (min); what autoscaling adds above it costs more."]
      : []),
    "Left out: stored data, point-in-time recovery, data transfer, NAT gateways, keys, flow and access logs, alarms. Functions are priced with four log lines an invocation.",
    ...(missing.length === 0 ? [] : [`Not measured, and so left out: ${missing.join(", ")}.`]),
  ];
}

function usdOf(lines: readonly CostLine[], item: string): number {
  return cents(lines.filter((line) => line.item === item).reduce((sum, { usd }) => sum + usd, 0));
}

function cents(usd: number): number {
  return Math.round(usd * 100) / 100;
}
