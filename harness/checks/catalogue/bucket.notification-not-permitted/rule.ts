import { subjectOf } from "../../../model/settings/subject.ts";
import { mayInvoke } from "../../invoking.ts";
import { becauseOf, evidenceOf, judging, passes, settingOf } from "../../judging.ts";
import { expression, letInvoke, lines, terraform, together, within } from "../../remedy.ts";
import type { Rule } from "../../rule.ts";

/**
 * S3 invokes a function only where the function's policy lets it in for this bucket and account. Whether the bucket has a
 * notification at all is `bucket.notification-overwritten`.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/grant-destinations-permissions-to-s3.html
 */
export const bucketNotificationNotPermitted: Rule = {
  code: "bucket.notification-not-permitted",
  severity: "flow",
  title: "The bucket may invoke the function",
  breaks: "Uploads invoke nothing: S3 drops the event without a word.",
  reads: ["function", "function-policy"],
  needs: ["bucket", "entryFunction"],
  remedy:
    'aws_lambda_permission with principal = "s3.amazonaws.com", source_arn = the bucket\'s ARN and source_account = the account; the aws_s3_bucket_notification depends on it.',

  judge(account, context) {
    const { bucket = "", entryFunction = "" } = context.roles;
    if (context.entryKind !== "s3") return [];
    const name = subjectOf("bucket", bucket, context);
    const subject = `bucket ${name}`;
    return judging(subject, () => {
      const fn = settingOf(account, "function", entryFunction);
      if (fn === null) return null;
      const bucketArn = `arn:${context.partition}:s3:::${name}`;
      const decision = mayInvoke("s3.amazonaws.com", bucketArn, fn, account, context);
      if (decision.kind === "allowed")
        return passes(`S3 may invoke ${fn.name} for the bucket.`, [`allowed by ${decision.by}`]);
      return {
        verdict: "fail",
        statement: `S3 may not invoke ${fn.name} for the bucket.`,
        evidence: evidenceOf(decision),
        cause: `S3 finds no permission to invoke ${fn.name} for ${bucketArn} of account ${context.accountId}, and drops every event: ${becauseOf(decision)}.`,
        remedy: together([
          letInvoke(
            "bucket",
            { functionName: fn.name, principal: "s3.amazonaws.com", sourceArn: bucketArn },
            { source_account: context.accountId },
          ),
          terraform(
            "Let the aws_s3_bucket_notification depend on it.",
            within("aws_s3_bucket_notification", lines({ depends_on: [expression("aws_lambda_permission.bucket")] })),
          ),
        ]),
        cuts: ["bucket-function"],
      };
    });
  },
};
