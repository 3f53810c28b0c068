import type { KnownDifference } from "./differences.ts";

/** Differences by which moto is not as AWS is. https://docs.getmoto.org */
const motos: readonly (readonly [path: RegExp, why: string])[] = [
  [/^apigateway:GetAccount › features/, "AWS names the feature UsagePlans; moto names none"],
  [/^apigateway:GetIntegration .*› (cacheNamespace|passthroughBehavior)$/, "AWS fills in the defaults; moto does not"],
  [
    /^apigateway:GetRestApi .*› (binaryMediaTypes|version)$/,
    "AWS leaves out what is not set; moto shows an empty list, and V1",
  ],
  [/^apigateway:GetStage .*› (cacheClusterStatus|tracingEnabled)$/, "AWS fills in the defaults; moto does not"],
  [/^apigateway:GetStage .*› (description|variables)$/, "AWS leaves out what is not set; moto shows it empty"],
  [/^application-autoscaling:.*› SuspendedState ›/, "AWS says what is not suspended as well; moto does not"],
  [
    /^dynamodb:DescribeTable .*› billing$/,
    "AWS has a summary only of a table that once was on demand; moto always has",
  ],
  [
    /^ec2:DescribeFlowLogs .*› DeliverLogsStatus$/,
    "moto finds the group by name alone and calls delivery to an ARN failed",
  ],
  [/^ec2:DescribeFlowLogs .*› LogGroupName$/, "AWS names the group of the destination's ARN; moto does not"],
  [/^ec2:DescribeInstances .*› IamInstanceProfile › Id$/, "moto gives the id of the association for the profile's"],
  [
    /^ec2:DescribeSecurityGroups .*› ingress( › -1 undefined ›|$)/,
    "moto's default group lacks the rule that lets itself in",
  ],
  [
    /^elasticloadbalancing:.*Actions › \d+ › ForwardConfig ›/,
    "AWS shows a forward both short and whole; moto only short",
  ],
  [/^elasticloadbalancing:DescribeLoadBalancerAttributes .*› connection_logs/, "moto does not know connection logs"],
  [/^elasticloadbalancing:DescribeLoadBalancers .*› Scheme$/, "moto forgets the scheme that is the default"],
  [/^elasticloadbalancing:DescribeLoadBalancers .*› LoadBalancerAddresses$/, "AWS has an empty list; moto none"],
  [
    /^elasticloadbalancing:DescribeTargetGroupAttributes .*› (deregistration_delay|load_balancing|slow_start|stickiness|waf)\./,
    "a target group of functions has one attribute in AWS; moto gives it those of instances",
  ],
  [/^elasticloadbalancing:DescribeTargetHealth .*› AvailabilityZone$/, "AWS gives a function the zone all; moto none"],
  [/^iam:GetRole .*› CreateDate$/, "AWS and Terraform count whole seconds; moto keeps fractions of them"],
  [/^kms:DescribeKey .*› MultiRegion$/, "moto says so only of keys of several regions"],
  [
    /^kms:GetKeyRotationStatus .*› RotationPeriodInDays$/,
    "moto has a period only where one was asked for; AWS' default is 365",
  ],
  [/^lambda:GetFunctionConfiguration .*› LoggingConfig ›/, "AWS fills in format and group; moto does not"],
];

/** Where moto and the twin answer differently after the same apply, and which of them is not as AWS is. */
export const knownDifferences: readonly KnownDifference[] = motos.map(([path, why]) => ({ path, fault: "moto", why }));
