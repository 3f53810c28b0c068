import { describe, expect, it } from "vitest";
import type { BucketSetting } from "../../../model/settings/data-setting.ts";
import { onlyResult } from "../../testing/describe-rule.ts";
import {
  type AccountBuilder,
  ARNS,
  contextOf,
  healthyAccount,
  healthyAccountWithState,
  NAMES,
} from "../../testing/healthy-account.ts";
import { bucketNotificationOverwritten } from "./rule.ts";

const judge = (account: AccountBuilder) => onlyResult(bucketNotificationOverwritten, account, contextOf("upload"));

type NotificationRule = BucketSetting["functionNotifications"][number];
const EVERY_UPLOAD: NotificationRule = {
  id: "a",
  functionArn: ARNS.content,
  events: ["s3:ObjectCreated:*"],
  prefix: "",
  suffix: "",
};
const THUMBNAILS: NotificationRule = {
  ...EVERY_UPLOAD,
  id: "b",
  functionArn: ARNS.ingest,
  prefix: "images/",
  suffix: ".png",
};

function inAccount(account: AccountBuilder, ...functionNotifications: readonly NotificationRule[]): AccountBuilder {
  return account.change("bucket", NAMES.contentBucket, () => ({ functionNotifications }));
}

/** One resource for each list of rules. */
function inState(...resources: readonly (readonly NotificationRule[])[]): AccountBuilder {
  return healthyAccountWithState().change("state-notifications", "terraform", () => ({
    notifications: resources.map((functionRules, index) => ({
      address: `aws_s3_bucket_notification.n${index}`,
      bucket: NAMES.contentBucket,
      functionRules,
    })),
  }));
}

describe("bucket.notification-overwritten holds", () => {
  it.each([
    ["as the reference stack is", healthyAccountWithState()],
    [
      "where one rule in the account does what several in the state do",
      inAccount(healthyAccountWithState(), EVERY_UPLOAD),
    ],
    [
      "where several rules in the account do what one in the state does",
      inAccount(
        inState([EVERY_UPLOAD]),
        ...["Put", "Post", "Copy", "CompleteMultipartUpload"].map((how) => ({
          ...EVERY_UPLOAD,
          events: [`s3:ObjectCreated:${how}`],
        })),
      ),
    ],
    [
      "with rules of other names",
      inAccount(inState([EVERY_UPLOAD, THUMBNAILS]), THUMBNAILS, { ...EVERY_UPLOAD, id: "tf-s3-1" }),
    ],
    [
      "where the account's filter is wider",
      inAccount(inState([THUMBNAILS, EVERY_UPLOAD]), EVERY_UPLOAD, { ...THUMBNAILS, prefix: "im", suffix: "" }),
    ],
    ["with rules that Terraform does not know", inAccount(healthyAccountWithState(), EVERY_UPLOAD, THUMBNAILS)],
    [
      "where another bucket lost a rule",
      healthyAccountWithState().change("state-notifications", "terraform", ({ notifications }) => ({
        notifications: [...notifications, { address: "x", bucket: "another", functionRules: [THUMBNAILS] }],
      })),
    ],
  ])("%s", (_, account) => {
    expect(judge(account)).toMatchObject({ verdict: "pass" });
  });
});

describe("bucket.notification-overwritten fails", () => {
  it("where two resources name the bucket and the later wiped the earlier", () => {
    expect(judge(inAccount(inState([EVERY_UPLOAD], [THUMBNAILS]), THUMBNAILS))).toMatchObject({
      verdict: "fail",
      evidence: [
        expect.stringContaining("expected by aws_s3_bucket_notification.n0"),
        expect.stringContaining("in the account: b"),
      ],
      cause: expect.stringContaining("2 notification resources"),
      remedy: {
        text: expect.stringContaining(
          "move the blocks of aws_s3_bucket_notification.n1 into aws_s3_bucket_notification.n0",
        ),
      },
      cuts: ["bucket-function"],
    });
  });

  it("where a rule is lost that is not the entry's: events of the pipeline pass all the same", () => {
    expect(judge(inAccount(inState([EVERY_UPLOAD], [THUMBNAILS]), EVERY_UPLOAD))).toMatchObject({
      verdict: "fail",
      cuts: [],
    });
  });

  it.each([
    ["where something else replaced them", inAccount(healthyAccountWithState(), THUMBNAILS)],
    ["where none is left", inAccount(healthyAccountWithState())],
    [
      "where the rule for large uploads is lost",
      inAccount(healthyAccountWithState(), {
        ...EVERY_UPLOAD,
        events: ["s3:ObjectCreated:Put", "s3:ObjectCreated:Post", "s3:ObjectCreated:Copy"],
      }),
    ],
    ["where a filter became narrower", inAccount(healthyAccountWithState(), { ...EVERY_UPLOAD, prefix: "in/" })],
  ])("%s", (_, account) => {
    expect(judge(account)).toMatchObject({ verdict: "fail" });
  });

  it.each([
    ["no rule at all", inAccount(healthyAccount())],
    ["rules for other functions alone", inAccount(healthyAccount(), { ...EVERY_UPLOAD, functionArn: ARNS.ingest })],
    ["rules for deletions alone", inAccount(healthyAccount(), { ...EVERY_UPLOAD, events: ["s3:ObjectRemoved:*"] })],
  ])("without any state where the bucket has %s", (_, account) => {
    expect(judge(account)).toMatchObject({ verdict: "fail", cuts: ["bucket-function"] });
  });
});

describe("bucket.notification-overwritten does not know", () => {
  it("with outputs alone, and says what to give", () => {
    expect(judge(healthyAccount())).toMatchObject({
      verdict: "off",
      evidence: [expect.stringContaining("objects-put-whole"), expect.stringContaining("objects-put-in-parts")],
      remedy: expect.stringContaining("terraform show -json"),
    });
  });

  it("a bucket that could not be read", () => {
    const account = healthyAccountWithState().unread("bucket", NAMES.contentBucket, "s3:GetBucketNotification");
    expect(judge(account)).toMatchObject({
      verdict: "unknown",
      remedy: expect.stringContaining("s3:GetBucketNotification"),
    });
  });
});
