import { DescribeVpcsCommand } from "@aws-sdk/client-ec2";
import { needsOn } from "../../../model/settings/need.ts";
import type { Reader } from "../reader.ts";
import { required } from "../unread.ts";

const DESCRIBE = "ec2:DescribeVpcs";
const ABSENT = ["InvalidVpcID.NotFound", "InvalidVpcId.Malformed"];

export const vpcReader: Reader<"vpc"> = {
  kind: "vpc",
  namedBy: ({ vpc }) => [vpc],
  isLinked: true,

  /** EC2's Describe actions do not support resource-level permissions. */
  needs: () => needsOn([DESCRIBE], ["*"]),

  async read(id, { clients, askIfAny }) {
    const ec2 = await clients.ec2();
    const answer = await askIfAny(DESCRIBE, ABSENT, (options) =>
      ec2.send(new DescribeVpcsCommand({ VpcIds: [id] }), options),
    );
    if (answer === undefined) return undefined;
    const vpc = required(answer.Vpcs?.[0], "Vpcs", DESCRIBE);
    const main = required(vpc.CidrBlock, "CidrBlock", DESCRIBE);
    const associated = (vpc.CidrBlockAssociationSet ?? []).flatMap(({ CidrBlock, CidrBlockState }) =>
      CidrBlock !== undefined && isInUse(CidrBlockState?.State) ? CidrBlock : [],
    );
    return {
      kind: "vpc",
      id,
      cidrsIpv4: [...new Set([main, ...associated])],
      cidrsIpv6: (vpc.Ipv6CidrBlockAssociationSet ?? []).flatMap(({ Ipv6CidrBlock, Ipv6CidrBlockState }) =>
        Ipv6CidrBlock !== undefined && isInUse(Ipv6CidrBlockState?.State) ? Ipv6CidrBlock : [],
      ),
    };
  },

  links: ({ id }) => [{ kind: "flow-logs", subject: id }],
};

/** A block that was given up stays listed for a while. */
function isInUse(state: string | undefined): boolean {
  return state === undefined || state === "associated" || state === "associating";
}
