import { regional } from "../../../testing/names.ts";
import { asItIs, permission } from "../../testing/change.ts";
import { describeRule } from "../../testing/describe-rule.ts";
import { ARNS, NAMES } from "../../testing/healthy-account.ts";
import type { StatementJson } from "../../testing/policy-of.ts";
import { albTargetNotLambda } from "./rule.ts";

const ELB = "elasticloadbalancing.amazonaws.com";
const from = (sourceArn?: string, over: Partial<StatementJson> = {}) => ({
  change: permission(NAMES.ingest, "AllowInvokeFromTargetGroup", {
    Sid: "Other",
    Effect: "Allow",
    Principal: { Service: ELB },
    Action: "lambda:InvokeFunction",
    Resource: ARNS.ingest,
    ...(sourceArn === undefined ? {} : { Condition: { ArnLike: { "AWS:SourceArn": sourceArn } } }),
    ...over,
  }),
});

describeRule(albTargetNotLambda, {
  pipeline: "alb",
  healthy: {
    "the reference stack": { change: asItIs },
    "a permission without a source": from(),
    "a permission for any target group": from(regional("elasticloadbalancing", "targetgroup/*")),
    "a permission by account": from(undefined, {
      Condition: { StringEquals: { "AWS:SourceAccount": "123456789012" } },
    }),
    "a permission for lambda:*": from(ARNS.targetGroup, { Action: "lambda:*" }),
    "further targets that are not the function": {
      change: (a) =>
        a.change("target-group", ARNS.targetGroup, ({ targets }) => ({
          targets: [{ id: ARNS.content, health: "healthy", reason: "" }, ...targets],
        })),
    },
    "a function that is not healthy yet": {
      change: (a) =>
        a.change("target-group", ARNS.targetGroup, () => ({
          targets: [{ id: ARNS.ingest, health: "initial", reason: "" }],
        })),
    },
  },
  broken: {
    "a target group of instances": {
      change: (a) => a.change("target-group", ARNS.targetGroup, () => ({ targetType: "instance" })),
      cause: /of type instance/,
    },
    "no target group": { change: (a) => a.absent("target-group", ARNS.targetGroup), cause: /does not exist/ },
    "no attachment": {
      change: (a) => a.change("target-group", ARNS.targetGroup, () => ({ targets: [] })),
      cause: /nothing is registered/,
    },
    "another function attached": {
      change: (a) =>
        a.change("target-group", ARNS.targetGroup, () => ({
          targets: [{ id: ARNS.content, health: "healthy", reason: "" }],
        })),
      cause: /stackproof-dev-content is registered/,
    },
    "no policy": {
      change: (a) => a.absent("function-policy", NAMES.ingest),
      cause: /no policy that lets elasticloadbalancing/,
    },
    "no permission for load balancers": {
      change: permission(NAMES.ingest, "AllowInvokeFromTargetGroup", undefined),
      cause: /no statement of the policy/,
    },
    "another service's principal": {
      ...from(ARNS.targetGroup, { Principal: { Service: "apigateway.amazonaws.com" } }),
      cause: /is for apigateway/,
    },
    "another target group": { ...from(`${ARNS.targetGroup}-2`), cause: /asks for ArnLike AWS:SourceArn/ },
    "the load balancer's ARN for a source": { ...from(ARNS.loadBalancer), cause: /which is arn.*targetgroup/ },
    "another region's target group": {
      ...from(ARNS.targetGroup.replace("us-east-1", "eu-west-1")),
      cause: /eu-west-1/,
    },
    "another function's resource": {
      ...from(ARNS.targetGroup, { Resource: ARNS.content }),
      cause: /is about .*content/,
    },
    "another action": { ...from(ARNS.targetGroup, { Action: "lambda:GetFunction" }), cause: /is about other actions/ },
    "an explicit deny": {
      change: permission(NAMES.ingest, "none", {
        Sid: "No",
        Effect: "Deny",
        Principal: "*",
        Action: "lambda:*",
        Resource: "*",
      }),
      cause: /statement No .* denies it/,
    },
  },
  unknown: {
    "a policy that may not be read": {
      change: (a) => a.unread("function-policy", NAMES.ingest, "lambda:GetPolicy"),
      remedy: /lambda:GetPolicy/,
    },
    "a target group that was never read": { change: (a) => a.notAsked("target-group", ARNS.targetGroup), remedy: /./ },
    "an alias, whose own policy is not read": {
      change: (a) =>
        a.change("target-group", ARNS.targetGroup, () => ({
          targets: [{ id: `${ARNS.ingest}:live`, health: "healthy", reason: "" }],
        })),
      remedy: /get-policy/,
    },
    "a condition that no call shows": {
      ...from(undefined, { Condition: { StringEquals: { "aws:SourceOrgID": "o-1" } } }),
      remedy: /./,
    },
  },
});
