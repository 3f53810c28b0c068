import { describe, expect, it } from "vitest";
import { limitMetricsOf } from "./limit-metrics.ts";

const named = (roles: Parameters<typeof limitMetricsOf>[0], apiName?: string) =>
  limitMetricsOf(roles, apiName).map(({ namespace, metric, dimensions }) => ({ namespace, metric, dimensions }));

describe("the metrics that show a stack's limits", () => {
  it("are those of the parts that the scenario has, by the names that each service gives them", () => {
    const metrics = named({
      stream: "events",
      table: "items",
      entryFunction: "arn:aws:lambda:eu-west-1:111122223333:function:ingest:live",
      loadBalancer: "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/front/50dc6c495c0c9188",
      tableActions: "dynamodb:BatchWriteItem dynamodb:UpdateItem",
    });
    expect(new Set(metrics.map(({ dimensions }) => JSON.stringify(dimensions)))).toEqual(
      new Set([
        '{"StreamName":"events"}',
        '{"FunctionName":"ingest"}',
        '{"TableName":"items"}',
        '{"TableName":"items","Operation":"BatchWriteItem"}',
        '{"TableName":"items","Operation":"UpdateItem"}',
        '{"LoadBalancer":"app/front/50dc6c495c0c9188"}',
      ]),
    );
    expect(metrics.filter(({ metric }) => metric === "IteratorAge")).toEqual([]);
  });

  it("are none where there is no part", () => {
    expect(named({})).toEqual([]);
  });

  it("of an API bear its name as CloudWatch has it, and are left out where nobody knows it", () => {
    const api = { api: "a1b2", apiStage: "live" };
    const nameOf = (apiName?: string) => new Set(named(api, apiName).map(({ dimensions }) => dimensions["ApiName"]));
    expect(nameOf("orders")).toEqual(new Set(["orders"]));
    expect(nameOf("bücher")).toEqual(new Set(["bcher"]));
    expect(nameOf("書")).toEqual(new Set(["a1b2"]));
    expect(nameOf(undefined)).toEqual(new Set());
  });

  it("read while the load runs are the ages of the iterator", () => {
    const live = limitMetricsOf({ stream: "events", consumerFunction: "processor" }, undefined).filter(
      ({ live }) => live,
    );
    expect(live.map(({ metric }) => metric)).toEqual(["GetRecords.IteratorAgeMilliseconds", "IteratorAge"]);
    expect(live.every(({ statistic }) => statistic === "Maximum")).toBe(true);
  });
});
