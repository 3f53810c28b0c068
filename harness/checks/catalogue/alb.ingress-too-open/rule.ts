import type { Looked } from "../../../model/settings/account.ts";
import type { SecurityGroupRule, VpcSetting } from "../../../model/settings/network-setting.ts";
import { subjectOf } from "../../../model/settings/subject.ts";
import { holdsEveryAddress, isWithin } from "../../network/address-range.ts";
import { describeRule, holdsAllPorts, type Ingress, ingressOf } from "../../network/ingress.ts";
import { notKnown } from "../../not-known.ts";
import { nameIn } from "../../resource-name.ts";
import type { Rule, RuleResult } from "../../rule.ts";

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
    const looked = account.look("load-balancer", subjectOf("load-balancer", arn, context));
    if (looked.kind === "absent") return [];
    if (looked.kind !== "read") return [notKnown(subject, subject, looked)];
    const listeners = account.look("listeners", subjectOf("listeners", arn, context));
    if (listeners.kind !== "read")
      return listeners.kind === "absent" ? [] : [notKnown(subject, `the listeners of ${subject}`, listeners)];
    const served = new Set([HTTP_PORT, ...listeners.setting.listeners.map(({ port }) => port)]);
    const ingress = ingressOf(account, looked.setting.securityGroupIds, context);
    const vpc = account.look("vpc", subjectOf("vpc", looked.setting.vpcId, context));
    return [judgeIngress(subject, ingress, served, vpc)];
  },
};

function judgeIngress(subject: string, ingress: Ingress, served: ReadonlySet<number>, vpc: Looked<"vpc">): RuleResult {
  const world = ingress.rules.filter((rule) => isOpenToWorld(rule) && !holdsNothingBut(rule, served));
  const https = served.has(HTTPS_PORT) ? [] : ingress.rules.filter(isForHttpsAlone);
  if (https.length > 0 && vpc.kind !== "read") return notKnown(subject, `the VPC of ${subject}`, vpc);
  const wide = https.filter((rule) => vpc.kind === "read" && reachesBeyond(rule, vpc.setting));
  const tooOpen = [...new Set([...world, ...wide])];
  if (tooOpen.length > 0) return tooOpenResult(subject, tooOpen, served);
  const [firstUnread] = ingress.unread;
  if (firstUnread !== undefined)
    return notKnown(subject, `security group ${firstUnread.groupId} of ${subject}`, firstUnread.looked);
  return {
    verdict: "pass",
    subject,
    statement: `The security groups of ${subject} let no more in than its listeners take.`,
    evidence: ingress.rules.map(describeRule),
  };
}

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

function tooOpenResult(
  subject: string,
  rules: readonly (SecurityGroupRule & { readonly groupId: string })[],
  served: ReadonlySet<number>,
): RuleResult {
  const list = rules.map(describeRule).join("; ");
  return {
    verdict: "fail",
    subject,
    statement: `The security groups of ${subject} let in more than its listeners take: ${list}.`,
    evidence: rules.map(describeRule),
    cause: `${list}: nothing of ${subject} answers there (its ports are ${[...served].sort((a, b) => a - b).join(", ")}), so these rules only expose what comes to listen on those ports or shares the group. Events pass all the same.`,
    remedy: `In the aws_vpc_security_group_ingress_rule of ${[...new Set(rules.map(({ groupId }) => groupId))].join(", ")}, set from_port and to_port to a port with a listener, or cidr_ipv4 to the VPC's own block (aws_vpc.….cidr_block).`,
    cuts: [],
  };
}
