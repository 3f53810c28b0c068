import { describe, expect, it } from "vitest";
import type { Fact } from "../../model/fact.ts";
import type { Hop } from "../../model/hop.ts";
import type { Entry } from "../../model/scenario.ts";
import { ARNS, healthyAccount } from "../testing/healthy-account.ts";
import { PLACE } from "./testing/find.ts";
import { KEY, ROLES } from "./testing/reference-answers.ts";
import { type PolicyJson, verifierPolicy } from "./verifier-policy.ts";

const entry: Entry = { kind: "s3", bucket: "content", key: "stackproof/{tag}.json", body: "{}" };
const hops: readonly [Hop, ...Hop[]] = [
  { kind: "entry", name: "entry" },
  { kind: "object", name: "object", bucket: "content", key: "stackproof/{tag}.json" },
  { kind: "log", name: "log", logGroup: "/aws/lambda/content" },
  { kind: "stream", name: "stream", stream: "events" },
  { kind: "metric", name: "m", namespace: "AWS/Kinesis", metric: "IncomingRecords", dimensions: {}, counts: "events" },
  { kind: "item", name: "item", table: "content", key: { id: "{tag}" } },
];
const scenarios = [{ entry, hops }];

function resourcesOf(policy: PolicyJson, action: string): readonly string[] {
  return policy.Statement.filter(({ Action }) => Action.includes(action)).flatMap(({ Resource }) => Resource);
}

const regional = (service: string, resource: string) => `arn:aws:${service}:eu-central-1:123456789012:${resource}`;

