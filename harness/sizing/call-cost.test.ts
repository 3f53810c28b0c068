import { describe, expect, it } from "vitest";
import { costOfCalls, priceOfCall } from "./call-cost.ts";

describe("the price of a call", () => {
  it.each([
    ["a look at a metric", "cloudwatch:GetMetricStatistics", 0.01 / 1_000],
    ["a query of metrics", "cloudwatch:GetMetricData", 0.01 / 1_000],
    ["a listing of a bucket", "s3:LIST", 0.005 / 1_000],
    ["any other read of a bucket", "s3:GET", 0.0004 / 1_000],
    ["any question to KMS", "kms:DescribeKey", 0.03 / 10_000],
    ["a description of a function, which is free", "lambda:GET", 0],
    ["a search in a log, which is free", "logs:FilterLogEvents", 0],
  ])("is that of AWS' own pages for %s", (_what, call, usd) => {
    expect(priceOfCall(call)).toBe(usd);
  });

  it("is multiplied by how often the call was made, most called first", () => {
    expect(costOfCalls({ "s3:PUT": 2, "lambda:GET": 12, "kms:ListGrants": 2 })).toEqual([
      { operation: "lambda:GET", count: 12, usd: 0 },
      { operation: "kms:ListGrants", count: 2, usd: 2 * (0.03 / 10_000) },
      { operation: "s3:PUT", count: 2, usd: 2 * (0.005 / 1_000) },
    ]);
  });
});
