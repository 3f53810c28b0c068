import { describe, expect, test } from "vitest";
import { type Change, changedSnapshot } from "../testing/changed-snapshot.ts";
import { internetReaches, reachesEndpoints } from "./reachability.ts";

const internetIp = "203.0.113.10";

function loadBalancerReached(change?: Change, port = 80) {
  const state = changedSnapshot(change);
  const [loadBalancer] = state.loadBalancers;
  if (loadBalancer === undefined) throw new Error("the snapshot has no load balancer");
  return internetReaches(state, loadBalancer, port, internetIp);
}

function instanceReaches(change?: Change) {
  const state = changedSnapshot(change);
  const [instance] = state.instances;
  if (instance === undefined) throw new Error("the snapshot has no instance");
  return reachesEndpoints(state, instance);
}

const unreachable = (reason: string) => ({ kind: "unreachable", reason: expect.stringContaining(reason) });

describe("a load balancer", () => {
  test("is reached from the internet where it faces it, in public subnets, and is open on the port", () => {
    expect(loadBalancerReached()).toEqual({ kind: "reached" });
  });

  test("is not where it is internal", () => {
    expect(loadBalancerReached(({ set }) => set("aws_lb", { internal: true }))).toEqual(unreachable("internal"));
  });

  test("is not in private subnets", () => {
    const change: Change = ({ set, all }) => {
      const subnets = all("aws_subnet").filter(({ values }) => values["map_public_ip_on_launch"] !== true);
      set("aws_lb", { subnets: subnets.map(({ values }) => values["id"]) });
    };
    expect(loadBalancerReached(change)).toEqual(unreachable("route to an internet gateway"));
  });

  test("is not where the route of its subnets has gone, or leads to a gateway of another VPC", () => {
    const withoutRoute: Change = ({ remove }) => remove("aws_route.public_internet");
    expect(loadBalancerReached(withoutRoute)).toEqual(unreachable("route to an internet gateway"));
    const elsewhere: Change = ({ set }) => set("aws_internet_gateway", { vpc_id: "vpc-other" });
    expect(loadBalancerReached(elsewhere)).toEqual(unreachable("route to an internet gateway"));
  });

  test("is not where its subnets lead to a NAT gateway, which then leads to itself", () => {
    const circle: Change = ({ set, all, setAt }) => {
      const nat_gateway_id = all("aws_nat_gateway")[0]?.values["id"];
      setAt("aws_route.public_internet", { gateway_id: "", nat_gateway_id });
      set("aws_route_table", { route: [] });
    };
    expect(loadBalancerReached(circle)).toEqual(unreachable("route to an internet gateway"));
  });

  test("is not where its security group lets in the VPC alone, or another port", () => {
    const vpcOnly: Change = ({ all, setAt }) => {
      for (const { address, values } of all("aws_vpc_security_group_ingress_rule")) {
        if (values["cidr_ipv4"] === "0.0.0.0/0") setAt(address, { cidr_ipv4: "10.20.0.0/16" });
      }
    };
    expect(loadBalancerReached(vpcOnly)).toEqual(unreachable("port 80"));
    expect(loadBalancerReached(undefined, 443)).toEqual(unreachable("port 443"));
  });
});

describe("an instance", () => {
  test("reaches AWS' endpoints by its public address and the internet gateway, or by a NAT gateway", () => {
    expect(instanceReaches()).toEqual({ kind: "reached" });
    const behindNat: Change = ({ set, all }) => {
      const subnet = all("aws_subnet").find(({ values }) => values["map_public_ip_on_launch"] !== true);
      set("aws_instance", { subnet_id: subnet?.values["id"], public_ip: "" });
    };
    expect(instanceReaches(behindNat)).toEqual({ kind: "reached" });
  });

  test("does not where it has no public address and only an internet gateway", () => {
    expect(instanceReaches(({ set }) => set("aws_instance", { public_ip: "" }))).toEqual(unreachable("no way out"));
  });

  test("does not where it is stopped, or may not go out on 443", () => {
    const stopped: Change = ({ set }) => set("aws_instance", { instance_state: "stopped" });
    expect(instanceReaches(stopped)).toEqual(unreachable("stopped"));
    const closed: Change = ({ set }) => set("aws_vpc_security_group_egress_rule", { from_port: 80, to_port: 80 });
    expect(instanceReaches(closed)).toEqual(unreachable("port 443"));
  });
});
