import { describe, expect, it } from "vitest";
import type { SecurityGroupRule } from "../../../model/settings/network-setting.ts";
import { tcp } from "../../testing/change.ts";
import { onlyResult } from "../../testing/describe-rule.ts";
import { type AccountBuilder, ARNS, contextOf, healthyAccount, NAMES } from "../../testing/healthy-account.ts";
import { albIngressClosed } from "./rule.ts";

const SECOND_GROUP = "sg-2";
const everywhere = { cidrsIpv4: ["0.0.0.0/0"] };
const judge = (account: AccountBuilder, context = contextOf("alb")) => onlyResult(albIngressClosed, account, context);

function ingress(...rules: readonly SecurityGroupRule[]): AccountBuilder {
  return healthyAccount().change("security-group", NAMES.securityGroup, () => ({ ingress: rules }));
}

function withSecondGroup(account: AccountBuilder, ...rules: readonly SecurityGroupRule[]): AccountBuilder {
  return account
    .with({ ...account.get("security-group", NAMES.securityGroup), id: SECOND_GROUP, ingress: rules, egress: [] })
    .change("load-balancer", ARNS.loadBalancer, ({ securityGroupIds }) => ({
      securityGroupIds: [...securityGroupIds, SECOND_GROUP],
    }));
}

function listenOn(account: AccountBuilder, port: number): AccountBuilder {
  return account.change("listeners", ARNS.loadBalancer, ({ listeners }) => ({
    listeners: listeners.map((listener) => ({ ...listener, port })),
  }));
}

const ofType = (ipAddressType: string, account: AccountBuilder) =>
  account.change("load-balancer", ARNS.loadBalancer, () => ({ ipAddressType }));

describe("alb.ingress-closed holds", () => {
  it.each([
    ["as the reference stack is", healthyAccount()],
    ["for IPv4 alone of a load balancer without IPv6", ingress(tcp(80, everywhere))],
    ["for both families of a dual-stack one", ofType("dualstack", healthyAccount())],
    [
      "for IPv6 alone of one without public IPv4",
      ofType("dualstack-without-public-ipv4", ingress(tcp(80, { cidrsIpv6: ["::/0"] }))),
    ],
    ["by one rule for all traffic", ingress({ ...tcp(-1, everywhere), protocol: "-1" })],
    ["by a range of ports", ingress({ ...tcp(0, everywhere), fromPort: 0, toPort: 1024 })],
    ["by two halves of the internet", ingress(tcp(80, { cidrsIpv4: ["0.0.0.0/1", "128.0.0.0/1"] }))],
    [
      "by two halves in two groups",
      withSecondGroup(ingress(tcp(80, { cidrsIpv4: ["0.0.0.0/1"] })), tcp(80, { cidrsIpv4: ["128.0.0.0/1"] })),
    ],
    ["by the second of two groups", withSecondGroup(ingress(), tcp(80, everywhere))],
    ["on the port that the listener uses", listenOn(ingress(tcp(8080, everywhere)), 8080)],
    [
      "by a network load balancer without groups",
      healthyAccount().change("load-balancer", ARNS.loadBalancer, () => ({ securityGroupIds: [] })),
    ],
    [
      "where an unread group could only add to it",
      withSecondGroup(healthyAccount()).notAsked("security-group", SECOND_GROUP),
    ],
  ])("%s", (_, account) => {
    expect(judge(account)).toMatchObject({ verdict: "pass" });
  });

  it("for an HTTPS listener, where that is the one that takes events", () => {
    const account = listenOn(ingress(tcp(443, everywhere)), 443);
    expect(judge(account)).toMatchObject({ verdict: "pass" });
  });
});

describe("alb.ingress-closed fails", () => {
  it("where only the VPC comes in, with the rule to add", () => {
    expect(judge(ingress(tcp(80, { cidrsIpv4: ["10.20.0.0/16"] }), tcp(443, everywhere)))).toMatchObject({
      verdict: "fail",
      evidence: [`${NAMES.securityGroup}: tcp 80 from 10.20.0.0/16`],
      cause: expect.stringContaining("clients on the internet time out"),
      remedy: { terraform: { hcl: expect.stringMatching(/to_port += 80\n {2}cidr_ipv4 += "0.0.0.0\/0"/) } },
      cuts: ["client-entry"],
    });
  });

  it.each([
    ["without any rule", ingress()],
    ["for another port", ingress(tcp(8080, everywhere))],
    ["for UDP", ingress({ ...tcp(80, everywhere), protocol: "udp" })],
    ["for IPv6 alone", ingress(tcp(80, { cidrsIpv6: ["::/0"] }))],
    ["for IPv4 alone of a dual-stack load balancer", ofType("dualstack", ingress(tcp(80, everywhere)))],
    ["for half of the internet", ingress(tcp(80, { cidrsIpv4: ["0.0.0.0/1"] }))],
    ["for another security group", ingress(tcp(80, { securityGroupIds: ["sg-3"] }))],
    ["where the listener is on another port", listenOn(healthyAccount(), 8080)],
  ])("%s", (_, account) => {
    expect(judge(account)).toMatchObject({ verdict: "fail", cuts: ["client-entry"] });
  });

  it("holds the port of the entry's own URL, not that of another listener", () => {
    const account = healthyAccount().change("listeners", ARNS.loadBalancer, ({ listeners }) => ({
      listeners: [...listeners, ...listeners.map((listener) => ({ ...listener, port: 8080 }))],
    }));
    const context = { ...contextOf("alb"), entryRequest: { method: "POST", url: "http://web:8080/events" } };
    expect(judge(account, context)).toMatchObject({ verdict: "fail", statement: expect.stringContaining("port 8080") });
    expect(judge(account)).toMatchObject({ verdict: "pass" });
  });
});

describe("alb.ingress-closed does not know", () => {
  it("what stands in a prefix list", () => {
    expect(judge(ingress(tcp(80, { prefixListIds: ["pl-1"] })))).toMatchObject({ verdict: "unknown" });
  });

  it("what a group lets in that could not be read", () => {
    const account = healthyAccount().unread("security-group", NAMES.securityGroup, "ec2:DescribeSecurityGroups");
    expect(judge(account)).toMatchObject({
      verdict: "unknown",
      remedy: expect.stringContaining("ec2:DescribeSecurityGroups"),
    });
  });
});

describe("alb.ingress-closed leaves to others", () => {
  it.each([
    ["a load balancer that does not exist", healthyAccount().absent("load-balancer", ARNS.loadBalancer)],
    ["one without listeners", healthyAccount().change("listeners", ARNS.loadBalancer, () => ({ listeners: [] }))],
  ])("%s", (_, account) => {
    expect(albIngressClosed.judge(account.build(), contextOf("alb"))).toEqual([]);
  });
});