describe("the verifier's policy", () => {
  it("before a run holds every action that readers, observers and injectors use", () => {
    const policy = verifierPolicy({ roles: ROLES, scenarios, place: PLACE });
    expect([...new Set(policy.Statement.flatMap(({ Action }) => Action))].sort()).toMatchInlineSnapshot(`
      [
        "apigateway:GET",
        "application-autoscaling:DescribeScalableTargets",
        "application-autoscaling:DescribeScalingPolicies",
        "cloudwatch:GetMetricData",
        "cloudwatch:GetMetricStatistics",
        "dynamodb:BatchGetItem",
        "dynamodb:DescribeContinuousBackups",
        "dynamodb:DescribeTable",
        "ec2:DescribeFlowLogs",
        "ec2:DescribeInstances",
        "ec2:DescribeRouteTables",
        "ec2:DescribeSecurityGroups",
        "ec2:DescribeSubnets",
        "ec2:DescribeVpcs",
        "elasticloadbalancing:DescribeListeners",
        "elasticloadbalancing:DescribeLoadBalancerAttributes",
        "elasticloadbalancing:DescribeLoadBalancers",
        "elasticloadbalancing:DescribeRules",
        "elasticloadbalancing:DescribeTargetGroups",
        "elasticloadbalancing:DescribeTargetHealth",
        "iam:GetInstanceProfile",
        "iam:GetPolicy",
        "iam:GetPolicyVersion",
        "iam:GetRole",
        "iam:GetRolePolicy",
        "iam:ListAttachedRolePolicies",
        "iam:ListRolePolicies",
        "kinesis:DescribeStreamSummary",
        "kinesis:GetRecords",
        "kinesis:GetShardIterator",
        "kinesis:ListShards",
        "kms:Decrypt",
        "kms:DescribeKey",
        "kms:GenerateDataKey",
        "kms:GetKeyPolicy",
        "kms:ListGrants",
        "lambda:GetFunctionConcurrency",
        "lambda:GetFunctionConfiguration",
        "lambda:GetPolicy",
        "lambda:ListEventSourceMappings",
        "logs:DescribeLogGroups",
        "logs:FilterLogEvents",
        "s3:GetBucketNotification",
        "s3:GetBucketPolicy",
        "s3:GetBucketPublicAccessBlock",
        "s3:GetBucketVersioning",
        "s3:GetEncryptionConfiguration",
        "s3:GetObject",
        "s3:ListBucket",
        "s3:PutObject",
      ]
    `);
  });

  it("is as narrow as what an earlier run has read, or tried to", () => {
    const setting = { kind: "vpc", id: "vpc-1", cidrsIpv4: [], cidrsIpv6: [] } as const;
    const error = { code: "AccessDenied", message: "no", operation: "iam:GetRole" };
    const facts: Fact[] = [
      { fact: "setting", atMs: 1, subject: "vpc-1", setting },
      { fact: "setting-absent", atMs: 1, kind: "stream", subject: "events" },
      { fact: "setting-unread", atMs: 1, kind: "role", subject: "arn:aws:iam::123456789012:role/ingest", error },
      { fact: "run-ended", atMs: 2 },
    ];
    const policy = verifierPolicy({ roles: [], scenarios: [], place: PLACE, facts });
    expect(policy).toEqual({
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Action: ["ec2:DescribeVpcs"], Resource: ["*"] },
        {
          Effect: "Allow",
          Action: ["iam:GetPolicy", "iam:GetPolicyVersion"],
          Resource: ["arn:aws:iam::123456789012:policy/*", "arn:aws:iam::aws:policy/*"],
        },
        {
          Effect: "Allow",
          Action: ["iam:GetRole", "iam:GetRolePolicy", "iam:ListAttachedRolePolicies", "iam:ListRolePolicies"],
          Resource: ["arn:aws:iam::123456789012:role/ingest"],
        },
        {
          Effect: "Allow",
          Action: ["kinesis:DescribeStreamSummary"],
          Resource: [regional("kinesis", "stream/events")],
        },
      ],
    });
  });

  it("lets observers and injectors at their own places only", () => {
    const policy = verifierPolicy({ roles: [], scenarios, place: PLACE, facts: [] });
    expect(resourcesOf(policy, "s3:PutObject")).toEqual(["arn:aws:s3:::content/stackproof/*.json"]);
    expect(resourcesOf(policy, "s3:GetObject")).toEqual(["arn:aws:s3:::content/stackproof/*.json"]);
    expect(resourcesOf(policy, "kinesis:GetRecords")).toEqual([regional("kinesis", "stream/events")]);
    expect(resourcesOf(policy, "dynamodb:BatchGetItem")).toEqual([regional("dynamodb", "table/content")]);
    expect(resourcesOf(policy, "logs:FilterLogEvents")).toEqual([regional("logs", "log-group:/aws/lambda/content:*")]);
  });

  it("lets keys be used by way of the services only", () => {
    const setting = { ...healthyAccount().get("key", ARNS.key), arn: KEY };
    const facts: Fact[] = [{ fact: "setting", atMs: 1, subject: "alias/stack", setting }];
    const policy = verifierPolicy({ roles: [], scenarios, place: PLACE, facts });
    expect(resourcesOf(policy, "kms:GetKeyPolicy")).toEqual([KEY]);
    expect(policy.Statement).toContainEqual({
      Effect: "Allow",
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: [KEY],
      Condition: {
        StringEquals: {
          "kms:ViaService": [
            "dynamodb.eu-central-1.amazonaws.com",
            "kinesis.eu-central-1.amazonaws.com",
            "s3.eu-central-1.amazonaws.com",
          ],
        },
      },
    });
  });

  it("lets Lambda decrypt the variables of functions for the verifier, and do no more", () => {
    const policy = verifierPolicy({ roles: ROLES, scenarios, place: PLACE });
    const throughLambda = policy.Statement.filter(({ Condition }) =>
      JSON.stringify(Condition ?? {}).includes("lambda."),
    );
    expect(throughLambda).toEqual([
      {
        Effect: "Allow",
        Action: ["kms:Decrypt"],
        Resource: [regional("kms", "key/*")],
        Condition: { StringEquals: { "kms:ViaService": ["lambda.eu-central-1.amazonaws.com"] } },
      },
    ]);
  });

  it("does not name what a wildcard of the same list covers", () => {
    const policy = verifierPolicy({ roles: ROLES, scenarios, place: PLACE });
    expect(resourcesOf(policy, "lambda:GetFunctionConfiguration")).toEqual([regional("lambda", "function:*")]);
  });
});
