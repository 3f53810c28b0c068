import { describe, expect, it } from "vitest";
import { fails } from "../testing/fake-clients.ts";
import { find } from "../testing/find.ts";

const LB = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/main/50dc6c495c0c9188";
const TG = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/ingest/73e2d6bc24d8a067";
const OTHER_TG = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/other/943f017f100becff";
const FUNCTION = "arn:aws:lambda:eu-central-1:123456789012:function:ingest";

describe("a load balancer", () => {
  const described = {
    LoadBalancerArn: LB,
    DNSName: "main-1.eu-central-1.elb.amazonaws.com",
    Scheme: "internet-facing",
    IpAddressType: "dualstack",
    Type: "application",
    VpcId: "vpc-1",
    State: { Code: "active" },
    AvailabilityZones: [
      { ZoneName: "eu-central-1a", SubnetId: "subnet-a" },
      { ZoneName: "eu-central-1b", SubnetId: "subnet-b" },
    ],
    SecurityGroups: ["sg-1"],
  };

  it("is read with its access logs, and leads to its listeners, network and log bucket", async () => {
    const found = await find("load-balancer", LB, {
      DescribeLoadBalancers: () => ({ LoadBalancers: [described] }),
      DescribeLoadBalancerAttributes: () => ({
        Attributes: [
          { Key: "access_logs.s3.enabled", Value: "true" },
          { Key: "access_logs.s3.bucket", Value: "logs" },
          { Key: "access_logs.s3.prefix", Value: "alb" },
          { Key: "idle_timeout.timeout_seconds", Value: "60" },
        ],
      }),
    });
    expect(found?.setting).toEqual({
      kind: "load-balancer",
      arn: LB,
      dnsName: "main-1.eu-central-1.elb.amazonaws.com",
      type: "application",
      scheme: "internet-facing",
      ipAddressType: "dualstack",
      state: "active",
      vpcId: "vpc-1",
      subnetIds: ["subnet-a", "subnet-b"],
      securityGroupIds: ["sg-1"],
      accessLogs: { enabled: true, bucket: "logs", prefix: "alb" },
    });
    expect(found?.links).toEqual([
      { kind: "listeners", subject: LB },
      { kind: "vpc", subject: "vpc-1" },
      { kind: "subnet", subject: "subnet-a" },
      { kind: "subnet", subject: "subnet-b" },
      { kind: "security-group", subject: "sg-1" },
      { kind: "bucket", subject: "logs" },
    ]);
  });

  it("has no access logs where none were ever set", async () => {
    const found = await find("load-balancer", LB, {
      DescribeLoadBalancers: () => ({ LoadBalancers: [{ ...described, SecurityGroups: undefined }] }),
      DescribeLoadBalancerAttributes: () => ({ Attributes: [] }),
    });
    expect(found?.setting).toMatchObject({
      securityGroupIds: [],
      accessLogs: { enabled: false, bucket: "", prefix: "" },
    });
  });

  it("is absent where AWS says so by name", async () => {
    const gone = fails("LoadBalancerNotFoundException");
    const answers = { DescribeLoadBalancers: gone, DescribeLoadBalancerAttributes: gone };
    expect(await find("load-balancer", LB, answers)).toBeUndefined();
  });

  it("is unread, not absent, where the answer is empty", async () => {
    const answers = { DescribeLoadBalancers: () => ({}), DescribeLoadBalancerAttributes: () => ({ Attributes: [] }) };
    await expect(find("load-balancer", LB, answers)).rejects.toMatchObject({
      errors: [{ code: "IncompleteAnswer", operation: "elasticloadbalancing:DescribeLoadBalancers" }],
    });
  });
});

