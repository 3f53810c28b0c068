import { describe, expect, it } from "vitest";
import { verdictsOf } from "../../testing/describe-rule.ts";
import {
  type AccountBuilder,
  contextOf,
  healthyAccount,
  healthyAccountWithState,
  NAMES,
} from "../../testing/healthy-account.ts";
import { bucketBlocksDestroy } from "./rule.ts";

function without(name: string): AccountBuilder {
  return healthyAccountWithState().change("state-buckets", "terraform", ({ buckets }) => ({
    buckets: buckets.map((bucket) => (bucket.name === name ? { ...bucket, forceDestroy: false } : bucket)),
  }));
}

describe("bucket.blocks-destroy", () => {
  it.each([
    ["upload", NAMES.contentBucket, NAMES.logsBucket],
    ["alb", NAMES.logsBucket, NAMES.contentBucket],
  ] as const)("judges the bucket of pipeline %s, and no other", (pipeline, own, other) => {
    const context = contextOf(pipeline);
    expect(verdictsOf(bucketBlocksDestroy, healthyAccountWithState(), context)).toEqual([`pass bucket ${own}`]);
    expect(verdictsOf(bucketBlocksDestroy, without(own), context)).toEqual([`fail bucket ${own}`]);
    expect(verdictsOf(bucketBlocksDestroy, without(other), context)).toEqual([`pass bucket ${own}`]);
  });

  it("judges both where one pipeline has both", () => {
    const context = contextOf("upload", { logsBucket: NAMES.logsBucket });
    expect(verdictsOf(bucketBlocksDestroy, without(NAMES.logsBucket), context)).toEqual([
      `pass bucket ${NAMES.contentBucket}`,
      `fail bucket ${NAMES.logsBucket}`,
    ]);
  });

  it("names the resource to change", () => {
    expect(bucketBlocksDestroy.judge(without(NAMES.contentBucket).build(), contextOf("upload"))[0]).toMatchObject({
      cause: expect.stringContaining("BucketNotEmpty"),
      remedy: { terraform: { address: "aws_s3_bucket.content", hcl: "force_destroy = true" } },
      cuts: [],
    });
  });

  it("passes a bucket that another configuration made", () => {
    const account = healthyAccountWithState().change("state-buckets", "terraform", () => ({ buckets: [] }));
    expect(verdictsOf(bucketBlocksDestroy, account, contextOf("upload"))).toEqual([
      `pass bucket ${NAMES.contentBucket}`,
    ]);
  });

  it("is off with outputs alone, and says what to give", () => {
    expect(bucketBlocksDestroy.judge(healthyAccount().build(), contextOf("upload"))[0]).toMatchObject({
      verdict: "off",
      remedy: expect.stringContaining("--deployment with the Terraform folder"),
    });
  });

  it("says nothing of a pipeline without buckets", () => {
    expect(verdictsOf(bucketBlocksDestroy, healthyAccount(), contextOf("api"))).toEqual([]);
  });
});
