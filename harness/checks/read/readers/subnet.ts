import {
  DescribeRouteTablesCommand,
  DescribeSubnetsCommand,
  type Filter,
  type Route,
  type RouteTable,
} from "@aws-sdk/client-ec2";
import { needsOn } from "../../../model/settings/need.ts";
import type { SubnetSetting } from "../../../model/settings/network-setting.ts";
import { targetOf } from "../../../model/settings/subject.ts";
import { createMemo } from "../memo.ts";
import type { Reader, ReadTools } from "../reader.ts";
import { required } from "../unread.ts";

const SUBNETS = "ec2:DescribeSubnets";
const ROUTE_TABLES = "ec2:DescribeRouteTables";
const ABSENT = ["InvalidSubnetID.NotFound", "InvalidSubnetId.Malformed"];

/** A subnet with the routes that hold for it. */
export const subnetReader: Reader<"subnet"> = {
  kind: "subnet",
  isLinked: true,

  /** EC2's Describe actions do not support resource-level permissions. */
  needs: () => needsOn([SUBNETS, ROUTE_TABLES], ["*"]),

  async read(id, tools) {
    const ec2 = await tools.clients.ec2();
    const answer = await tools.askIfAny(SUBNETS, ABSENT, (options) =>
      ec2.send(new DescribeSubnetsCommand({ SubnetIds: [id] }), options),
    );
    if (answer === undefined) return undefined;
    const subnet = required(answer.Subnets?.[0], "Subnets", SUBNETS);
    const vpcId = required(subnet.VpcId, "VpcId", SUBNETS);
    const routeTable = await readRouteTable(id, vpcId, tools);
    return {
      kind: "subnet",
      id,
      vpcId,
      routeTableId: required(routeTable.RouteTableId, "RouteTableId", ROUTE_TABLES),
      routes: required(routeTable.Routes, "Routes", ROUTE_TABLES).map(toRoute),
    };
  },

  links: ({ vpcId }, place) => [targetOf("vpc", vpcId, place)],
};

const mainRouteTables = createMemo<RouteTable | undefined>();

/** The table that the subnet is associated with; without an association, the main one of its VPC. */
async function readRouteTable(subnetId: string, vpcId: string, tools: ReadTools): Promise<RouteTable> {
  const own = await findRouteTable([{ Name: "association.subnet-id", Values: [subnetId] }], tools);
  if (own !== undefined) return own;
  const main = await mainRouteTables(tools, vpcId, () =>
    findRouteTable(
      [
        { Name: "vpc-id", Values: [vpcId] },
        { Name: "association.main", Values: ["true"] },
      ],
      tools,
    ),
  );
  return required(main, "the main route table of the VPC", ROUTE_TABLES);
}

async function findRouteTable(Filters: Filter[], { clients, ask }: ReadTools): Promise<RouteTable | undefined> {
  const ec2 = await clients.ec2();
  const answer = await ask(ROUTE_TABLES, (options) => ec2.send(new DescribeRouteTablesCommand({ Filters }), options));
  return required(answer.RouteTables, "RouteTables", ROUTE_TABLES)[0];
}

function toRoute(route: Route): SubnetSetting["routes"][number] {
  return {
    destination: route.DestinationCidrBlock ?? route.DestinationIpv6CidrBlock ?? route.DestinationPrefixListId ?? "",
    target:
      route.GatewayId ??
      route.NatGatewayId ??
      route.TransitGatewayId ??
      route.EgressOnlyInternetGatewayId ??
      route.VpcPeeringConnectionId ??
      route.NetworkInterfaceId ??
      route.InstanceId ??
      route.CarrierGatewayId ??
      route.LocalGatewayId ??
      route.CoreNetworkArn ??
      "",
    state: route.State ?? "",
  };
}
