import type { SecurityGroupRule } from "../../model/settings/network-setting.ts";
import type { Setting } from "../../model/settings/setting.ts";
import { ARNS, NAMES } from "./healthy-names.ts";

/** Network, load balancer and what stands behind it in the reference stack. */
export function healthyNetwork(): readonly Setting[] {
  return [
    { kind: "vpc", id: NAMES.vpc, cidrsIpv4: ["10.20.0.0/16"], cidrsIpv6: [] },
    ...NAMES.publicSubnets.map(publicSubnet),
    {
      kind: "flow-logs",
      vpcId: NAMES.vpc,
      flowLogs: [
        {
          id: "fl-e8df6c101cf8b7e95",
          status: "ACTIVE",
          deliveryStatus: "SUCCESS",
          deliveryError: "",
          destinationType: "cloud-watch-logs",
          destination: NAMES.flowLogGroup,
          roleArn: ARNS.flowLogsRole,
        },
      ],
    },
    {
      kind: "security-group",
      id: NAMES.securityGroup,
      ingress: [
        tcp(80, { cidrsIpv4: ["0.0.0.0/0"] }),
        tcp(80, { cidrsIpv6: ["::/0"] }),
        tcp(443, { cidrsIpv4: ["10.20.0.0/16"] }),
      ],
      egress: [],
    },
    {
      kind: "load-balancer",
      arn: ARNS.loadBalancer,
      dnsName: "stackproof-dev-alb-1.us-east-1.elb.amazonaws.com",
      type: "application",
      scheme: "internet-facing",
      ipAddressType: "ipv4",
      state: "active",
      vpcId: NAMES.vpc,
      subnetIds: NAMES.publicSubnets,
      securityGroupIds: [NAMES.securityGroup],
      accessLogs: { enabled: true, bucket: NAMES.logsBucket, prefix: "alb" },
    },
    {
      kind: "listeners",
      loadBalancerArn: ARNS.loadBalancer,
      listeners: [
        {
          arn: ARNS.listener,
          port: 80,
          protocol: "HTTP",
          rules: [
            {
              arn: ARNS.listener.replace(":listener/", ":listener-rule/"),
              priority: "default",
              conditions: [],
              forwardsTo: [ARNS.targetGroup],
              action: "forward",
            },
          ],
        },
      ],
    },
    {
      kind: "target-group",
      arn: ARNS.targetGroup,
      targetType: "lambda",
      loadBalancerArns: [ARNS.loadBalancer],
      targets: [{ id: ARNS.ingest, health: "healthy", reason: "" }],
    },
  ];
}

/** A security group rule for one TCP port, with no source but those given. */
export function tcp(port: number, sources: Partial<SecurityGroupRule>): SecurityGroupRule {
  return {
    protocol: "tcp",
    fromPort: port,
    toPort: port,
    cidrsIpv4: [],
    cidrsIpv6: [],
    securityGroupIds: [],
    prefixListIds: [],
    ...sources,
  };
}

function publicSubnet(id: string): Setting {
  return {
    kind: "subnet",
    id,
    vpcId: NAMES.vpc,
    routeTableId: "rtb-d0f95c93fd8eacee2",
    routes: [
      { destination: "10.20.0.0/16", target: "local", state: "active" },
      { destination: "0.0.0.0/0", target: "igw-5671f7e47b49f11df", state: "active" },
    ],
  };
}
