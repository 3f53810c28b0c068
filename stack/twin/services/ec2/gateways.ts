import type { Resource, TwinState } from "../../state/twin-state.ts";
import { describe } from "./describe.ts";
import { tagSet } from "./ec2-parts.ts";
import { tagFilters } from "./filters.ts";

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InternetGateway.html */
export function describeInternetGateways(state: TwinState) {
  const vpcOf = ({ id, vpc_id }: Resource<"internetGateways">) =>
    vpc_id ?? state.internetGatewayAttachments.find((each) => each.internet_gateway_id === id)?.vpc_id;
  return describe({
    operation: "DescribeInternetGateways",
    set: "internetGatewaySet",
    all: state.internetGateways,
    chosenBy: {
      InternetGatewayId: {
        idOf: ({ id }) => id,
        code: "InvalidInternetGatewayID.NotFound",
        what: "internetGateway ID",
      },
    },
    filters: {
      ...tagFilters(),
      "internet-gateway-id": ({ id }) => [id],
      "attachment.vpc-id": (gateway) => [vpcOf(gateway)],
      "attachment.state": (gateway) => [vpcOf(gateway) && "available"],
      "owner-id": ({ owner_id }) => [owner_id ?? state.accountId],
    },
    shape: {
      internetGatewayId: "id",
      ownerId: ({ owner_id }) => owner_id ?? state.accountId,
      attachmentSet: (gateway) => {
        const vpcId = vpcOf(gateway);
        return vpcId === undefined ? [] : [{ vpcId, state: "available" }];
      },
      tagSet: ({ tags_all }) => tagSet(tags_all),
    },
  });
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NatGateway.html */
export function describeNatGateways(state: TwinState) {
  const vpcOf = ({ subnet_id }: Resource<"natGateways">) => state.subnets.find(({ id }) => id === subnet_id)?.vpc_id;
  return describe({
    operation: "DescribeNatGateways",
    set: "natGatewaySet",
    all: state.natGateways,
    chosenBy: { NatGatewayId: { idOf: ({ id }) => id, code: "NatGatewayNotFound", what: "nat gateway ID" } },
    filters: {
      ...tagFilters(),
      "nat-gateway-id": ({ id }) => [id],
      "subnet-id": ({ subnet_id }) => [subnet_id],
      "vpc-id": (gateway) => [vpcOf(gateway)],
      state: () => ["available"],
    },
    shape: {
      natGatewayId: "id",
      subnetId: "subnet_id",
      vpcId: vpcOf,
      state: () => "available",
      connectivityType: "connectivity_type",
      natGatewayAddressSet: (gateway) => [
        {
          allocationId: gateway.allocation_id,
          associationId: gateway.association_id,
          networkInterfaceId: gateway.network_interface_id,
          privateIp: gateway.private_ip,
          publicIp: gateway.public_ip,
          isPrimary: true,
          status: "succeeded",
        },
      ],
      tagSet: ({ tags_all }) => tagSet(tags_all),
    },
  });
}
