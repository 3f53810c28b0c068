import { describe, expect, it } from "vitest";
import { notKnown } from "../../checks/not-known.ts";
import type { Fact } from "../fact.ts";
import type { ReadError } from "../read-error.ts";
import { type Account, accountOf } from "./account.ts";

const PLACE = { partition: "aws", accountId: "123456789012", region: "eu-central-1" };
const error = (operation: string, code = "AccessDeniedException"): ReadError => ({
  code,
  message: `not authorized to perform ${operation}`,
  operation,
});
const unread = (kind: "table" | "scaling", subject: string, of: ReadError): Fact => ({
  fact: "setting-unread",
  atMs: 1,
  kind,
  subject,
  error: of,
});
const flowLogs: Fact = {
  fact: "setting",
  atMs: 1,
  subject: "vpc-1",
  setting: { kind: "flow-logs", vpcId: "vpc-1", flowLogs: [] },
};

/** What the account says whatever the order of its facts. */
function lookBothWays<T>(facts: readonly Fact[], look: (account: Account) => T): T {
  const looked = look(accountOf(facts, PLACE));
  expect(look(accountOf(facts.toReversed(), PLACE))).toEqual(looked);
  return looked;
}

describe("the account of a journal", () => {
  const backups = error("dynamodb:DescribeContinuousBackups");
  const table = error("dynamodb:DescribeTable", "ThrottlingException");
  const scaling = error("application-autoscaling:DescribeScalableTargets");

  it("keeps two kinds of one subject apart", () => {
    const facts = [unread("table", "events", table), unread("scaling", "events", scaling)];
    expect(lookBothWays(facts, (account) => account.look("table", "events"))).toEqual({ kind: "unread", error: table });
    expect(lookBothWays(facts, (account) => account.look("scaling", "events"))).toEqual({
      kind: "unread",
      error: scaling,
    });
    const absent: Fact = { fact: "setting-absent", atMs: 1, kind: "vpc", subject: "vpc-1" };
    expect(lookBothWays([flowLogs, absent], (account) => account.look("flow-logs", "vpc-1")).kind).toBe("read");
    expect(lookBothWays([flowLogs, absent], (account) => account.look("vpc", "vpc-1")).kind).toBe("absent");
  });

  it("keeps every call that failed, so that all missing permissions are told at once", () => {
    const facts = [unread("table", "events", table), unread("table", "events", backups)];
    const looked = lookBothWays(facts, (account) => account.look("table", "events"));
    expect(looked).toEqual({ kind: "unread", error: backups, more: [table] });
    if (looked.kind === "read") throw new Error("it was not read");
    expect(notKnown("table events", looked)).toMatchObject({
      statement:
        "Table events could not be read: AccessDeniedException at dynamodb:DescribeContinuousBackups, ThrottlingException at dynamodb:DescribeTable.",
      evidence: [expect.stringContaining("DescribeContinuousBackups"), expect.stringContaining("DescribeTable")],
      remedy:
        "Allow dynamodb:DescribeContinuousBackups to the role that stackproof runs with. Mend what dynamodb:DescribeTable answers, and run again.",
    });
  });

  it("finds a setting by every name of the resource, and not by one of another account", () => {
    const facts: Fact[] = [unread("table", "events", table)];
    const arn = (accountId: string) => `arn:aws:dynamodb:eu-central-1:${accountId}:table/events`;
    expect(lookBothWays(facts, (account) => account.look("table", arn("123456789012")).kind)).toBe("unread");
    expect(lookBothWays(facts, (account) => account.look("table", arn("999999999999")).kind)).toBe("not-asked");
    expect(lookBothWays([flowLogs], (account) => account.find("flow-logs", "vpc-1"))).toMatchObject({ vpcId: "vpc-1" });
    expect(lookBothWays([flowLogs], (account) => account.find("flow-logs", undefined))).toBeUndefined();
  });

  it("takes for read what was read, and for not asked what no fact is about", () => {
    const facts: Fact[] = [
      flowLogs,
      { fact: "setting-unread", atMs: 1, kind: "flow-logs", subject: "vpc-1", error: error("ec2:DescribeFlowLogs") },
    ];
    expect(lookBothWays(facts, (account) => account.look("flow-logs", "vpc-1").kind)).toBe("read");
    expect(lookBothWays(facts, (account) => account.look("flow-logs", "vpc-2").kind)).toBe("not-asked");
    expect(lookBothWays(facts, (account) => account.all("flow-logs"))).toHaveLength(1);
  });
});
