import {
  DescribeAccountLimitsCommand,
  DescribeListenersCommand,
  DescribeLoadBalancerAttributesCommand,
  DescribeLoadBalancersCommand,
  DescribeRulesCommand,
  DescribeTagsCommand,
  DescribeTargetGroupAttributesCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { describe, expect, it } from "vitest";
import { snapshotState } from "../../testing/states.ts";
import { denying, only } from "../testing/control-plane-server.ts";
import { serviceUnderTest } from "../testing/service-under-test.ts";

const state = snapshotState();
const loadBalancer = only(state.loadBalancers);
const listener = only(state.listeners);
const group = only(state.targetGroups);
const attachment = only(state.targetGroupAttachments);

const { client: elb, server, asking } = await serviceUnderTest(ElasticLoadBalancingV2Client, state);

const attributesOf = (list: { Key?: string | undefined; Value?: string | undefined }[] | undefined) =>
  Object.fromEntries((list ?? []).map(({ Key, Value }) => [Key, Value]));

describe("a load balancer", () => {
  it.each([
    ["name", { Names: [loadBalancer.name] }],
    ["ARN", { LoadBalancerArns: [loadBalancer.arn] }],
    ["nothing", {}],
  ])("is what the state says, asked for by %s", async (_by, input) => {
    const read = await elb.send(new DescribeLoadBalancersCommand(input));
    expect(only(read.LoadBalancers)).toMatchObject({
      LoadBalancerArn: loadBalancer.arn,
      DNSName: loadBalancer.dns_name,
      Scheme: "internet-facing",
      Type: "application",
      State: { Code: "active" },
      VpcId: loadBalancer.vpc_id,
      SecurityGroups: loadBalancer.security_groups,
      AvailabilityZones: loadBalancer.subnets.map((SubnetId) => ({
        SubnetId,
        ZoneName: state.subnets.find(({ id }) => id === SubnetId)?.availability_zone,
      })),
    });
  });

  it("that is internal says so", async () => {
    const inside = { ...state, loadBalancers: [{ ...loadBalancer, internal: true }] };
    const read = await asking(inside, (client) => client.send(new DescribeLoadBalancersCommand({})));
    expect(only(read.LoadBalancers).Scheme).toBe("internal");
  });

  it("that is not there is LoadBalancerNotFound", async () => {
    await expect(elb.send(new DescribeLoadBalancersCommand({ Names: ["nothing"] }))).rejects.toMatchObject({
      name: "LoadBalancerNotFoundException",
      message: "Load balancers '[nothing]' not found",
      $metadata: { httpStatusCode: 400 },
    });
  });

  it("has its access log among its attributes, every one a text", async () => {
    const ask = new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn: loadBalancer.arn });
    expect(attributesOf((await elb.send(ask)).Attributes)).toMatchObject({
      "access_logs.s3.enabled": "true",
      "access_logs.s3.bucket": loadBalancer.access_logs?.bucket,
      "access_logs.s3.prefix": loadBalancer.access_logs?.prefix,
      "idle_timeout.timeout_seconds": "60",
      "routing.http.drop_invalid_header_fields.enabled": "true",
      "deletion_protection.enabled": "false",
    });
  });

  it("is listed page by page", async () => {
    const second = { ...loadBalancer, name: "second", arn: `${loadBalancer.arn}2` };
    await asking({ ...state, loadBalancers: [loadBalancer, second] }, async (client) => {
      const first = await client.send(new DescribeLoadBalancersCommand({ PageSize: 1 }));
      expect(only(first.LoadBalancers).LoadBalancerName).toBe(loadBalancer.name);
      const rest = await client.send(new DescribeLoadBalancersCommand({ PageSize: 1, Marker: first.NextMarker }));
      expect(only(rest.LoadBalancers).LoadBalancerName).toBe("second");
      expect(rest.NextMarker).toBeUndefined();
    });
  });
});

describe("listeners and rules", () => {
  it("forward as the state says", async () => {
    const read = await elb.send(new DescribeListenersCommand({ LoadBalancerArn: loadBalancer.arn }));
    expect(only(read.Listeners)).toMatchObject({
      ListenerArn: listener.arn,
      Port: 80,
      Protocol: "HTTP",
      DefaultActions: [
        {
          Type: "forward",
          TargetGroupArn: group.arn,
          ForwardConfig: { TargetGroups: [{ TargetGroupArn: group.arn, Weight: 1 }] },
        },
      ],
    });
  });

  it("are none, and no error, where a load balancer has none", async () => {
    const read = await asking({ ...state, listeners: [] }, (client) =>
      client.send(new DescribeListenersCommand({ LoadBalancerArn: loadBalancer.arn })),
    );
    expect(read.Listeners).toEqual([]);
  });

  it("end with the listener's default rule", async () => {
    const condition = {
      path_pattern: { values: ["/api/*"] },
      host_header: undefined,
      http_request_method: undefined,
      source_ip: undefined,
      http_header: undefined,
      query_string: [],
    };
    const fixed_response = { content_type: "text/plain", message_body: "no", status_code: "404" };
    const action = {
      type: "fixed-response",
      order: 1,
      target_group_arn: undefined,
      forward: undefined,
      redirect: undefined,
    };
    const ruleArn = `${listener.arn.replace(":listener/", ":listener-rule/")}/0123456789abcdef`;
    const rule = {
      address: "aws_lb_listener_rule.no",
      arn: ruleArn,
      listener_arn: listener.arn,
      priority: 10,
      action: [{ ...action, fixed_response }],
      condition: [condition],
    };
    const { Rules = [] } = await asking({ ...state, listenerRules: [rule] }, (client) =>
      client.send(new DescribeRulesCommand({ ListenerArn: listener.arn })),
    );
    expect(Rules).toMatchObject([
      {
        RuleArn: ruleArn,
        Priority: "10",
        IsDefault: false,
        Conditions: [{ Field: "path-pattern", Values: ["/api/*"], PathPatternConfig: { Values: ["/api/*"] } }],
        Actions: [{ Type: "fixed-response", FixedResponseConfig: { StatusCode: "404" } }],
      },
      { Priority: "default", IsDefault: true, Conditions: [], Actions: [{ TargetGroupArn: group.arn }] },
    ]);
  });
});

