import { describe, expect, it } from "vitest";
import { onlyResult } from "../../testing/describe-rule.ts";
import { contextOf, healthyAccount, NAMES } from "../../testing/healthy-account.ts";
import { tableNoRecovery } from "./rule.ts";

describe("table.no-recovery", () => {
  it.each([
    ["alb", NAMES.eventsTable],
    ["api", NAMES.contentTable],
    ["upload", NAMES.contentTable],
  ] as const)("holds and fails for the table of pipeline %s", (pipeline, table) => {
    const context = contextOf(pipeline);
    expect(onlyResult(tableNoRecovery, healthyAccount(), context)).toMatchObject({ verdict: "pass" });
    const broken = healthyAccount().change("table", table, () => ({ pointInTimeRecovery: false }));
    expect(onlyResult(tableNoRecovery, broken, context)).toMatchObject({
      verdict: "fail",
      subject: `table ${table}`,
      remedy: {
        terraform: { hcl: expect.stringContaining("point_in_time_recovery {\n  enabled = true\n}") },
      },
      cuts: [],
    });
  });

  it("finds a table that the pipeline names by its ARN", () => {
    const context = contextOf("alb", { table: `arn:aws:dynamodb:us-east-1:123456789012:table/${NAMES.eventsTable}` });
    expect(onlyResult(tableNoRecovery, healthyAccount(), context)).toMatchObject({ verdict: "pass" });
  });

  it("does not know of a table that is not there, or was not read", () => {
    const context = contextOf("alb");
    const absent = healthyAccount().absent("table", NAMES.eventsTable);
    const unread = healthyAccount().unread("table", NAMES.eventsTable, "dynamodb:DescribeContinuousBackups");
    expect(onlyResult(tableNoRecovery, absent, context)).toMatchObject({ verdict: "unknown" });
    expect(onlyResult(tableNoRecovery, unread, context)).toMatchObject({
      verdict: "unknown",
      remedy: expect.stringContaining("dynamodb:DescribeContinuousBackups"),
    });
  });
});
