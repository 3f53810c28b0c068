import { nameIn } from "../../../model/resource-name.ts";
import type { Account } from "../../../model/settings/account.ts";
import type { LoadBalancerSetting } from "../../../model/settings/load-balancer-setting.ts";
import { judging, passes, settingOf } from "../../judging.ts";
import { type AddressFamily, holdsEveryAddress } from "../../network/address-range.ts";
import { entryListeners, entryWays, type Listener } from "../../network/entry-ways.ts";
import { describeRule, type Ingress, ingressOf, isForTcpPort } from "../../network/ingress.ts";
import { resource, terraform } from "../../remedy.ts";
import type { Judged, Rule, RuleContext } from "../../rule.ts";

/**
 * The security groups let every client in on the port that takes the events. IPv6 is asked for only of a load balancer that has IPv6
 * addresses: no client comes to another one over IPv6.
 * docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-update-security-groups.html
 */
export const albIngressClosed: Rule = {
  code: "alb.ingress-closed",
  severity: "flow",
  title: "The load balancer's security groups let HTTP in from everywhere",
  breaks:
    "Security groups that let only the VPC, or nobody, in on the port that takes the events: requests from outside time out.",
  reads: ["load-balancer", "listeners", "security-group"],
  needs: ["loadBalancer"],
  remedy:
    'Give a security group of the aws_lb an aws_vpc_security_group_ingress_rule for the listener\'s port with cidr_ipv4 = "0.0.0.0/0", and one with cidr_ipv6 = "::/0".',

  judge(account, context) {
    const arn = context.roles.loadBalancer ?? "";
    const subject = `load balancer ${nameIn(arn)}`;
    return judging(subject, () => {
      const balancer = settingOf(account, "load-balancer", arn, subject);
      // A load balancer that does not exist is alb.not-public's.
      if (balancer === null) return null;
      // None at all: a network load balancer that filters nothing.
      if (balancer.securityGroupIds.length === 0) return open(subject, "no security group filters its traffic", []);
      const setting = settingOf(account, "listeners", arn, `the listeners of ${subject}`);
      const ports = entryPorts(setting?.listeners ?? [], context);
      // No listener to be open for is ingest.path-missing's.
      return ports.length === 0 ? null : judgePorts(subject, ports, balancer, account);
    });
  },
};

/** The ports on which events come in: of the listeners that forward them, else of those that the entry's URL means. */
function entryPorts(listeners: readonly Listener[], context: RuleContext): readonly number[] {
  const forwarding = entryWays(listeners, context).filter(({ rule }) =>
    context.roles.targetGroup === undefined
      ? rule.forwardsTo.length > 0
      : rule.forwardsTo.includes(context.roles.targetGroup),
  );
  const meant = forwarding.length > 0 ? forwarding.map(({ listener }) => listener) : entryListeners(listeners, context);
  return [...new Set(meant.map(({ port }) => port))];
}

/** One port that is open is enough: where the URL is not known, any of the listeners may be the one that is meant. */
function judgePorts(
  subject: string,
  ports: readonly number[],
  loadBalancer: LoadBalancerSetting,
  account: Account,
): Judged {
  const ingress = ingressOf(loadBalancer, account);
  const families = familiesOf(loadBalancer);
  const openPort = ports.find((port) => missingFamilies(ingress, port, families).length === 0);
  if (openPort !== undefined) {
    const rules = ingress.rules.filter((rule) => isForTcpPort(rule, openPort)).map(describeRule);
    return open(subject, `its security groups let every client in on port ${openPort}`, rules);
  }
  const [unread] = ingress.unread;
  if (unread !== undefined) throw unread;
  const port = ports[0] ?? 80;
  const rules = ingress.rules.filter((rule) => isForTcpPort(rule, port));
  if (rules.some(({ prefixListIds }) => prefixListIds.length > 0))
    return prefixList(subject, port, rules.map(describeRule));
  return closed(subject, port, missingFamilies(ingress, port, families), loadBalancer, rules.map(describeRule));
}

/** How clients come: docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#ip-address-type */
function familiesOf({ ipAddressType }: LoadBalancerSetting): readonly AddressFamily[] {
  switch (ipAddressType) {
    case "dualstack":
      return ["IPv4", "IPv6"];
    case "dualstack-without-public-ipv4":
      return ["IPv6"];
    default:
      return ["IPv4"];
  }
}

function missingFamilies({ rules }: Ingress, port: number, families: readonly AddressFamily[]): AddressFamily[] {
  const ranges = rules
    .filter((rule) => isForTcpPort(rule, port))
    .flatMap(({ cidrsIpv4, cidrsIpv6 }) => [...cidrsIpv4, ...cidrsIpv6]);
  return families.filter((family) => !holdsEveryAddress(ranges, family));
}

function open(subject: string, why: string, evidence: readonly string[]): Judged {
  return passes(`The ${subject} can be reached: ${why}.`, evidence);
}

function prefixList(subject: string, port: number, evidence: readonly string[]): Judged {
  return {
    verdict: "unknown",
    statement: `The ${subject} lets in on port ${port} what stands in a prefix list, and its entries were not read.`,
    evidence,
    remedy: `Let 0.0.0.0/0 in on port ${port} by a rule of its own; or, where clients come only through what the list names (CloudFront), take the events' arrival for the proof.`,
  };
}

function closed(
  subject: string,
  port: number,
  families: readonly AddressFamily[],
  { securityGroupIds }: LoadBalancerSetting,
  evidence: readonly string[],
): Judged {
  const groups = securityGroupIds.join(", ");
  const rules = families.map((family) =>
    resource("aws_vpc_security_group_ingress_rule", `events_${family.toLowerCase()}`, {
      security_group_id: securityGroupIds[0] ?? "",
      ip_protocol: "tcp",
      from_port: port,
      to_port: port,
      ...(family === "IPv4" ? { cidr_ipv4: "0.0.0.0/0" } : { cidr_ipv6: "::/0" }),
    }),
  );
  return {
    verdict: "fail",
    statement: `The security groups of ${subject} do not let every ${families.join(" and ")} client in on port ${port}.`,
    evidence: evidence.length > 0 ? evidence : [`no rule of ${groups} is about TCP port ${port}`],
    cause: `Security group ${groups} of ${subject} drops connections to port ${port} from outside${evidence.length > 0 ? " the ranges in its rules" : ""}, so clients on the internet time out and no event comes in.`,
    remedy: terraform(`Let every ${families.join(" and ")} client in on port ${port}.`, ...rules),
    cuts: ["client-entry"],
  };
}