describe("listeners", () => {
  const rules = [
    { RuleArn: "rule/default", Priority: "default", IsDefault: true, Actions: [{ Type: "fixed-response", Order: 1 }] },
    {
      RuleArn: "rule/20",
      Priority: "20",
      Conditions: [
        { Field: "http-header", HttpHeaderConfig: { HttpHeaderName: "X-Key", Values: ["a*"] } },
        { Field: "query-string", QueryStringConfig: { Values: [{ Key: "v", Value: "1" }, { Value: "beta" }] } },
        { Field: "http-request-method", HttpRequestMethodConfig: { Values: ["POST"] } },
      ],
      Actions: [
        {
          Type: "authenticate-oidc",
          Order: 1,
          AuthenticateOidcConfig: { OnUnauthenticatedRequest: "authenticate" },
        },
        { Type: "forward", Order: 2, TargetGroupArn: TG },
      ],
    },
    {
      RuleArn: "rule/3",
      Priority: "3",
      Conditions: [
        { Field: "path-pattern", Values: ["/events"], PathPatternConfig: { Values: ["/events"] } },
        { Field: "host-header", HostHeaderConfig: { RegexValues: ["^api"] } },
      ],
      Actions: [
        {
          Type: "forward",
          ForwardConfig: {
            TargetGroups: [
              { TargetGroupArn: TG, Weight: 1 },
              { TargetGroupArn: OTHER_TG, Weight: 0 },
            ],
          },
        },
      ],
    },
  ];

  it("are read page by page, their rules in the order in which they are tried", async () => {
    const found = await find("listeners", LB, {
      DescribeListeners: ({ Marker }) =>
        Marker === undefined
          ? { Listeners: [{ ListenerArn: "listener/80", Port: 80, Protocol: "HTTP" }], NextMarker: "second" }
          : { Listeners: [{ ListenerArn: "listener/443", Port: 443, Protocol: "HTTPS" }] },
      DescribeRules: ({ ListenerArn }) => ({ Rules: ListenerArn === "listener/80" ? rules : rules.slice(0, 1) }),
    });
    const setting = found?.setting;
    if (setting?.kind !== "listeners") throw new Error("not the listeners");
    expect(setting.listeners.map(({ port, protocol }) => [port, protocol])).toEqual([
      [80, "HTTP"],
      [443, "HTTPS"],
    ]);
    expect(setting.listeners[0]?.rules).toEqual([
      {
        arn: "rule/3",
        priority: "3",
        conditions: [
          { field: "path-pattern", httpHeaderName: "", values: ["/events"], regexValues: [] },
          { field: "host-header", httpHeaderName: "", values: [], regexValues: ["^api"] },
        ],
        forwardsTo: [TG],
        action: "forward",
      },
      {
        arn: "rule/20",
        priority: "20",
        conditions: [
          { field: "http-header", httpHeaderName: "X-Key", values: ["a*"], regexValues: [] },
          { field: "query-string", httpHeaderName: "", values: ["v=1", "beta"], regexValues: [] },
          { field: "http-request-method", httpHeaderName: "", values: ["POST"], regexValues: [] },
        ],
        forwardsTo: [TG],
        action: "authenticate-oidc",
      },
      { arn: "rule/default", priority: "default", conditions: [], forwardsTo: [], action: "fixed-response" },
    ]);
    expect(found?.links).toContainEqual({ kind: "target-group", subject: TG });
    expect(found?.links).not.toContainEqual({ kind: "target-group", subject: OTHER_TG });
  });

  it("are absent with their load balancer, and an empty list where it has none", async () => {
    expect(await find("listeners", LB, { DescribeListeners: fails("LoadBalancerNotFoundException") })).toBeUndefined();
    const none = await find("listeners", LB, { DescribeListeners: () => ({ Listeners: [] }) });
    expect(none?.setting).toMatchObject({ listeners: [] });
  });

  it("end in unread where the pages never do", async () => {
    const endless = { DescribeListeners: () => ({ Listeners: [], NextMarker: "again" }) };
    await expect(find("listeners", LB, endless)).rejects.toMatchObject({ errors: [{ code: "TooManyPages" }] });
  });
});

describe("a target group", () => {
  it("is read with the health of its targets, and leads to the functions among them", async () => {
    const found = await find("target-group", TG, {
      DescribeTargetGroups: () => ({
        TargetGroups: [{ TargetGroupArn: TG, TargetType: "lambda", LoadBalancerArns: [LB] }],
      }),
      DescribeTargetHealth: () => ({
        TargetHealthDescriptions: [
          {
            Target: { Id: FUNCTION },
            TargetHealth: { State: "unavailable", Reason: "Target.HealthCheckDisabled", Description: "…" },
          },
        ],
      }),
    });
    expect(found?.setting).toEqual({
      kind: "target-group",
      arn: TG,
      targetType: "lambda",
      loadBalancerArns: [LB],
      targets: [{ id: FUNCTION, health: "unavailable", reason: "Target.HealthCheckDisabled" }],
    });
    expect(found?.links).toEqual([{ kind: "function", subject: "ingest" }]);
  });

  it("of instances leads to no function", async () => {
    const found = await find("target-group", TG, {
      DescribeTargetGroups: () => ({ TargetGroups: [{ TargetGroupArn: TG, TargetType: "instance" }] }),
      DescribeTargetHealth: () => ({
        TargetHealthDescriptions: [{ Target: { Id: "i-1", Port: 80 }, TargetHealth: { State: "healthy" } }],
      }),
    });
    expect(found?.links).toEqual([]);
  });

  it("is absent where AWS says so by name", async () => {
    const gone = fails("TargetGroupNotFoundException");
    expect(await find("target-group", TG, { DescribeTargetGroups: gone, DescribeTargetHealth: gone })).toBeUndefined();
  });
});
