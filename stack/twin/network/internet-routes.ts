import { routeTablesOf } from "../services/ec2/route-tables.ts";
import type { TwinState } from "../state/twin-state.ts";

/** What a subnet's route table has for the way to and from the internet. */
interface InternetRoutes {
  /** A default route to an internet gateway of the VPC: what has a public address is reached, and reaches out. */
  readonly gateway: boolean;
  /** A default route to a NAT gateway that reaches the internet itself: a way out, not in. */
  readonly nat: boolean;
}

/** https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html: the subnet's own table, else the VPC's main one. */
export function internetRoutes(state: TwinState, subnetId: string): InternetRoutes {
  return {
    gateway: leadsToGateway(state, subnetId),
    nat: defaultRoutes(state, subnetId).some(({ natGatewayId }) => natReachesInternet(state, natGatewayId)),
  };
}

function leadsToGateway(state: TwinState, subnetId: string): boolean {
  return defaultRoutes(state, subnetId).some(({ gatewayId }) => isAttached(state, subnetId, gatewayId));
}

interface DefaultRoute {
  readonly gatewayId: unknown;
  readonly natGatewayId: unknown;
}

function defaultRoutes(state: TwinState, subnetId: string): DefaultRoute[] {
  const vpcId = state.subnets.find(({ id }) => id === subnetId)?.vpc_id;
  const tables = routeTablesOf(state).filter((table) => table.vpcId === vpcId);
  const own = tables.find(({ associations }) => associations.some((each) => each.subnetId === subnetId));
  const table = own ?? tables.find(({ associations }) => associations.some(({ main }) => main));
  return (table?.routes ?? [])
    .filter((route) => route["destinationCidrBlock"] === "0.0.0.0/0" && route["state"] === "active")
    .map((route) => ({ gatewayId: route["gatewayId"], natGatewayId: route["natGatewayId"] }));
}

/** A gateway of another state (`igw-…` that this one does not hold) is taken to be attached. */
function isAttached(state: TwinState, subnetId: string, gatewayId: unknown): boolean {
  if (typeof gatewayId !== "string" || !gatewayId.startsWith("igw-")) return false;
  const gateway = state.internetGateways.find(({ id }) => id === gatewayId);
  if (gateway === undefined) return true;
  const vpcId = state.subnets.find(({ id }) => id === subnetId)?.vpc_id;
  const attachments = state.internetGatewayAttachments.filter(
    ({ internet_gateway_id }) => internet_gateway_id === gatewayId,
  );
  return gateway.vpc_id === vpcId || attachments.some(({ vpc_id }) => vpc_id === vpcId);
}

/** Its own subnet needs the internet gateway: another NAT gateway there, or itself, leads nowhere. */
function natReachesInternet(state: TwinState, natGatewayId: unknown): boolean {
  if (typeof natGatewayId !== "string") return false;
  const nat = state.natGateways.find(({ id }) => id === natGatewayId);
  if (nat === undefined) return true;
  return nat.connectivity_type === "public" && leadsToGateway(state, nat.subnet_id);
}
