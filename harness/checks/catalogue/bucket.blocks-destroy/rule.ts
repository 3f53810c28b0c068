import { STATE_SUBJECT } from "../../../model/settings/state-setting.ts";
import { subjectOf } from "../../../model/settings/subject.ts";
import { GIVE_STATE, notKnownFromTerraform } from "../../not-known.ts";
import type { Rule, RuleContext, RuleResult } from "../../rule.ts";

/** A bucket that holds anything, old versions and delete markers included, is not deleted unless Terraform empties it first. */
export const bucketBlocksDestroy: Rule = {
  code: "bucket.blocks-destroy",
  title: "terraform destroy can delete the buckets",
  breaks: "A bucket without force_destroy: terraform destroy stops with BucketNotEmpty, and CI leaves stacks behind.",
  reads: ["state-buckets"],
  needs: [],
  remedy: "Set force_destroy = true on the aws_s3_bucket, and apply before the destroy.",

  judge(account, context) {
    const looked = account.look("state-buckets", STATE_SUBJECT);
    return namesOf(context).map((name) => {
      const subject = `bucket ${name}`;
      if (looked.kind !== "read")
        return notKnownFromTerraform(subject, `whether ${subject} has force_destroy`, looked, GIVE_STATE);
      return judgeBucket(
        subject,
        name,
        looked.setting.buckets.find((bucket) => bucket.name === name),
      );
    });
  },
};

function namesOf(context: RuleContext): string[] {
  const { bucket, logsBucket } = context.roles;
  const references = [bucket, logsBucket].filter((reference) => reference !== undefined);
  return [...new Set(references.map((reference) => subjectOf("bucket", reference, context)))];
}

function judgeBucket(
  subject: string,
  name: string,
  bucket: { readonly address: string; readonly forceDestroy: boolean } | undefined,
): RuleResult {
  if (bucket === undefined)
    return {
      verdict: "pass",
      subject,
      statement: `The ${subject} is not in this state: destroying the stack leaves it alone.`,
      evidence: [],
    };
  if (bucket.forceDestroy)
    return {
      verdict: "pass",
      subject,
      statement: `The ${subject} is emptied before it is destroyed.`,
      evidence: [`${bucket.address}: force_destroy = true`],
    };
  return {
    verdict: "fail",
    subject,
    statement: `The ${subject} keeps terraform destroy from ending.`,
    evidence: [`${bucket.address}: force_destroy = false`],
    cause: `${bucket.address} has no force_destroy: as soon as ${name} holds an object, an old version or a delete marker, terraform destroy fails with BucketNotEmpty. Events pass all the same.`,
    remedy: `Set force_destroy = true on ${bucket.address} and run terraform apply; a destroy without that apply still fails.`,
    cuts: [],
  };
}
