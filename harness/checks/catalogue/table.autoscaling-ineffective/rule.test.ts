import { describe, expect, it } from "vitest";
import type { ScalingSetting } from "../../../model/settings/data-setting.ts";
import { onlyResult } from "../../testing/describe-rule.ts";
import { type AccountBuilder, contextOf, healthyAccount, NAMES } from "../../testing/healthy-account.ts";
import { tableAutoscalingIneffective } from "./rule.ts";

const judge = (account: AccountBuilder, pipeline: "alb" | "api" = "alb") =>
  onlyResult(tableAutoscalingIneffective, account, contextOf(pipeline));

function scaling(change: (setting: ScalingSetting) => Partial<ScalingSetting>): AccountBuilder {
  return healthyAccount().change("scaling", NAMES.eventsTable, change);
}

const onDemand = (account: AccountBuilder) =>
  account.change("table", NAMES.eventsTable, () => ({ billingMode: "PAY_PER_REQUEST" as const }));

describe("table.autoscaling-ineffective holds", () => {
  it("for a provisioned table with targets and policies", () => {
    expect(judge(healthyAccount())).toMatchObject({ verdict: "pass" });
  });

  it("for a table on demand without any", () => {
    expect(judge(healthyAccount(), "api")).toMatchObject({ verdict: "pass" });
    expect(judge(onDemand(scaling(() => ({ targets: [], policies: [] }))))).toMatchObject({ verdict: "pass" });
    expect(judge(onDemand(healthyAccount().absent("scaling", NAMES.eventsTable)))).toMatchObject({ verdict: "pass" });
  });

  it("for a table on demand whose scaling could not be read, and says so", () => {
    const denied = healthyAccount().unread(
      "scaling",
      NAMES.eventsTable,
      "application-autoscaling:DescribeScalableTargets",
    );
    expect(judge(onDemand(denied))).toMatchObject({
      verdict: "pass",
      evidence: ["billing mode PAY_PER_REQUEST", expect.stringContaining("could not be read")],
    });
    expect(judge(onDemand(healthyAccount().notAsked("scaling", NAMES.eventsTable)))).toMatchObject({ verdict: "pass" });
  });

  it.each([
    [
      "with a metric of one's own",
      scaling(({ policies }) => ({ policies: policies.map((one) => ({ ...one, metric: "MyUtilization" })) })),
    ],
    [
      "with targets of an index beside",
      scaling(({ targets }) => ({
        targets: [
          ...targets,
          { dimension: "dynamodb:index:ReadCapacityUnits", minimum: 1, maximum: 2, suspended: false },
        ],
      })),
    ],
  ])("%s", (_, account) => {
    expect(judge(account)).toMatchObject({ verdict: "pass" });
  });
});

describe("table.autoscaling-ineffective fails", () => {
  it.each([
    [
      "on demand with targets",
      onDemand(healthyAccount()),
      "Application Auto Scaling works on provisioned capacity only",
    ],
    [
      "on demand with policies alone",
      onDemand(scaling(() => ({ targets: [] }))),
      "0 scaling targets and 2 policies never act",
    ],
    [
      "provisioned without anything",
      scaling(() => ({ targets: [], policies: [] })),
      "read capacity has no scaling target; write capacity has no scaling target",
    ],
    [
      "provisioned where nothing was ever registered",
      healthyAccount().absent("scaling", NAMES.eventsTable),
      "read capacity has no scaling target",
    ],
    [
      "provisioned without policies",
      scaling(() => ({ policies: [] })),
      "read capacity has a scaling target and no policy",
    ],
    [
      "with reads alone",
      scaling(({ targets }) => ({ targets: targets.slice(0, 1) })),
      "write capacity has no scaling target",
    ],
    [
      "with a policy for reads alone",
      scaling(({ policies }) => ({ policies: policies.slice(0, 1) })),
      "write capacity has a scaling target and no policy",
    ],
    [
      "suspended",
      scaling(({ targets }) => ({ targets: targets.map((target) => ({ ...target, suspended: true })) })),
      "scaling of read capacity is suspended",
    ],
    [
      "with the metric of the other dimension",
      scaling(({ policies }) => ({
        policies: policies.map((one) => ({ ...one, metric: "DynamoDBReadCapacityUtilization" })),
      })),
      "the policy of write capacity follows DynamoDBReadCapacityUtilization",
    ],
  ])("%s", (_, account, cause) => {
    expect(judge(account)).toMatchObject({
      verdict: "fail",
      cause: expect.stringContaining(cause),
      remedy: { text: expect.stringContaining(NAMES.eventsTable) },
      cuts: [],
    });
  });
});

describe("table.autoscaling-ineffective does not know", () => {
  it.each([
    [
      "without the table",
      healthyAccount().unread("table", NAMES.eventsTable, "dynamodb:DescribeTable"),
      "dynamodb:DescribeTable",
    ],
    [
      "without the scaling",
      healthyAccount().unread("scaling", NAMES.eventsTable, "application-autoscaling:DescribeScalableTargets"),
      "application-autoscaling:DescribeScalableTargets",
    ],
  ])("%s, and names the permission", (_, account, permission) => {
    expect(judge(account)).toMatchObject({ verdict: "unknown", remedy: expect.stringContaining(permission) });
  });
});
