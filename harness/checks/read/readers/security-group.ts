import { DescribeSecurityGroupsCommand, type IpPermission } from "@aws-sdk/client-ec2";
import { needsOn } from "../../../model/settings/need.ts";
import type { SecurityGroupRule } from "../../../model/settings/network-setting.ts";
import type { Reader } from "../reader.ts";
import { required } from "../unread.ts";

const DESCRIBE = "ec2:DescribeSecurityGroups";
const ABSENT = ["InvalidGroup.NotFound", "InvalidGroupId.Malformed"];

export const securityGroupReader: Reader<"security-group"> = {
  kind: "security-group",
  isLinked: true,

  /** EC2's Describe actions do not support resource-level permissions. */
  needs: () => needsOn([DESCRIBE], ["*"]),

  async read(id, { clients, askIfAny }) {
    const ec2 = await clients.ec2();
    const answer = await askIfAny(DESCRIBE, ABSENT, (options) =>
      ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: [id] }), options),
    );
    if (answer === undefined) return undefined;
    const group = required(answer.SecurityGroups?.[0], "SecurityGroups", DESCRIBE);
    return {
      kind: "security-group",
      id,
      ingress: required(group.IpPermissions, "IpPermissions", DESCRIBE).map(toRule),
      egress: required(group.IpPermissionsEgress, "IpPermissionsEgress", DESCRIBE).map(toRule),
    };
  },

  links: () => [],
};

/** Ports are left out where the protocol is all, or has none. */
function toRule(permission: IpPermission): SecurityGroupRule {
  return {
    protocol: required(permission.IpProtocol, "IpProtocol", DESCRIBE),
    fromPort: permission.FromPort ?? -1,
    toPort: permission.ToPort ?? -1,
    cidrsIpv4: (permission.IpRanges ?? []).flatMap(({ CidrIp }) => CidrIp ?? []),
    cidrsIpv6: (permission.Ipv6Ranges ?? []).flatMap(({ CidrIpv6 }) => CidrIpv6 ?? []),
    securityGroupIds: (permission.UserIdGroupPairs ?? []).flatMap(({ GroupId }) => GroupId ?? []),
    prefixListIds: (permission.PrefixListIds ?? []).flatMap(({ PrefixListId }) => PrefixListId ?? []),
  };
}
