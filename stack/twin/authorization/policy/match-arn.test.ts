import { describe, expect, it } from "vitest";
import { fitsArn } from "./match-arn.ts";
import { patternOf } from "./wildcard.ts";

const group = "arn:aws:logs:eu-west-1:1:log-group:/aws/lambda/x:log-stream:y";

describe("an ARN pattern", () => {
  it.each([
    ["*", "arn:aws:s3:::bucket/key"],
    ["arn:aws:s3:::bucket/*", "arn:aws:s3:::bucket/a/b:c"],
    ["arn:aws:s3:::*", "arn:aws:s3:::bucket"],
    ["arn:aws:logs:*:*:*", group],
    ["arn:*:logs:*:1:log-group:/aws/lambda/*", group],
    ["arn:aws:logs:eu-west-?:1:log-group:/aws/lambda/x:*", group],
    ["arn:aws:logs", group],
    ["arn:aws:dynamodb:eu-west-1:1:table/x", "arn:aws:dynamodb:eu-west-1:1:table/x"],
  ])("%s fits %s", (pattern, arn) => {
    expect(fitsArn(patternOf(pattern), arn)).toBe(true);
  });

  it.each([
    ["arn:aws:s3:::bucket/*", "arn:aws:s3:::bucket"],
    ["arn:aws:s3:::bucket", "arn:aws:s3:::bucket/key"],
    ["arn:aws:logs:*:log-group:/aws/lambda/x:log-stream:y", group],
    ["arn:aws:*:table/x", "arn:aws:dynamodb:eu-west-1:1:table/x"],
    ["arn:aws:dynamodb:eu-west-1:1:Table/x", "arn:aws:dynamodb:eu-west-1:1:table/x"],
    ["arn:aws:dynamodb::1:table/x", "arn:aws:dynamodb:eu-west-1:1:table/x"],
    ["", "arn:aws:s3:::bucket"],
    ["arn:*:*:*:*:*", "arn:aws"],
    ["arn:aws:s3:::bucket", "*"],
  ])("%s does not fit %s", (pattern, arn) => {
    expect(fitsArn(patternOf(pattern), arn)).toBe(false);
  });

  it("is answered at once, however many wildcards its author wrote", () => {
    const pattern = patternOf(`arn:aws:s3:::${"a*".repeat(200)}b`);
    expect(fitsArn(pattern, `arn:aws:s3:::${"a".repeat(5000)}`)).toBe(false);
  });
});
