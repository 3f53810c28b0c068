import {
  DescribeLoadBalancerAttributesCommand,
  DescribeLoadBalancersCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { needsOn } from "../../../model/settings/need.ts";
import { targetIfAny, targetOf } from "../../../model/settings/subject.ts";
import type { Reader } from "../reader.ts";
import { required, together } from "../unread.ts";

const DESCRIBE = "elasticloadbalancing:DescribeLoadBalancers";
const ATTRIBUTES = "elasticloadbalancing:DescribeLoadBalancerAttributes";
const ABSENT = ["LoadBalancerNotFoundException", "LoadBalancerNotFound"];

export const loadBalancerReader: Reader<"load-balancer"> = {
  kind: "load-balancer",
  namedBy: ({ loadBalancer }) => [loadBalancer],
  isLinked: false,

  /** ELB's Describe actions do not support resource-level permissions. */
  needs: () => needsOn([DESCRIBE, ATTRIBUTES], ["*"]),

  async read(arn, { clients, askIfAny }) {
    const elb = await clients.elbv2();
    const [described, attributes] = await together([
      askIfAny(DESCRIBE, ABSENT, (options) =>
        elb.send(new DescribeLoadBalancersCommand({ LoadBalancerArns: [arn] }), options),
      ),
      askIfAny(ATTRIBUTES, ABSENT, (options) =>
        elb.send(new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn: arn }), options),
      ),
    ]);
    if (described === undefined || attributes === undefined) return undefined;
    const loadBalancer = required(described.LoadBalancers?.[0], "LoadBalancers", DESCRIBE);
    const values = new Map(
      required(attributes.Attributes, "Attributes", ATTRIBUTES).map(({ Key, Value }) => [Key, Value]),
    );
    return {
      kind: "load-balancer",
      arn: required(loadBalancer.LoadBalancerArn, "LoadBalancerArn", DESCRIBE),
      dnsName: loadBalancer.DNSName ?? "",
      type: loadBalancer.Type ?? "",
      scheme: required(loadBalancer.Scheme, "Scheme", DESCRIBE),
      ipAddressType: loadBalancer.IpAddressType ?? "ipv4",
      state: loadBalancer.State?.Code ?? "",
      vpcId: loadBalancer.VpcId ?? "",
      subnetIds: required(loadBalancer.AvailabilityZones, "AvailabilityZones", DESCRIBE).flatMap(
        ({ SubnetId }) => SubnetId ?? [],
      ),
      securityGroupIds: loadBalancer.SecurityGroups ?? [],
      accessLogs: {
        enabled: values.get("access_logs.s3.enabled") === "true",
        bucket: values.get("access_logs.s3.bucket") ?? "",
        prefix: values.get("access_logs.s3.prefix") ?? "",
      },
    };
  },

  links: ({ arn, vpcId, subnetIds, securityGroupIds, accessLogs }, place) => [
    { kind: "listeners", subject: arn },
    ...targetIfAny("vpc", vpcId, place),
    ...subnetIds.map((id) => targetOf("subnet", id, place)),
    ...securityGroupIds.map((id) => targetOf("security-group", id, place)),
    ...targetIfAny("bucket", accessLogs.bucket, place),
  ],
};
