import type { TwinState } from "../../state/twin-state.ts";
import { derivedHex } from "../derived.ts";
import { describe } from "./describe.ts";
import { ec2Arn, tagSet } from "./ec2-parts.ts";
import { tagFilters } from "./filters.ts";

const ASSOCIATED = { state: "associated" };

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Vpc.html */
export const describeVpcs = ({ vpcs, accountId }: TwinState) =>
  describe({
    operation: "DescribeVpcs",
    set: "vpcSet",
    all: vpcs,
    chosenBy: { VpcId: { idOf: ({ id }) => id, code: "InvalidVpcID.NotFound", what: "vpc ID" } },
    filters: {
      ...tagFilters(),
      "vpc-id": ({ id }) => [id],
      cidr: ({ cidr_block }) => [cidr_block],
      "cidr-block": ({ cidr_block }) => [cidr_block],
      "owner-id": ({ owner_id }) => [owner_id ?? accountId],
      state: () => ["available"],
      "is-default": () => ["false"],
      isDefault: () => ["false"],
      "dhcp-options-id": ({ dhcp_options_id }) => [dhcp_options_id],
    },
    shape: {
      vpcId: "id",
      ownerId: ({ owner_id }) => owner_id ?? accountId,
      state: () => "available",
      cidrBlock: "cidr_block",
      dhcpOptionsId: "dhcp_options_id",
      instanceTenancy: "instance_tenancy",
      isDefault: () => false,
      cidrBlockAssociationSet: ({ id, cidr_block }) => [
        {
          associationId: `vpc-cidr-assoc-${derivedHex(`${id} ${cidr_block}`, 17)}`,
          cidrBlock: cidr_block,
          cidrBlockState: ASSOCIATED,
        },
      ],
      ipv6CidrBlockAssociationSet: ({ ipv6_cidr_block, ipv6_association_id }) =>
        ipv6_cidr_block && [
          { associationId: ipv6_association_id, ipv6CidrBlock: ipv6_cidr_block, ipv6CidrBlockState: ASSOCIATED },
        ],
      tagSet: ({ tags_all }) => tagSet(tags_all),
    },
  });

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Subnet.html */
export const describeSubnets = (state: TwinState) =>
  describe({
    operation: "DescribeSubnets",
    set: "subnetSet",
    all: state.subnets,
    chosenBy: { SubnetId: { idOf: ({ id }) => id, code: "InvalidSubnetID.NotFound", what: "subnet ID" } },
    filters: {
      ...tagFilters(),
      "subnet-id": ({ id }) => [id],
      "vpc-id": ({ vpc_id }) => [vpc_id],
      "availability-zone": ({ availability_zone }) => [availability_zone],
      availabilityZone: ({ availability_zone }) => [availability_zone],
      "availability-zone-id": ({ availability_zone_id }) => [availability_zone_id],
      "cidr-block": ({ cidr_block }) => [cidr_block],
      cidrBlock: ({ cidr_block }) => [cidr_block],
      "map-public-ip-on-launch": ({ map_public_ip_on_launch }) => [String(map_public_ip_on_launch)],
      "default-for-az": () => ["false"],
      "owner-id": ({ owner_id }) => [owner_id ?? state.accountId],
      state: () => ["available"],
    },
    shape: {
      subnetId: "id",
      subnetArn: ({ id, arn }) => arn ?? ec2Arn(state, "subnet", id),
      vpcId: "vpc_id",
      ownerId: ({ owner_id }) => owner_id ?? state.accountId,
      state: () => "available",
      cidrBlock: "cidr_block",
      ipv6CidrBlockAssociationSet: ({ ipv6_cidr_block, ipv6_cidr_block_association_id }) =>
        ipv6_cidr_block && [
          {
            associationId: ipv6_cidr_block_association_id,
            ipv6CidrBlock: ipv6_cidr_block,
            ipv6CidrBlockState: ASSOCIATED,
          },
        ],
      availabilityZone: "availability_zone",
      availabilityZoneId: "availability_zone_id",
      defaultForAz: () => false,
      mapPublicIpOnLaunch: "map_public_ip_on_launch",
      assignIpv6AddressOnCreation: "assign_ipv6_address_on_creation",
      tagSet: ({ tags_all }) => tagSet(tags_all),
    },
  });
