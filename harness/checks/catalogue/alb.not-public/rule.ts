import { nameIn } from "../../../model/resource-name.ts";
import type { SubnetSetting } from "../../../model/settings/network-setting.ts";
import { attempt, CannotTell, existing, judging, passes, settingOf } from "../../judging.ts";
import { type AddressFamily, holdsEveryAddress } from "../../network/address-range.ts";
import { lines, resource, terraform, within } from "../../remedy.ts";
import type { Broken, Judged, Rule } from "../../rule.ts";

/**
 * A public load balancer is internet-facing and has a way to the internet in each of its subnets: its DNS name answers with an
 * address in every one of them.
 * docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html
 */
export const albNotPublic: Rule = {
  code: "alb.not-public",
  severity: "flow",
  title: "The load balancer is reachable from the internet",
  breaks:
    "An internal load balancer, or one in subnets without a route to an internet gateway: nothing outside the VPC reaches it, or only some of its addresses answer.",
  reads: ["load-balancer", "subnet"],
  needs: ["loadBalancer"],
  remedy:
    "Set internal = false on aws_lb, and give it subnets whose route table has a route 0.0.0.0/0 to an aws_internet_gateway.",

  judge(account, context) {
    const arn = context.roles.loadBalancer ?? "";
    const name = nameIn(arn);
    const subject = `load balancer ${name}`;
    return judging(subject, () => {
      const balancer = settingOf(account, "load-balancer", arn, subject);
      if (balancer === null) return gone(arn);
      const { scheme, subnetIds, ipAddressType } = balancer;
      if (scheme === "internal") return internal(name);
      const subnets = subnetIds.map((id) =>
        attempt(() => existing(account, "subnet", id, `subnet ${id} of ${subject}`)),
      );
      // IPv6 next to public IPv4 is not asked for: a client that cannot use it falls back.
      return judgeSubnets(name, ipAddressType === "dualstack-without-public-ipv4" ? "IPv6" : "IPv4", subnets);
    });
  },
};

function judgeSubnets(name: string, family: AddressFamily, subnets: readonly (SubnetSetting | CannotTell)[]): Judged {
  const read = subnets.flatMap((subnet) => (subnet instanceof CannotTell ? [] : [subnet]));
  const withoutWay = read.filter((subnet) => wayOf(subnet, family) === "none");
  if (withoutWay.length > 0) return noRoute(name, family, withoutWay, read.length - withoutWay.length);
  const unread = subnets.find((subnet) => subnet instanceof CannotTell);
  if (unread !== undefined) throw unread;
  const appliance = read.find((subnet) => wayOf(subnet, family) === "appliance");
  if (appliance !== undefined) return throughAppliance(appliance);
  return passes(
    `The load balancer ${name} is internet-facing, and each of its subnets has a route to the internet.`,
    read.map(describeRoutes),
  );
}

/** `none`: what a private subnet has, a NAT gateway included: it lets nobody in. */
function wayOf({ routes }: SubnetSetting, family: AddressFamily): "internet" | "appliance" | "none" {
  const active = routes.filter(({ state }) => state === "active" || state === "");
  const leadsTo = (target: RegExp) =>
    holdsEveryAddress(
      active.filter((route) => target.test(route.target)).map(({ destination }) => destination),
      family,
    );
  // A firewall's endpoint before the internet gateway: docs.aws.amazon.com/vpc/latest/userguide/gwlb-route.html
  if (leadsTo(/^(igw|vpce)-/)) return "internet";
  return leadsTo(/^(igw|vpce|eni)-/) ? "appliance" : "none";
}

function describeRoutes({ id, routeTableId, routes }: SubnetSetting): string {
  const list = routes.map(({ destination, target, state }) =>
    state === "active" || state === "" ? `${destination} → ${target}` : `${destination} → ${target} (${state})`,
  );
  return `subnet ${id}, route table ${routeTableId}: ${list.join(", ") || "no routes"}`;
}

function gone(arn: string): Broken {
  return {
    verdict: "fail",
    statement: `There is no load balancer ${arn}.`,
    evidence: ["elasticloadbalancing:DescribeLoadBalancers does not know it"],
    cause: `The load balancer that the deployment names does not exist in this account and region, so nothing answers at its address.`,
    remedy: {
      text: "Run terraform apply, and see that the outputs name the load balancer that it made (aws_lb.….arn).",
    },
    cuts: ["client-entry"],
  };
}

function internal(name: string): Broken {
  return {
    verdict: "fail",
    statement: `The load balancer ${name} is internal.`,
    evidence: ["scheme: internal"],
    cause: `The load balancer ${name} is internal: its name leads to private addresses that only the VPC reaches, so no event from outside comes in.`,
    remedy: terraform(
      `Set internal = false on the aws_lb named ${name}, and give it public subnets. That makes a new load balancer with another DNS name.`,
      within(`aws_lb named ${name}`, lines({ internal: false })),
    ),
    cuts: ["client-entry"],
  };
}

function noRoute(name: string, family: AddressFamily, broken: readonly SubnetSetting[], others: number): Broken {
  const ids = broken.map(({ id }) => id).join(", ");
  const effect =
    others === 0
      ? "so the internet reaches none of its addresses"
      : `so only some of its addresses answer (${others} of ${others + broken.length} subnets have such a route), and requests to the others time out`;
  return {
    verdict: "fail",
    statement: `The load balancer ${name} is in subnets without a route to an internet gateway: ${ids}.`,
    evidence: broken.map(describeRoutes),
    cause: `${broken.length === 1 ? "The subnet" : "The subnets"} ${ids} of load balancer ${name} ${broken.length === 1 ? "has" : "have"} no active route ${family === "IPv4" ? "0.0.0.0/0" : "::/0"} to an internet gateway, ${effect}.`,
    remedy: terraform(
      `Put the aws_lb named ${name} into public subnets (subnets = aws_subnet.public[*].id), or route ${family} from ${ids} to an aws_internet_gateway.`,
      resource("aws_route", "internet", {
        route_table_id: broken[0]?.routeTableId ?? "",
        ...(family === "IPv4" ? { destination_cidr_block: "0.0.0.0/0" } : { destination_ipv6_cidr_block: "::/0" }),
        gateway_id: "<ID of your aws_internet_gateway>",
      }),
    ),
    cuts: ["client-entry"],
  };
}

/** An appliance of the stack's own may let the internet in, or be a NAT instance that does not: its route does not tell. */
function throughAppliance(subnet: SubnetSetting): Judged {
  return {
    verdict: "unknown",
    statement: `Subnet ${subnet.id} has its way to the internet through a network interface, and what is behind it is not known.`,
    evidence: [describeRoutes(subnet)],
    remedy:
      "Route 0.0.0.0/0 to an aws_internet_gateway; or, where the interface is a firewall that lets requests in, take the events' arrival for the proof.",
  };
}
