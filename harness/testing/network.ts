import { output, type StateChange, type StateResource } from "./state.ts";

/** One rule of a security group, as the provider's own resource for it spells it. */
export interface IngressRule {
  readonly ip_protocol: string;
  readonly from_port: number | null;
  readonly to_port: number | null;
  readonly cidr_ipv4?: string;
  readonly cidr_ipv6?: string;
}

/** Replaces an ingress rule of the load balancer's security group by another, or removes it; also where the group's resource read it back. */
export function ingress(rule: string, to: IngressRule | undefined): StateChange {
  return (each) => {
    if (each.type === "aws_security_group" && each.name === "alb")
      return { ...each, values: { ...each.values, ingress: [] } };
    if (each.type !== "aws_vpc_security_group_ingress_rule" || each.name !== rule) return each;
    if (to === undefined) return undefined;
    return { ...each, values: { ...each.values, cidr_ipv4: null, cidr_ipv6: null, ...to } };
  };
}

const NO_TARGET = { gateway_id: "", nat_gateway_id: "", network_interface_id: "", vpc_endpoint_id: "" };

/** Leads the default route of the public subnets elsewhere, or removes it; also where the route table read it back. */
export function publicDefaultRoute(to: Partial<typeof NO_TARGET> | undefined): StateChange {
  const isPublic = (each: StateResource) => each.name.startsWith("public");
  return (each) => {
    if (each.type === "aws_route" && isPublic(each))
      return to === undefined ? undefined : { ...each, values: { ...each.values, ...NO_TARGET, ...to } };
    if (each.type !== "aws_route_table" || !isPublic(each)) return each;
    const [route] = Array.isArray(each.values["route"]) ? each.values["route"] : [];
    return { ...each, values: { ...each.values, route: to === undefined ? [] : [{ ...route, ...NO_TARGET, ...to }] } };
  };
}

/** The subnets of the load balancer. */
export function loadBalancerSubnets(ids: readonly string[]): StateChange {
  return (each) => {
    if (each.type !== "aws_lb" || each.values["arn"] !== output("alb_arn")) return each;
    const subnet_mapping = ids.map((subnet_id) => ({
      subnet_id,
      allocation_id: "",
      ipv6_address: "",
      outpost_id: "",
      private_ipv4_address: "",
    }));
    return { ...each, values: { ...each.values, subnets: ids, subnet_mapping } };
  };
}

/** What a listener or a rule of it does, as the provider reads it back. */
export function listenerAction(values: Readonly<Record<string, unknown>>) {
  const nothing = { authenticate_cognito: [], authenticate_oidc: [], fixed_response: [], forward: [], redirect: [] };
  return { ...nothing, order: 1, target_group_arn: "", ...values };
}
