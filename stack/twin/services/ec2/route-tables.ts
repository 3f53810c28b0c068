import { withoutIndexes } from "../../state/state-file.ts";
import type { Resource, TwinState } from "../../state/twin-state.ts";
import { derivedHex } from "../derived.ts";
import { type Mapping, mapped } from "../mapping.ts";
import { describe } from "./describe.ts";
import { tagSet } from "./ec2-parts.ts";
import { tagFilters } from "./filters.ts";

interface RouteTable {
  readonly id: string;
  readonly vpcId: string;
  readonly ownerId: string;
  readonly tags_all: Readonly<Record<string, string>>;
  readonly routes: readonly Record<string, unknown>[];
  readonly associations: readonly Association[];
}

interface Association {
  readonly id: string;
  readonly main: boolean;
  readonly subnetId?: string | undefined;
  readonly gatewayId?: string | undefined;
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RouteTable.html */
export const describeRouteTables = (state: TwinState) =>
  describe<RouteTable>({
    operation: "DescribeRouteTables",
    set: "routeTableSet",
    all: routeTablesOf(state),
    chosenBy: {
      RouteTableId: { idOf: ({ id }) => id, code: "InvalidRouteTableID.NotFound", what: "routeTable ID" },
    },
    filters: {
      ...tagFilters(),
      "route-table-id": ({ id }) => [id],
      "vpc-id": ({ vpcId }) => [vpcId],
      "owner-id": ({ ownerId }) => [ownerId],
      "association.main": ({ associations }) => associations.map(({ main }) => String(main)),
      "association.route-table-association-id": ({ associations }) => associations.map(({ id }) => id),
      "association.route-table-id": ({ id, associations }) => associations.map(() => id),
      "association.subnet-id": ({ associations }) => associations.map(({ subnetId }) => subnetId),
      "association.gateway-id": ({ associations }) => associations.map(({ gatewayId }) => gatewayId),
      "route.destination-cidr-block": routeValues("destinationCidrBlock"),
      "route.destination-ipv6-cidr-block": routeValues("destinationIpv6CidrBlock"),
      "route.gateway-id": routeValues("gatewayId"),
      "route.nat-gateway-id": routeValues("natGatewayId"),
      "route.state": routeValues("state"),
      "route.origin": routeValues("origin"),
    },
    shape: {
      routeTableId: "id",
      vpcId: "vpcId",
      ownerId: "ownerId",
      routeSet: "routes",
      associationSet: ({ id: routeTableId, associations }) =>
        associations.map(({ id: routeTableAssociationId, ...rest }) => ({
          routeTableAssociationId,
          routeTableId,
          ...rest,
          associationState: { state: "associated" },
        })),
      propagatingVgwSet: () => [],
      tagSet: ({ tags_all }) => tagSet(tags_all),
    },
  });

const routeValues =
  (member: string) =>
  ({ routes }: RouteTable) =>
    routes.map((route) => (typeof route[member] === "string" ? route[member] : undefined));

/** Every VPC has a main route table, which most stacks do not mention: it is among them all the same. */
export function routeTablesOf(state: TwinState): RouteTable[] {
  const mentioned = state.routeTables.map((table) => ({
    id: table.id,
    vpcId: table.vpc_id,
    ownerId: table.owner_id ?? state.accountId,
    tags_all: table.tags_all,
    routes: [...localRoutes(state, table.vpc_id), ...routesOf(state, table)],
    associations: associationsOf(state, table.id),
  }));
  const unmentioned = state.vpcs.flatMap(({ id: vpcId, owner_id, default_route_table_id: id }) => {
    if (id === undefined || state.routeTables.some((table) => table.id === id)) return [];
    const routes = [...localRoutes(state, vpcId), ...routesApart(state, id)];
    return [
      {
        id,
        vpcId,
        ownerId: owner_id ?? state.accountId,
        tags_all: {},
        routes,
        associations: associationsOf(state, id),
      },
    ];
  });
  return [...mentioned, ...unmentioned];
}

const target: Mapping<Omit<Resource<"routeTables">["route"][number], "cidr_block" | "ipv6_cidr_block">> = {
  destinationPrefixListId: "destination_prefix_list_id",
  gatewayId: ({ gateway_id, vpc_endpoint_id }) => gateway_id ?? vpc_endpoint_id,
  natGatewayId: "nat_gateway_id",
  egressOnlyInternetGatewayId: "egress_only_gateway_id",
  networkInterfaceId: "network_interface_id",
  transitGatewayId: "transit_gateway_id",
  vpcPeeringConnectionId: "vpc_peering_connection_id",
  carrierGatewayId: "carrier_gateway_id",
  localGatewayId: "local_gateway_id",
  coreNetworkArn: "core_network_arn",
};

/**
 * The routes of a table. A refreshed state shows aws_route resources once more inside the table: these count where
 * there are any, and the copies do not, even where the original is gone.
 */
function routesOf(state: TwinState, table: Resource<"routeTables">): Record<string, unknown>[] {
  const apart = routesApart(state, table.id);
  if (apart.length > 0) return apart;
  const written = table.route.filter((route) => !isCopy(state, table, route.gateway_id ?? route.nat_gateway_id));
  return written.map((route) => ({
    destinationCidrBlock: route.cidr_block,
    destinationIpv6CidrBlock: route.ipv6_cidr_block,
    ...mapped(route, target),
    origin: "CreateRoute",
    state: "active",
  }));
}

/**
 * A route that is written inside of a table names its gateway there, so the table was made after the gateway. One that
 * leads to a gateway of this state that the table does not depend on was read back from an aws_route.
 */
function isCopy(state: TwinState, { dependsOn }: Resource<"routeTables">, gatewayId: string | undefined): boolean {
  const gateway = [...state.internetGateways, ...state.natGateways].find(({ id }) => id === gatewayId);
  if (gateway === undefined || dependsOn === undefined) return false;
  return !dependsOn.includes(withoutIndexes(gateway.address));
}

function routesApart(state: TwinState, routeTableId: string): Record<string, unknown>[] {
  return state.routes
    .filter((route) => route.route_table_id === routeTableId)
    .map((route) => ({
      destinationCidrBlock: route.destination_cidr_block,
      destinationIpv6CidrBlock: route.destination_ipv6_cidr_block,
      ...mapped(route, target),
      instanceId: route.instance_id,
      origin: route.origin,
      state: route.state,
    }));
}

/** Within a VPC everything reaches everything; Terraform leaves these routes out. */
function localRoutes({ vpcs }: TwinState, vpcId: string): Record<string, unknown>[] {
  const local = { gatewayId: "local", origin: "CreateRouteTable", state: "active" };
  const vpc = vpcs.find(({ id }) => id === vpcId);
  const routes: Record<string, unknown>[] = [];
  if (vpc !== undefined) routes.push({ destinationCidrBlock: vpc.cidr_block, ...local });
  if (vpc?.ipv6_cidr_block !== undefined) routes.push({ destinationIpv6CidrBlock: vpc.ipv6_cidr_block, ...local });
  return routes;
}

function associationsOf(state: TwinState, routeTableId: string): Association[] {
  const main = state.vpcs
    .filter((vpc) => mainRouteTableOf(state, vpc) === routeTableId)
    .map(({ id }) => ({ id: `rtbassoc-${derivedHex(`${id} main`, 17)}`, main: true }));
  const explicit = state.routeTableAssociations
    .filter((association) => association.route_table_id === routeTableId)
    .map(({ id, subnet_id, gateway_id }) => ({ id, main: false, subnetId: subnet_id, gatewayId: gateway_id }));
  return [...main, ...explicit];
}

function mainRouteTableOf(state: TwinState, vpc: Resource<"vpcs">): string | undefined {
  const chosen = state.mainRouteTableAssociations.find(({ vpc_id }) => vpc_id === vpc.id);
  return chosen?.route_table_id ?? vpc.main_route_table_id ?? vpc.default_route_table_id;
}
