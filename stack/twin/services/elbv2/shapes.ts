import type { Resource, TwinState } from "../../state/twin-state.ts";
import type { Mapping } from "../mapping.ts";

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancer.html */
export const loadBalancerMapping = ({ subnets }: TwinState): Mapping<Resource<"loadBalancers">> => ({
  LoadBalancerArn: "arn",
  LoadBalancerName: "name",
  DNSName: "dns_name",
  CanonicalHostedZoneId: "zone_id",
  Scheme: ({ internal }) => (internal ? "internal" : "internet-facing"),
  Type: "load_balancer_type",
  State: () => ({ Code: "active" }),
  VpcId: "vpc_id",
  AvailabilityZones: (loadBalancer) =>
    loadBalancer.subnets.map((SubnetId) => ({
      ZoneName: subnets.find(({ id }) => id === SubnetId)?.availability_zone,
      SubnetId,
      LoadBalancerAddresses: [],
    })),
  SecurityGroups: "security_groups",
  IpAddressType: "ip_address_type",
});

type TargetGroup = Resource<"targetGroups">;

/** Members that a group of functions does not have. */
const unlessFunction = (value: (group: TargetGroup) => unknown) => (group: TargetGroup) =>
  group.target_type === "lambda" ? undefined : value(group);

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroup.html */
export const targetGroupMapping = (used: ReadonlyMap<string, readonly string[]>): Mapping<TargetGroup> => ({
  TargetGroupArn: "arn",
  TargetGroupName: "name",
  TargetType: "target_type",
  Protocol: unlessFunction(({ protocol }) => protocol),
  ProtocolVersion: unlessFunction(({ protocol_version }) => protocol_version),
  Port: unlessFunction(({ port }) => port),
  VpcId: unlessFunction(({ vpc_id }) => vpc_id),
  HealthCheckEnabled: ({ health_check }) => health_check?.enabled ?? false,
  HealthCheckProtocol: unlessFunction(({ health_check }) => health_check?.protocol ?? "HTTP"),
  HealthCheckPort: unlessFunction(({ health_check }) => health_check?.port ?? "traffic-port"),
  HealthCheckPath: ({ health_check }) => health_check?.path ?? "/",
  HealthCheckIntervalSeconds: ({ health_check }) => health_check?.interval,
  HealthCheckTimeoutSeconds: ({ health_check }) => health_check?.timeout,
  HealthyThresholdCount: ({ health_check }) => health_check?.healthy_threshold,
  UnhealthyThresholdCount: ({ health_check }) => health_check?.unhealthy_threshold,
  Matcher: ({ health_check }) => ({ HttpCode: health_check?.matcher ?? "200" }),
  LoadBalancerArns: ({ arn }) => used.get(arn) ?? [],
  IpAddressType: ({ ip_address_type }) => ip_address_type ?? "ipv4",
});