describe("a target group", () => {
  it.each([
    ["load balancer", { LoadBalancerArn: loadBalancer.arn }],
    ["name", { Names: [group.name] }],
    ["ARN", { TargetGroupArns: [group.arn] }],
  ])("of functions is found by its %s and has no port or protocol", async (_by, input) => {
    const read = await elb.send(new DescribeTargetGroupsCommand(input));
    expect(only(read.TargetGroups)).toMatchObject({
      TargetGroupArn: group.arn,
      TargetType: "lambda",
      HealthCheckEnabled: true,
      HealthCheckPath: "/health",
      HealthCheckIntervalSeconds: group.health_check?.interval,
      Matcher: { HttpCode: "200" },
      LoadBalancerArns: [loadBalancer.arn],
    });
    expect(only(read.TargetGroups)).not.toHaveProperty("Port");
    expect(only(read.TargetGroups)).not.toHaveProperty("Protocol");
  });

  it("has its attributes", async () => {
    const read = await elb.send(new DescribeTargetGroupAttributesCommand({ TargetGroupArn: group.arn }));
    expect(attributesOf(read.Attributes)).toEqual({ "lambda.multi_value_headers.enabled": "false" });
  });

  it("that nothing forwards to belongs to no load balancer", async () => {
    const read = await asking({ ...state, listeners: [] }, (client) =>
      client.send(new DescribeTargetGroupsCommand({ TargetGroupArns: [group.arn] })),
    );
    expect(only(read.TargetGroups).LoadBalancerArns).toEqual([]);
  });

  it("has its targets with their health", async () => {
    const ask = new DescribeTargetHealthCommand({ TargetGroupArn: group.arn });
    expect((await elb.send(ask)).TargetHealthDescriptions).toEqual([
      { Target: { Id: attachment.target_id, AvailabilityZone: "all" }, TargetHealth: { State: "healthy" } },
    ]);
    const nothing = { ...state, targetGroupAttachments: [] };
    expect((await asking(nothing, (client) => client.send(ask))).TargetHealthDescriptions).toEqual([]);
  });

  it("knows nothing of a target that is not registered", async () => {
    const Targets = [{ Id: `${attachment.target_id}-other` }];
    const read = await elb.send(new DescribeTargetHealthCommand({ TargetGroupArn: group.arn, Targets }));
    expect(only(read.TargetHealthDescriptions).TargetHealth).toMatchObject({
      State: "unused",
      Reason: "Target.NotRegistered",
    });
  });
});

describe("the service", () => {
  it("has the tags of several resources", async () => {
    const read = await elb.send(new DescribeTagsCommand({ ResourceArns: [loadBalancer.arn, group.arn] }));
    expect(read.TagDescriptions?.map(({ ResourceArn }) => ResourceArn)).toEqual([loadBalancer.arn, group.arn]);
    expect(attributesOf(read.TagDescriptions?.[0]?.Tags)).toEqual(loadBalancer.tags_all);
  });

  it("asks whether the caller may, for all load balancers at once", async () => {
    await elb.send(new DescribeListenersCommand({ ListenerArns: [listener.arn] }));
    expect(server.asked.at(-1)).toMatchObject({ action: "elasticloadbalancing:DescribeListeners", resourceArn: "*" });
  });

  it("answers AccessDenied, 403, to who may not", async () => {
    const authorizer = denying("elasticloadbalancing:DescribeLoadBalancers");
    await asking(
      state,
      async (client) => {
        await expect(client.send(new DescribeLoadBalancersCommand({}))).rejects.toMatchObject({
          name: "AccessDenied",
          $metadata: { httpStatusCode: 403 },
        });
      },
      { authorizer },
    );
  });

  it("counts what it does not implement", async () => {
    await expect(elb.send(new DescribeAccountLimitsCommand({}))).rejects.toMatchObject({ name: "InvalidAction" });
    expect(server.unimplemented.counts()).toMatchObject([
      { service: "elasticloadbalancing", operation: "DescribeAccountLimits", count: 1 },
    ]);
  });
});
