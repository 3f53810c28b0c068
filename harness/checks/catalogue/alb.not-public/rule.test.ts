import { describe, expect, it } from "vitest";
import type { SubnetSetting } from "../../../model/settings/network-setting.ts";
import { outputList } from "../../../testing/state.ts";
import { onlyResult } from "../../testing/describe-rule.ts";
import { type AccountBuilder, ARNS, contextOf, healthyAccount } from "../../testing/healthy-account.ts";
import { albNotPublic } from "./rule.ts";

const [first = "", second = ""] = outputList("public_subnet_ids");
const route = (destination: string, target: string, state = "active") => ({ destination, target, state });
const withRoutes = (routes: SubnetSetting["routes"], ...subnets: readonly string[]): AccountBuilder =>
  subnets.reduce((account, id) => account.change("subnet", id, () => ({ routes })), healthyAccount());
const withoutIpv4 = (account: AccountBuilder) =>
  account.change("load-balancer", ARNS.loadBalancer, () => ({ ipAddressType: "dualstack-without-public-ipv4" }));
const judge = (account: AccountBuilder) => onlyResult(albNotPublic, account, contextOf("alb"));

describe("alb.not-public holds", () => {
  it.each([
    ["as the reference stack is", healthyAccount()],
    [
      "with the default route in two halves",
      withRoutes([route("0.0.0.0/1", "igw-1"), route("128.0.0.0/1", "igw-1")], first, second),
    ],
    [
      "with other routes beside",
      withRoutes([route("10.0.0.0/8", "tgw-1"), route("::/0", "eigw-1"), route("0.0.0.0/0", "igw-1")], first, second),
    ],
    ["behind a firewall's endpoint", withRoutes([route("0.0.0.0/0", "vpce-1")], first, second)],
    [
      "without public IPv4 addresses",
      withoutIpv4(withRoutes([route("0.0.0.0/0", "nat-1"), route("::/0", "igw-1")], first, second)),
    ],
    ["in a single subnet", healthyAccount().change("load-balancer", ARNS.loadBalancer, () => ({ subnetIds: [first] }))],
  ])("%s", (_, account) => {
    expect(judge(account)).toMatchObject({ verdict: "pass" });
  });
});

describe("alb.not-public fails", () => {
  it("where the load balancer is internal", () => {
    const account = healthyAccount().change("load-balancer", ARNS.loadBalancer, () => ({
      scheme: "internal" as const,
    }));
    expect(judge(account)).toMatchObject({
      verdict: "fail",
      cause: expect.stringContaining("is internal: its name leads to private addresses"),
      remedy: { terraform: { hcl: expect.stringContaining("internal = false") } },
      cuts: ["client-entry"],
    });
  });

  it.each([
    ["in private subnets with a NAT gateway", withRoutes([route("0.0.0.0/0", "nat-1")], first, second)],
    ["without any default route", withRoutes([route("10.20.0.0/16", "local")], first, second)],
    ["where the internet gateway was deleted", withRoutes([route("0.0.0.0/0", "igw-1", "blackhole")], first, second)],
    ["where half of the addresses have a route", withRoutes([route("0.0.0.0/1", "igw-1")], first, second)],
    ["where one subnet of two has no route", withRoutes([route("0.0.0.0/0", "nat-1")], second)],
    [
      "behind a NAT gateway with IPv6 to the internet",
      withRoutes([route("0.0.0.0/0", "nat-1"), route("::/0", "igw-1")], first),
    ],
    ["without public IPv4 addresses and without an IPv6 route", withoutIpv4(healthyAccount())],
    ["where it does not exist", healthyAccount().absent("load-balancer", ARNS.loadBalancer)],
  ])("%s", (_, account) => {
    expect(judge(account)).toMatchObject({ verdict: "fail", cuts: ["client-entry"] });
  });

  it("names the subnet that has no route, and not the other", () => {
    const { statement } = judge(withRoutes([route("0.0.0.0/0", "nat-1")], second));
    expect(statement).toContain(second);
    expect(statement).not.toContain(first);
  });
});

describe("alb.not-public does not know", () => {
  it("without the permission to read the load balancer, which it names", () => {
    const account = healthyAccount().unread(
      "load-balancer",
      ARNS.loadBalancer,
      "elasticloadbalancing:DescribeLoadBalancers",
    );
    expect(judge(account)).toMatchObject({
      verdict: "unknown",
      remedy: "Allow elasticloadbalancing:DescribeLoadBalancers to the role that stackproof runs with.",
    });
  });

  it("where a subnet was not read and the others are right", () => {
    expect(judge(healthyAccount().notAsked("subnet", second))).toMatchObject({ verdict: "unknown" });
  });

  it("behind a network interface: a firewall, or a NAT instance that lets nobody in", () => {
    expect(judge(withRoutes([route("0.0.0.0/0", "eni-1")], first))).toMatchObject({ verdict: "unknown" });
  });
});
