import {
  add,
  denied,
  each,
  key,
  keyAdmin,
  keyPolicyOf,
  noResourcePolicy,
  nothing,
  remove,
  rolePolicy,
  set,
  table,
} from "../testing/changes.ts";
import {
  arn,
  otherAccountId,
  permission,
  region,
  roleArn,
  root,
  streamArn,
  targetGroupArn,
} from "../testing/example-stack.ts";
import { allow, deny, policy, trusts } from "../testing/policy-text.ts";

const loadBalancer = (rest: object, principal = "elasticloadbalancing.amazonaws.com", name = "ingest") =>
  add("aws_lambda_permission.load_balancer", permission(name, principal, rest));

table("A3: the load balancer invokes the ingest function", (stack) => stack.loadBalancerInvokes(), [
  ["with the permission bound to the target group", nothing, "allowed"],
  ["with a permission without a source", loadBalancer({}), "allowed"],
  [
    "with a wildcard over target groups",
    loadBalancer({ source_arn: arn("elasticloadbalancing", "targetgroup/*") }),
    "allowed",
  ],
  ["with the function named by ARN", loadBalancer({}, undefined, arn("lambda", "function:ingest")), "allowed"],
  ["with the action lambda:*", loadBalancer({ action: "lambda:*" }), "allowed"],
  ["not without a permission", remove("aws_lambda_permission.load_balancer"), noResourcePolicy],
  ["not with another service's principal", loadBalancer({}, "apigateway.amazonaws.com"), noResourcePolicy],
  [
    "not with another target group",
    loadBalancer({ source_arn: targetGroupArn.replace("ingest", "other") }),
    noResourcePolicy,
  ],
  [
    "not with the load balancer's ARN for a source",
    loadBalancer({ source_arn: arn("elasticloadbalancing", "loadbalancer/app/x/1") }),
    noResourcePolicy,
  ],
  [
    "not with another region's target group",
    loadBalancer({ source_arn: targetGroupArn.replace(region, "us-east-1") }),
    noResourcePolicy,
  ],
  ["not with another account", loadBalancer({ source_account: otherAccountId }), noResourcePolicy],
  ["not with a permission for an alias alone", loadBalancer({ qualifier: "live" }), noResourcePolicy],
  ["not with a permission for another function", loadBalancer({}, undefined, "content"), noResourcePolicy],
  ["not with a permission for GetFunction", loadBalancer({ action: "lambda:GetFunction" }), noResourcePolicy],
]);

table("A3: the ingest function starts", (stack) => stack.functionStarts("ingest"), [
  ["with a role that trusts Lambda", nothing, "allowed"],
  [
    "with a role that trusts several services",
    set(
      "aws_iam_role.ingest",
      "assume_role_policy",
      policy({
        Effect: "Allow",
        Principal: { Service: ["edgelambda.amazonaws.com", "lambda.amazonaws.com"] },
        Action: ["sts:AssumeRole"],
      }),
    ),
    "allowed",
  ],
  [
    "not with a role that trusts EC2 alone",
    set("aws_iam_role.ingest", "assume_role_policy", trusts("ec2.amazonaws.com")),
    noResourcePolicy,
  ],
  [
    "not with a role that trusts the account alone",
    set(
      "aws_iam_role.ingest",
      "assume_role_policy",
      policy({ Effect: "Allow", Principal: { AWS: root }, Action: "sts:AssumeRole" }),
    ),
    noResourcePolicy,
  ],
  ["not with a role that is gone", remove("aws_iam_role.ingest"), noResourcePolicy],
  [
    "by its grant though its role lacks kms:Decrypt",
    rolePolicy("ingest", allow("kinesis:PutRecords", streamArn)),
    "allowed",
  ],
  [
    "by its role's kms:Decrypt where no grant could be made",
    each(keyPolicyOf(key({ AWS: roleArn("ingest") }, "kms:Decrypt"))),
    "allowed",
  ],
  ["not where neither is there", keyPolicyOf(keyAdmin), noResourcePolicy],
  ["by the grant that Lambda's own statement is not needed for", keyPolicyOf(key({ AWS: root }, "kms:*")), "allowed"],
  [
    "not where the key policy denies kms:Decrypt",
    keyPolicyOf(key({ AWS: root }, "kms:*"), deny("kms:Decrypt", "*", { Principal: "*" })),
    denied,
  ],
]);
