import { describe, expect, it } from "vitest";
import type { LogGroupSetting } from "../../../model/settings/data-setting.ts";
import { verdictsOf } from "../../testing/describe-rule.ts";
import { type AccountBuilder, ARNS, contextOf, healthyAccount, NAMES } from "../../testing/healthy-account.ts";
import { logGroupUnencrypted } from "./rule.ts";

const OTHER_KEY = "arn:aws:kms:us-east-1:123456789012:key/1b2c3d4e-0000-4000-8000-000000000000";
const judge = (account: AccountBuilder, context = contextOf("alb")) =>
  verdictsOf(logGroupUnencrypted, account, context);
const group = (name: string, change: Partial<LogGroupSetting>) =>
  healthyAccount().change("log-group", name, () => change);
const failing = (verdicts: readonly string[]) => verdicts.filter((verdict) => !verdict.startsWith("pass"));

describe("log-group.unencrypted holds", () => {
  it("for the groups of both functions and of the flow log", () => {
    expect(judge(healthyAccount())).toEqual([
      `pass log group ${NAMES.ingestLogGroup}`,
      `pass log group ${NAMES.processorLogGroup}`,
      `pass log group ${NAMES.flowLogGroup}`,
    ]);
  });

  it("for the group of the API's access log, named by a role or by the stage", () => {
    const expected = [`pass log group ${NAMES.contentLogGroup}`, `pass log group ${NAMES.accessLogGroup}`];
    expect(judge(healthyAccount(), contextOf("api"))).toEqual(expected);
    expect(judge(healthyAccount(), contextOf("api", { accessLogGroup: undefined }))).toEqual(expected);
  });

  it("for a function that logs to a group of another name", () => {
    const account = healthyAccount()
      .change("function", NAMES.ingest, () => ({ logGroup: NAMES.processorLogGroup }))
      .absent("log-group", NAMES.ingestLogGroup);
    expect(failing(judge(account))).toEqual([]);
  });

  it("with another customer-managed key than the one that the pipeline names", () => {
    const account = group(NAMES.ingestLogGroup, { keyArn: OTHER_KEY });
    expect(failing(judge(account.with({ ...account.get("key", ARNS.key), arn: OTHER_KEY })))).toEqual([]);
  });

  it("with any retention", () => {
    expect(failing(judge(group(NAMES.ingestLogGroup, { retentionDays: 1 })))).toEqual([]);
  });
});

describe("log-group.unencrypted fails", () => {
  it.each([
    ["a function's group without the key", NAMES.ingestLogGroup, { keyArn: "" }],
    ["a function's group without retention", NAMES.processorLogGroup, { retentionDays: null }],
    ["a group that Lambda made itself", NAMES.processorLogGroup, { keyArn: "", retentionDays: null }],
    ["the flow log's group without the key", NAMES.flowLogGroup, { keyArn: "" }],
  ])("for %s, and for no other", (_, name, change) => {
    expect(failing(judge(group(name, change)))).toEqual([`fail log group ${name}`]);
  });

  it("for a group with a key that does not exist", () => {
    const account = group(NAMES.ingestLogGroup, { keyArn: OTHER_KEY }).absent("key", OTHER_KEY);
    expect(failing(judge(account))).toEqual([`fail log group ${NAMES.ingestLogGroup}`]);
  });

  it("for the API's access log", () => {
    expect(failing(judge(group(NAMES.accessLogGroup, { retentionDays: null }), contextOf("api")))).toEqual([
      `fail log group ${NAMES.accessLogGroup}`,
    ]);
  });

  it("for a function's group that does not exist: its lines are lost", () => {
    const account = healthyAccount().absent("log-group", NAMES.processorLogGroup);
    expect(logGroupUnencrypted.judge(account.build(), contextOf("alb"))).toContainEqual(
      expect.objectContaining({
        verdict: "fail",
        subject: `log group ${NAMES.processorLogGroup}`,
        cuts: ["consumer-log"],
      }),
    );
  });

  it("says which service made the group", () => {
    const account = group(NAMES.ingestLogGroup, { keyArn: "", retentionDays: null });
    expect(logGroupUnencrypted.judge(account.build(), contextOf("alb"))).toContainEqual(
      expect.objectContaining({
        cause: expect.stringContaining("the service itself made"),
        remedy: expect.objectContaining({ text: expect.stringContaining("terraform import") }),
      }),
    );
  });
});

describe("log-group.unencrypted does not know", () => {
  it("whose a key is that could not be read", () => {
    const account = group(NAMES.ingestLogGroup, { keyArn: OTHER_KEY }).unread("key", OTHER_KEY, "kms:DescribeKey");
    expect(failing(judge(account))).toEqual([`unknown log group ${NAMES.ingestLogGroup}`]);
  });

  it("a group, or a function, that could not be read", () => {
    const account = healthyAccount()
      .unread("log-group", NAMES.flowLogGroup, "logs:DescribeLogGroups")
      .unread("function", NAMES.ingest, "lambda:GetFunctionConfiguration");
    expect(failing(judge(account))).toEqual([
      `unknown log group of function ${NAMES.ingest}`,
      `unknown log group ${NAMES.flowLogGroup}`,
    ]);
  });
});

describe("log-group.unencrypted leaves to others", () => {
  it("flow logs and access logs that have no group, and functions that do not exist", () => {
    const account = healthyAccount()
      .absent("log-group", NAMES.flowLogGroup)
      .absent("log-group", NAMES.accessLogGroup)
      .absent("function", NAMES.ingest);
    expect(failing(judge(account))).toEqual([]);
    expect(failing(judge(account, contextOf("api")))).toEqual([]);
  });
});
