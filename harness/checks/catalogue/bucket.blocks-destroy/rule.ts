import { subjectOf } from "../../../model/settings/subject.ts";
import { fromTerraform, judging, passes } from "../../judging.ts";
import { GIVE_STATE } from "../../not-known.ts";
import { lines } from "../../remedy.ts";
import type { Rule, RuleContext } from "../../rule.ts";

/** A bucket that holds anything, old versions and delete markers included, is not deleted unless Terraform empties it first. */
export const bucketBlocksDestroy: Rule = {
  code: "bucket.blocks-destroy",
  severity: "advice",
  title: "terraform destroy can delete the buckets",
  breaks: "A bucket without force_destroy: terraform destroy stops with BucketNotEmpty, and CI leaves stacks behind.",
  reads: ["state-buckets"],
  needs: [],
  remedy: "Set force_destroy = true on the aws_s3_bucket, and apply before the destroy.",

  judge(account, context) {
    return namesOf(context).flatMap((name) => {
      const subject = `bucket ${name}`;
      return judging(subject, () => {
        const what = `whether ${subject} has force_destroy`;
        const { buckets } = fromTerraform(account, "state-buckets", what, GIVE_STATE);
        const bucket = buckets.find((each) => each.name === name);
        if (bucket === undefined)
          return passes(`The ${subject} is not in this state: destroying the stack leaves it alone.`, []);
        if (bucket.forceDestroy)
          return passes(`The ${subject} is emptied before it is destroyed.`, [
            `${bucket.address}: force_destroy = true`,
          ]);
        return {
          verdict: "fail",
          statement: `The ${subject} keeps terraform destroy from ending.`,
          evidence: [`${bucket.address}: force_destroy = false`],
          cause: `${bucket.address} has no force_destroy: as soon as ${name} holds an object, an old version or a delete marker, terraform destroy fails with BucketNotEmpty. Events pass all the same.`,
          remedy: {
            text: `Set force_destroy = true on ${bucket.address} and run terraform apply; a destroy without that apply still fails.`,
            terraform: { address: bucket.address, hcl: lines({ force_destroy: true }) },
          },
          cuts: [],
        };
      });
    });
  },
};

function namesOf(context: RuleContext): string[] {
  const { bucket, logsBucket } = context.roles;
  const references = [bucket, logsBucket].filter((reference) => reference !== undefined);
  return [...new Set(references.map((reference) => subjectOf("bucket", reference, context)))];
}
