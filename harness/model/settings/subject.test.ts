import { describe, expect, it } from "vitest";
import { partitionOf } from "./place.ts";
import type { SettingKind } from "./setting.ts";
import { objectSubject, splitSubject, stageSubject, subjectOf } from "./subject.ts";

const PLACE = { partition: "aws", accountId: "123456789012", region: "eu-central-1" };
const regional = (service: string, resource: string) => `arn:aws:${service}:eu-central-1:123456789012:${resource}`;

describe("the subject of a setting", () => {
  it.each<readonly [SettingKind, string, string]>([
    ["function", regional("lambda", "function:ingest"), "ingest"],
    ["function-policy", regional("lambda", "function:ingest:live"), "ingest"],
    ["event-source-mappings", "ingest", "ingest"],
    ["stream", regional("kinesis", "stream/events"), "events"],
    ["stream", regional("kinesis", "stream/events/consumer/c:1"), "events"],
    ["table", regional("dynamodb", "table/items/stream/2026-11-22T00:00:00.000"), "items"],
    ["scaling", regional("dynamodb", "table/items"), "items"],
    ["log-group", regional("logs", "log-group:/aws/lambda/ingest:*"), "/aws/lambda/ingest"],
    ["bucket", "arn:aws:s3:::logs/prefix/", "logs"],
    ["bucket", "arn:aws-cn:s3:::logs", "logs"],
    ["key", "1234abcd", regional("kms", "key/1234abcd")],
    ["key", regional("kms", "key/1234abcd"), regional("kms", "key/1234abcd")],
    ["key", "alias/stack", "alias/stack"],
    ["role", "arn:aws:iam::123456789012:role/path/ingest", "arn:aws:iam::123456789012:role/path/ingest"],
    ["vpc", "vpc-1", "vpc-1"],
  ])("%s: %s is %s", (kind, reference, subject) => {
    expect(subjectOf(kind, reference, PLACE)).toBe(subject);
    expect(subjectOf(kind, subject, PLACE)).toBe(subject);
  });

  it.each<readonly [SettingKind, string]>([
    ["function", "arn:aws:lambda:eu-central-1:999999999999:function:ingest"],
    ["function", "arn:aws:lambda:us-east-1:123456789012:function:ingest"],
    ["stream", "arn:aws:kinesis:eu-central-1:999999999999:stream/events"],
  ])("of another account or region stays whole: %s %s", (kind, reference) => {
    expect(subjectOf(kind, reference, PLACE)).toBe(reference);
  });

  it("of two parts can be taken apart again, slashes in the second included", () => {
    expect(splitSubject(stageSubject("a1b2c3", "live"))).toEqual(["a1b2c3", "live"]);
    expect(splitSubject(objectSubject("content", "proof/i-1.txt"))).toEqual(["content", "proof/i-1.txt"]);
  });
});

describe("the partition of a region", () => {
  it.each([
    ["eu-central-1", "aws"],
    ["cn-north-1", "aws-cn"],
    ["us-gov-west-1", "aws-us-gov"],
  ])("%s: %s", (region, partition) => expect(partitionOf(region)).toBe(partition));
});
