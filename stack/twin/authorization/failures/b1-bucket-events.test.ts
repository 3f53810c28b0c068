import { add, noResourcePolicy, nothing, remove, table } from "../testing/changes.ts";
import { accountId, bucketArn, otherAccountId, permission } from "../testing/example-stack.ts";

const bucket = (rest: object, principal = "s3.amazonaws.com") =>
  add("aws_lambda_permission.bucket", permission("content", principal, rest));

table("B1: the bucket's events invoke the function", (stack) => stack.bucketInvokes(), [
  ["with the bucket's ARN and account", nothing, "allowed"],
  ["with the bucket's ARN alone", bucket({ source_arn: bucketArn }), "allowed"],
  ["with the account alone", bucket({ source_account: accountId }), "allowed"],
  ["not without a permission", remove("aws_lambda_permission.bucket"), noResourcePolicy],
  ["not for another bucket", bucket({ source_arn: "arn:aws:s3:::other" }), noResourcePolicy],
  ["not for the bucket's objects", bucket({ source_arn: `${bucketArn}/*` }), noResourcePolicy],
  ["not for another account", bucket({ source_arn: bucketArn, source_account: otherAccountId }), noResourcePolicy],
  ["not for another service", bucket({ source_arn: bucketArn }, "sns.amazonaws.com"), noResourcePolicy],
]);
