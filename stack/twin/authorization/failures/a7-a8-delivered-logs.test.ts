import {
  denied,
  noIdentityPolicy,
  noResourcePolicy,
  nothing,
  remove,
  rolePolicy,
  set,
  table,
} from "../testing/changes.ts";
import { arn, flowLogGroupArn, logsBucketArn, otherAccountId } from "../testing/example-stack.ts";
import { allow, deny, policy, type StatementJson, trusts } from "../testing/policy-text.ts";

const logsBucket = (...statements: readonly StatementJson[]) =>
  set("aws_s3_bucket_policy.logs", "policy", policy(...statements));

const delivered = `${logsBucketArn}/*`;

table("A7: the load balancer's access logs arrive", (stack) => stack.accessLogsArrive(), [
  ["with the delivery statement", nothing, "allowed"],
  [
    "with a statement over the whole bucket",
    logsBucket(
      allow("s3:PutObject*", delivered, { Principal: { Service: ["logdelivery.elasticloadbalancing.amazonaws.com"] } }),
    ),
    "allowed",
  ],
  [
    "with the rule for TLS beside it",
    logsBucket(
      allow("s3:PutObject", delivered, { Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" } }),
      deny("s3:*", delivered, { Principal: "*", Condition: { Bool: { "aws:SecureTransport": "false" } } }),
    ),
    "allowed",
  ],
  ["not without a policy", remove("aws_s3_bucket_policy.logs"), noResourcePolicy],
  [
    "not with another service's principal",
    logsBucket(allow("s3:PutObject", delivered, { Principal: { Service: "delivery.logs.amazonaws.com" } })),
    noResourcePolicy,
  ],
  [
    "not with another account's folder",
    logsBucket(
      allow("s3:PutObject", `${logsBucketArn}/alb/AWSLogs/${otherAccountId}/*`, {
        Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
      }),
    ),
    noResourcePolicy,
  ],
  [
    "not with another prefix",
    logsBucket(
      allow("s3:PutObject", `${logsBucketArn}/AWSLogs/*`, {
        Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
      }),
    ),
    noResourcePolicy,
  ],
  [
    "not against a deny for everyone",
    logsBucket(
      allow("s3:PutObject", delivered, { Principal: "*" }),
      deny("s3:PutObject", delivered, { Principal: "*" }),
    ),
    denied,
  ],
]);

table("A8: flow logs arrive in their group", (stack) => stack.flowLogsArrive(), [
  ["with a role that may write", nothing, "allowed"],
  ["with a role that may write anywhere", rolePolicy("flow_logs", allow("logs:*", "*")), "allowed"],
  [
    "not with the group's ARN without its streams",
    rolePolicy("flow_logs", allow("logs:PutLogEvents", flowLogGroupArn)),
    noIdentityPolicy,
  ],
  [
    "not with a role for another group",
    rolePolicy("flow_logs", allow("logs:PutLogEvents", arn("logs", "log-group:/other:*"))),
    noIdentityPolicy,
  ],
  ["not with a role that may only describe", rolePolicy("flow_logs", allow("logs:Describe*", "*")), noIdentityPolicy],
  [
    "not with a role that does not trust flow logs",
    set("aws_iam_role.flow_logs", "assume_role_policy", trusts("ec2.amazonaws.com")),
    noResourcePolicy,
  ],
]);
