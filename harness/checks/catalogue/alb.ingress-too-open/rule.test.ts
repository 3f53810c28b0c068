import { describe, expect, it } from "vitest";
import type { SecurityGroupRule } from "../../../model/settings/network-setting.ts";
import { tcp } from "../../testing/change.ts";
import { onlyResult } from "../../testing/describe-rule.ts";
import { type AccountBuilder, ARNS, contextOf, healthyAccount, NAMES } from "../../testing/healthy-account.ts";
import { albIngressTooOpen } from "./rule.ts";

const everywhere = { cidrsIpv4: ["0.0.0.0/0"] };
const judge = (account: AccountBuilder) => onlyResult(albIngressTooOpen, account, contextOf("alb"));

/** The healthy rules and more. */
function more(...rules: readonly SecurityGroupRule[]): AccountBuilder {
  return healthyAccount().change("security-group", NAMES.securityGroup, ({ ingress }) => ({
    ingress: [...ingress, ...rules],
  }));
}

function listenOn(account: AccountBuilder, port: number): AccountBuilder {
  return account.change("listeners", ARNS.loadBalancer, ({ listeners }) => ({
    listeners: [...listeners, ...listeners.map((listener) => ({ ...listener, port }))],
  }));
}

describe("alb.ingress-too-open holds", () => {
  it.each([
    ["as the reference stack is", healthyAccount()],
    ["with ICMP from everywhere, as AWS advises", more({ ...tcp(-1, everywhere), protocol: "icmp" })],
    ["with HTTPS from everywhere where a listener serves it", listenOn(more(tcp(443, everywhere)), 443)],
    ["with a port from everywhere where a listener serves it", listenOn(more(tcp(8080, everywhere)), 8080)],
    ["with a port for a network of one's own", more(tcp(9000, { cidrsIpv4: ["192.168.0.0/16"] }))],
    ["with everything from another group", more({ ...tcp(-1, { securityGroupIds: ["sg-2"] }), protocol: "-1" })],
    ["with HTTPS from a part of the VPC", more(tcp(443, { cidrsIpv4: ["10.20.1.0/24"] }))],
    [
      "where HTTP is closed: that is alb.ingress-closed's",
      healthyAccount().change("security-group", NAMES.securityGroup, () => ({ ingress: [] })),
    ],
  ])("%s", (_, account) => {
    expect(judge(account)).toMatchObject({ verdict: "pass" });
  });
});

describe("alb.ingress-too-open fails", () => {
  it.each([
    ["HTTPS from everywhere", more(tcp(443, everywhere))],
    ["HTTPS from everywhere over IPv6", more(tcp(443, { cidrsIpv6: ["::/0"] }))],
    ["HTTPS from wider than the VPC", more(tcp(443, { cidrsIpv4: ["10.0.0.0/8"] }))],
    ["SSH from everywhere", more(tcp(22, everywhere))],
    ["everything from everywhere", more({ ...tcp(-1, everywhere), protocol: "-1" })],
    ["a range of ports around HTTP", more({ ...tcp(80, everywhere), toPort: 443 })],
    ["UDP from everywhere", more({ ...tcp(80, everywhere), protocol: "udp" })],
  ])("for %s, though events pass", (_, account) => {
    expect(judge(account)).toMatchObject({ verdict: "fail", cuts: [] });
  });

  it("names the rule, and not those that are right", () => {
    expect(judge(more(tcp(22, everywhere)))).toMatchObject({
      evidence: [
        `${NAMES.securityGroup}: tcp 22 from 0.0.0.0/0`,
        `${NAMES.vpc}: 10.20.0.0/16`,
        "ports of load balancer stackproof-dev-alb: 80",
      ],
    });
  });

  it("shows every block of the VPC next to the rule that is wider", () => {
    const account = more(tcp(443, { cidrsIpv4: ["10.0.0.0/8"] })).change("vpc", NAMES.vpc, () => ({
      cidrsIpv4: ["10.20.0.0/16", "10.21.0.0/16"],
      cidrsIpv6: ["2001:db8::/56"],
    }));
    expect(judge(account)).toMatchObject({
      verdict: "fail",
      evidence: expect.arrayContaining([
        `${NAMES.securityGroup}: tcp 443 from 10.0.0.0/8`,
        `${NAMES.vpc}: 10.20.0.0/16, 10.21.0.0/16, 2001:db8::/56`,
      ]),
    });
  });

  it("shows the rule alone where the VPC could not be read and the rule is open to the world", () => {
    const account = more(tcp(22, everywhere)).change("security-group", NAMES.securityGroup, ({ ingress }) => ({
      ingress: ingress.filter(({ fromPort }) => fromPort !== 443),
    }));
    expect(judge(account.unread("vpc", NAMES.vpc, "ec2:DescribeVpcs"))).toMatchObject({
      verdict: "fail",
      evidence: [`${NAMES.securityGroup}: tcp 22 from 0.0.0.0/0`, "ports of load balancer stackproof-dev-alb: 80"],
    });
  });
});

describe("alb.ingress-too-open does not know", () => {
  it.each([
    ["without the security group", healthyAccount().notAsked("security-group", NAMES.securityGroup)],
    ["without the VPC's own ranges", healthyAccount().unread("vpc", NAMES.vpc, "ec2:DescribeVpcs")],
    ["without the listeners", healthyAccount().notAsked("listeners", ARNS.loadBalancer)],
  ])("%s", (_, account) => {
    expect(judge(account)).toMatchObject({ verdict: "unknown" });
  });
});
