import type { Resource, TwinState } from "../../state/twin-state.ts";
import { describe } from "./describe.ts";
import { ec2Arn, tagSet } from "./ec2-parts.ts";
import { tagFilters } from "./filters.ts";
import { defaultGroupRules, rulesOf, type SecurityGroupRule } from "./security-group-rules.ts";

interface SecurityGroup {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly vpcId: string | undefined;
  readonly ownerId: string;
  readonly tags_all: Readonly<Record<string, string>>;
  readonly ingress: readonly SecurityGroupRule[];
  readonly egress: readonly SecurityGroupRule[];
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SecurityGroup.html */
export const describeSecurityGroups = (state: TwinState) =>
  describe<SecurityGroup>({
    operation: "DescribeSecurityGroups",
    set: "securityGroupInfo",
    all: securityGroupsOf(state),
    chosenBy: {
      GroupId: { idOf: ({ id }) => id, code: "InvalidGroup.NotFound", what: "security group" },
      GroupName: { idOf: ({ name }) => name, code: "InvalidGroup.NotFound", what: "security group" },
    },
    filters: {
      ...tagFilters(),
      "group-id": ({ id }) => [id],
      "group-name": ({ name }) => [name],
      "vpc-id": ({ vpcId }) => [vpcId],
      "owner-id": ({ ownerId }) => [ownerId],
      description: ({ description }) => [description],
      "ip-permission.cidr": ({ ingress }) => ingress.map(({ peer }) => (peer.kind === "ipv4" ? peer.cidr : undefined)),
      "ip-permission.ipv6-cidr": ({ ingress }) =>
        ingress.map(({ peer }) => (peer.kind === "ipv6" ? peer.cidr : undefined)),
      "ip-permission.from-port": ({ ingress }) => ingress.map(({ fromPort }) => String(fromPort)),
      "ip-permission.to-port": ({ ingress }) => ingress.map(({ toPort }) => String(toPort)),
      "ip-permission.protocol": ({ ingress }) => ingress.map(({ protocol }) => protocol),
    },
    shape: {
      groupId: "id",
      groupName: "name",
      groupDescription: "description",
      securityGroupArn: ({ id }) => ec2Arn(state, "security-group", id),
      ownerId: "ownerId",
      vpcId: "vpcId",
      ipPermissions: ({ ingress, ownerId }) => permissionsOf(ingress, ownerId),
      ipPermissionsEgress: ({ egress, ownerId }) => permissionsOf(egress, ownerId),
      tagSet: ({ tags_all }) => tagSet(tags_all),
    },
  });

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SecurityGroupRule.html */
export const describeSecurityGroupRules = (state: TwinState) =>
  describe<SecurityGroupRule>({
    operation: "DescribeSecurityGroupRules",
    set: "securityGroupRuleSet",
    all: securityGroupsOf(state).flatMap(({ ingress, egress }) => [...ingress, ...egress]),
    chosenBy: {
      SecurityGroupRuleId: {
        idOf: ({ id }) => id,
        code: "InvalidSecurityGroupRuleId.NotFound",
        what: "security group rule ID",
      },
    },
    filters: {
      ...tagFilters(),
      "group-id": ({ groupId }) => [groupId],
      "security-group-rule-id": ({ id }) => [id],
    },
    shape: {
      securityGroupRuleId: "id",
      securityGroupRuleArn: ({ id }) => ec2Arn(state, "security-group-rule", id),
      groupId: "groupId",
      groupOwnerId: () => state.accountId,
      isEgress: "isEgress",
      ipProtocol: "protocol",
      fromPort: "fromPort",
      toPort: "toPort",
      cidrIpv4: ({ peer }) => (peer.kind === "ipv4" ? peer.cidr : undefined),
      cidrIpv6: ({ peer }) => (peer.kind === "ipv6" ? peer.cidr : undefined),
      prefixListId: ({ peer }) => (peer.kind === "prefix-list" ? peer.prefixListId : undefined),
      referencedGroupInfo: ({ peer }) =>
        peer.kind === "group" ? { groupId: peer.groupId, userId: state.accountId } : undefined,
      description: "description",
      tagSet: ({ tags_all }) => tagSet(tags_all),
    },
  });

/** Every VPC has a default group, which most stacks do not mention: it is among them all the same. */
function securityGroupsOf(state: TwinState): SecurityGroup[] {
  const mentioned = state.securityGroups.map((group: Resource<"securityGroups">) => ({
    id: group.id,
    name: group.name,
    description: group.description,
    vpcId: group.vpc_id,
    ownerId: group.owner_id ?? state.accountId,
    tags_all: group.tags_all,
    ingress: rulesOf(state, group, false),
    egress: rulesOf(state, group, true),
  }));
  const unmentioned = state.vpcs.flatMap(({ id: vpcId, owner_id, default_security_group_id: id }) => {
    if (id === undefined || state.securityGroups.some((group) => group.id === id)) return [];
    return [
      {
        id,
        name: "default",
        description: "default VPC security group",
        vpcId,
        ownerId: owner_id ?? state.accountId,
        tags_all: {},
        ingress: defaultGroupRules(id, false),
        egress: defaultGroupRules(id, true),
      },
    ];
  });
  return [...mentioned, ...unmentioned];
}

/** Rules of one protocol and range of ports make one permission. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html */
function permissionsOf(rules: readonly SecurityGroupRule[], ownerId: string): unknown[] {
  const permissions = new Map<string, SecurityGroupRule[]>();
  for (const rule of rules) {
    const key = JSON.stringify([rule.protocol, rule.fromPort, rule.toPort]);
    permissions.set(key, [...(permissions.get(key) ?? []), rule]);
  }
  return [...permissions.values()].map((same) => {
    const [first] = same;
    const ports = first?.protocol === "-1" ? {} : { fromPort: first?.fromPort, toPort: first?.toPort };
    const peers = same.map(({ peer, description }) => ({ peer, description }));
    return {
      ipProtocol: first?.protocol,
      ...ports,
      ipRanges: peers.flatMap(({ peer, description }) =>
        peer.kind === "ipv4" ? [{ cidrIp: peer.cidr, description }] : [],
      ),
      ipv6Ranges: peers.flatMap(({ peer, description }) =>
        peer.kind === "ipv6" ? [{ cidrIpv6: peer.cidr, description }] : [],
      ),
      prefixListIds: peers.flatMap(({ peer, description }) =>
        peer.kind === "prefix-list" ? [{ prefixListId: peer.prefixListId, description }] : [],
      ),
      groups: peers.flatMap(({ peer, description }) =>
        peer.kind === "group" ? [{ groupId: peer.groupId, userId: ownerId, description }] : [],
      ),
    };
  });
}
