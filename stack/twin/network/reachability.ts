import type { Resource, TwinState } from "../state/twin-state.ts";
import { internetRoutes } from "./internet-routes.ts";
import { groupsAllow } from "./security-groups.ts";

/** Whether a connection comes about; why not, where it does not. */
type Reachability = { readonly kind: "reached" } | { readonly kind: "unreachable"; readonly reason: string };

const REACHED: Reachability = { kind: "reached" };
const unreachable = (reason: string): Reachability => ({ kind: "unreachable", reason });

/**
 * Whether a client of the internet connects to a load balancer's listener: the load balancer is internet-facing, a subnet
 * of its has a route to an internet gateway, and its security groups let the client in on the port. AWS drops the
 * packets otherwise, and the client's connection times out.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html#connection-timed-out
 */
export function internetReaches(
  state: TwinState,
  { internal, subnets, security_groups }: Resource<"loadBalancers">,
  port: number,
  clientIp: string,
): Reachability {
  if (internal) return unreachable("it is internal");
  const known = subnets.filter((subnetId) => state.subnets.some(({ id }) => id === subnetId));
  if (known.length > 0 && !known.some((subnetId) => internetRoutes(state, subnetId).gateway)) {
    return unreachable("none of its subnets has a route to an internet gateway");
  }
  const open =
    security_groups.length === 0 || groupsAllow(state, security_groups, { direction: "in", port, peerIp: clientIp });
  return open ? REACHED : unreachable(`none of its security groups lets the internet in on port ${port}`);
}

/** The address that stands for AWS' own endpoints: any of the internet's. */
const ENDPOINT_IP = "198.51.100.10";

/**
 * Whether an instance reaches AWS' endpoints on 443: it runs, its security groups let it out, and its subnet has a way
 * out: an internet gateway for an instance with a public address, a NAT gateway for any.
 */
export function reachesEndpoints(
  state: TwinState,
  { instance_state, subnet_id, public_ip, vpc_security_group_ids }: Resource<"instances">,
): Reachability {
  if (instance_state !== "running") return unreachable(`it is ${instance_state}`);
  const out = { direction: "out", port: 443, peerIp: ENDPOINT_IP } as const;
  if (vpc_security_group_ids.length > 0 && !groupsAllow(state, vpc_security_group_ids, out)) {
    return unreachable("none of its security groups lets it out on port 443");
  }
  if (subnet_id === undefined || !state.subnets.some(({ id }) => id === subnet_id)) return REACHED;
  const { gateway, nat } = internetRoutes(state, subnet_id);
  if (nat || (gateway && public_ip !== undefined)) return REACHED;
  return unreachable("its subnet has no way out to AWS' endpoints");
}
