import { describe, expect, it } from "vitest";
import { BudgetSpent, createCallBudget } from "./call-budget.ts";

const priceOf = (call: string) => (call.startsWith("cloudwatch:") ? 0.3 : 0);

describe("the budget of a canary's calls", () => {
  it("counts what it lets through by operation", () => {
    const budget = createCallBudget(1, priceOf);
    for (let call = 0; call < 3; call += 1) budget.beforeCall("dynamodb", "BatchGetItem");
    budget.beforeCall("cloudwatch", "GetMetricData");
    expect(budget.counts()).toEqual({ "dynamodb:BatchGetItem": 3, "cloudwatch:GetMetricData": 1 });
  });

  it("refuses the call that would be one too many, and does not count it", () => {
    const budget = createCallBudget(1, priceOf);
    for (let call = 0; call < 3; call += 1) budget.beforeCall("cloudwatch", "GetMetricData");
    expect(() => budget.beforeCall("cloudwatch", "GetMetricData")).toThrow(BudgetSpent);
    expect(budget.counts()).toEqual({ "cloudwatch:GetMetricData": 3 });
  });

  it("lets calls that cost nothing through at any time", () => {
    const budget = createCallBudget(0.3, priceOf);
    budget.beforeCall("cloudwatch", "GetMetricData");
    expect(() => budget.beforeCall("lambda", "GET")).not.toThrow();
  });
});
