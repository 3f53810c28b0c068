import { nameIn } from "../../../model/resource-name.ts";
import type { SecurityGroupRule, VpcSetting } from "../../../model/settings/network-setting.ts";
import { attempt, CannotTell, existing, judging, passes, settingOf } from "../../judging.ts";
import { holdsEveryAddress, isWithin } from "../../network/address-range.ts";
import { describeRule, holdsAllPorts, ingressOf } from "../../network/ingress.ts";
import type { Judged, Rule } from "../../rule.ts";

const HTTP_PORT = 80;
const HTTPS_PORT = 443;

/** AWS advises to let ICMP in for path MTU discovery: docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-update-security-groups.html */
const ICMP = ["icmp", "icmpv6", "1", "58"];

/**
 * What is open to the world beyond what the load balancer listens on: HTTPS wider than the VPC where nothing listens on it, and any
 * other port. A port with a listener is meant to be reached.
 */
export const albIngressTooOpen: Rule = {
  code: "alb.ingress-too-open",
  severity: "advice",
  title: "The load balancer's security groups let no more in than its listeners take",
  breaks:
    "HTTPS open wider than the VPC where the load balancer does not serve it, or other ports open to the world. Events pass all the same; whatever comes to listen there, or shares the group, is exposed.",
  reads: ["load-balancer", "listeners", "security-group", "vpc"],
  needs: ["loadBalancer"],
  remedy:
    "Narrow the aws_vpc_security_group_ingress_rule to the listener's port, and HTTPS to cidr_ipv4 = aws_vpc.….cidr_block.",

  judge(account, context) {
    const arn = context.roles.loadBalancer ?? "";
    const subject = `load balancer ${nameIn(arn)}`;
    return judging(subject, () => {
      const balancer = settingOf(account, "load-balancer", arn, subject);
      if (balancer === null) return null;
      const setting = settingOf(account, "listeners", arn, `the listeners of ${subject}`);
      if (setting === null) return null;
      const served = new Set([HTTP_PORT, ...setting.listeners.map(({ port }) => port)]);
      const ingress = ingressOf(balancer, account);
      const https = served.has(HTTPS_PORT) ? [] : ingress.rules.filter(isForHttpsAlone);
      const vpc = attempt(() => existing(account, "vpc", balancer.vpcId, `the VPC of ${subject}`));
      if (https.length > 0 && vpc instanceof CannotTell) throw vpc;
      const wide = vpc instanceof CannotTell ? [] : https.filter((rule) => reachesBeyond(rule, vpc));
      const world = ingress.rules.filter((rule) => isOpenToWorld(rule) && !holdsNothingBut(rule, served));
      const tooOpen = [...new Set([...world, ...wide])];
      if (tooOpen.length > 0) return tooOpenResult(subject, tooOpen, served, vpc);
      const [unread] = ingress.unread;
      if (unread !== undefined) throw unread;
      return passes(
        `The security groups of ${subject} let no more in than its listeners take.`,
        ingress.rules.map(describeRule),
      );
    });
  },
};

function isOpenToWorld({ protocol, cidrsIpv4, cidrsIpv6 }: SecurityGroupRule): boolean {
  if (ICMP.includes(protocol)) return false;
  return holdsEveryAddress(cidrsIpv4, "IPv4") || holdsEveryAddress(cidrsIpv6, "IPv6");
}

function holdsNothingBut(rule: SecurityGroupRule, ports: ReadonlySet<number>): boolean {
  if (holdsAllPorts(rule) || rule.protocol === "udp") return false;
  const count = rule.toPort - rule.fromPort + 1;
  return [...ports].filter((port) => rule.fromPort <= port && port <= rule.toPort).length === count;
}

function isForHttpsAlone({ protocol, fromPort, toPort }: SecurityGroupRule): boolean {
  return protocol === "tcp" && fromPort === HTTPS_PORT && toPort === HTTPS_PORT;
}

function reachesBeyond({ cidrsIpv4, cidrsIpv6 }: SecurityGroupRule, vpc: VpcSetting): boolean {
  const own = [...vpc.cidrsIpv4, ...vpc.cidrsIpv6];
  return [...cidrsIpv4, ...cidrsIpv6].some((range) => !isWithin(range, own));
}

/** The other side of a rule that is wider than the VPC: `vpc-1: 10.0.0.0/16`. */
function describeVpc({ id, cidrsIpv4, cidrsIpv6 }: VpcSetting): string {
  return `${id}: ${[...cidrsIpv4, ...cidrsIpv6].join(", ")}`;
}

function portsOf(served: ReadonlySet<number>): string {
  return [...served].sort((one, other) => one - other).join(", ");
}

function tooOpenResult(
  subject: string,
  rules: readonly (SecurityGroupRule & { readonly groupId: string })[],
  served: ReadonlySet<number>,
  vpc: VpcSetting | CannotTell,
): Judged {
  const list = rules.map(describeRule).join("; ");
  const block = vpc instanceof CannotTell ? [] : [describeVpc(vpc)];
  return {
    verdict: "fail",
    statement: `The security groups of ${subject} let in more than its listeners take: ${list}.`,
    evidence: [...rules.map(describeRule), ...block, `ports of ${subject}: ${portsOf(served)}`],
    cause: `${list}: nothing of ${subject} answers there (its ports are ${portsOf(served)}), so these rules only expose what comes to listen on those ports or shares the group. Events pass all the same.`,
    remedy: {
      text: `In the aws_vpc_security_group_ingress_rule of ${[...new Set(rules.map(({ groupId }) => groupId))].join(", ")}, set from_port and to_port to a port with a listener, or cidr_ipv4 to the VPC's own block (aws_vpc.….cidr_block).`,
    },
    cuts: [],
  };
}
