import { expect, it } from "vitest";
import { asItIs, permission } from "../../testing/change.ts";
import { describeRule } from "../../testing/describe-rule.ts";
import { ACCOUNT_ID, ARNS, contextOf, healthyAccount, NAMES } from "../../testing/healthy-account.ts";
import type { StatementJson } from "../../testing/policy-of.ts";
import { bucketNotificationNotPermitted } from "./rule.ts";

const SID = "AllowInvokeFromContentBucket";
const from = (condition: StatementJson["Condition"], over: Partial<StatementJson> = {}) => ({
  change: permission(NAMES.content, SID, {
    Sid: "Other",
    Effect: "Allow",
    Principal: { Service: "s3.amazonaws.com" },
    Action: "lambda:InvokeFunction",
    Resource: ARNS.content,
    ...(condition === undefined ? {} : { Condition: condition }),
    ...over,
  }),
});
const arn = (value: string) => ({ ArnLike: { "AWS:SourceArn": value } });

describeRule(bucketNotificationNotPermitted, {
  pipeline: "upload",
  healthy: {
    "the reference stack": { change: asItIs },
    "the bucket's ARN alone": from(arn(ARNS.contentBucket)),
    "the account alone": from({ StringEquals: { "AWS:SourceAccount": ACCOUNT_ID } }),
    "buckets by a wildcard": from(arn("arn:aws:s3:::stackproof-*")),
    "no condition": from(undefined),
    "everyone, from this account": from({ StringEquals: { "AWS:SourceAccount": ACCOUNT_ID } }, { Principal: "*" }),
  },
  broken: {
    "no permission": { change: permission(NAMES.content, SID, undefined), cause: /drops every event/ },
    "another bucket": {
      ...from(arn("arn:aws:s3:::others")),
      cause: /asks for ArnLike AWS:SourceArn = arn:aws:s3:::others/,
    },
    "another account": { ...from({ StringEquals: { "AWS:SourceAccount": "999988887777" } }), cause: /999988887777/ },
    "the bucket's objects": { ...from(arn(`${ARNS.contentBucket}/*`)), cause: /asks for ArnLike/ },
    "another service": {
      ...from(arn(ARNS.contentBucket), { Principal: { Service: "sns.amazonaws.com" } }),
      cause: /is for sns/,
    },
    "another function": { ...from(arn(ARNS.contentBucket), { Resource: ARNS.ingest }), cause: /is about .*ingest/ },
    "a deny": {
      change: permission(NAMES.content, "none", {
        Sid: "No",
        Effect: "Deny",
        Principal: { Service: "s3.amazonaws.com" },
        Action: "lambda:*",
        Resource: "*",
      }),
      cause: /statement No .*denies it/,
    },
  },
  unknown: {
    "a policy that may not be read": {
      change: (a) => a.unread("function-policy", NAMES.content, "lambda:GetPolicy"),
      remedy: /lambda:GetPolicy/,
    },
  },
});

it("says nothing of a bucket that is not the entry", () => {
  const account = healthyAccount().absent("function-policy", NAMES.content).build();
  const context = contextOf("api", { bucket: NAMES.contentBucket });
  expect(bucketNotificationNotPermitted.judge(account, context)).toEqual([]);
});
