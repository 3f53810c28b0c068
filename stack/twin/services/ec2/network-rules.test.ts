import {
  DescribeRouteTablesCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  EC2Client,
} from "@aws-sdk/client-ec2";
import { describe, expect, it } from "vitest";
import type { TwinState } from "../../state/twin-state.ts";
import { snapshotState } from "../../testing/states.ts";
import { only } from "../testing/control-plane-server.ts";
import { serviceUnderTest } from "../testing/service-under-test.ts";

const state = snapshotState();
const vpc = only(state.vpcs);
const albGroup = only(state.securityGroups.filter(({ name }) => name.endsWith("-alb")));
const publicTable = only(state.routeTables.filter(({ address }) => address.endsWith(".public")));

const { asking } = await serviceUnderTest(EC2Client, state);

const ingressOf = (changed: TwinState) =>
  asking(changed, async (client) => {
    const read = await client.send(new DescribeSecurityGroupsCommand({ GroupIds: [albGroup.id] }));
    return only(read.SecurityGroups).IpPermissions;
  });

const http = {
  IpProtocol: "tcp",
  FromPort: 80,
  ToPort: 80,
  IpRanges: [{ CidrIp: "0.0.0.0/0", Description: "HTTP from anywhere" }],
  Ipv6Ranges: [{ CidrIpv6: "::/0", Description: "HTTP from anywhere" }],
  PrefixListIds: [],
  UserIdGroupPairs: [],
};

describe("the rules of a security group", () => {
  it("are those that Terraform keeps apart, gathered by protocol and ports", async () => {
    expect(state.ingressRules.length).toBeGreaterThan(0);
    expect(await ingressOf(state)).toEqual([
      http,
      expect.objectContaining({ FromPort: 443, IpRanges: [expect.objectContaining({ CidrIp: vpc.cidr_block })] }),
    ]);
  });

  it("are the inline ones where none are kept apart", async () => {
    expect(await ingressOf({ ...state, ingressRules: [] })).toMatchObject([http, { FromPort: 443 }]);
  });

  it("are not taken from the copy inside of the group when those apart have changed", async () => {
    const closed = state.ingressRules.map((rule) =>
      rule.cidr_ipv4 === "0.0.0.0/0" ? { ...rule, cidr_ipv4: vpc.cidr_block } : rule,
    );
    const [first] = (await ingressOf({ ...state, ingressRules: closed })) ?? [];
    expect(first?.IpRanges).toMatchObject([{ CidrIp: vpc.cidr_block }]);
  });

  it("may be of the older resource, which names several peers at once", async () => {
    const rule = {
      address: "aws_security_group_rule.https",
      security_group_id: albGroup.id,
      type: "ingress" as const,
      protocol: "tcp",
      from_port: 443,
      to_port: 443,
      cidr_blocks: ["10.0.0.0/8", "172.16.0.0/12"],
      ipv6_cidr_blocks: [],
      prefix_list_ids: [],
      source_security_group_id: undefined,
      self: true,
      description: undefined,
    };
    expect(await ingressOf({ ...state, ingressRules: [], securityGroupRules: [rule] })).toMatchObject([
      {
        FromPort: 443,
        IpRanges: [{ CidrIp: "10.0.0.0/8" }, { CidrIp: "172.16.0.0/12" }],
        UserIdGroupPairs: [{ GroupId: albGroup.id }],
      },
    ]);
  });

  it("for every protocol have no ports", async () => {
    const [inline] = albGroup.ingress;
    if (inline === undefined) throw new Error("the group has no inline rule");
    const open = { ...albGroup, ingress: [{ ...inline, protocol: "-1", from_port: 0, to_port: 0 }] };
    const [permission] = (await ingressOf({ ...state, ingressRules: [], securityGroups: [open] })) ?? [];
    expect(permission?.IpProtocol).toBe("-1");
    expect(permission).not.toHaveProperty("FromPort");
    expect(permission).not.toHaveProperty("ToPort");
  });

  it("are listed one by one, with the ids that Terraform knows", async () => {
    const read = await asking(state, (client) =>
      client.send(new DescribeSecurityGroupRulesCommand({ Filters: [{ Name: "group-id", Values: [albGroup.id] }] })),
    );
    expect(read.SecurityGroupRules?.map(({ SecurityGroupRuleId }) => SecurityGroupRuleId)).toEqual(
      state.ingressRules.map(({ id }) => id),
    );
    expect(read.SecurityGroupRules?.[0]).toMatchObject({
      GroupId: albGroup.id,
      IsEgress: false,
      CidrIpv4: "0.0.0.0/0",
    });
  });

  it("of the VPC's default group are there although Terraform does not mention it", async () => {
    const read = await asking(state, (client) =>
      client.send(new DescribeSecurityGroupsCommand({ Filters: [{ Name: "group-name", Values: ["default"] }] })),
    );
    expect(only(read.SecurityGroups)).toMatchObject({
      GroupId: vpc.default_security_group_id,
      IpPermissions: [{ IpProtocol: "-1", UserIdGroupPairs: [{ GroupId: vpc.default_security_group_id }] }],
      IpPermissionsEgress: [{ IpProtocol: "-1", IpRanges: [{ CidrIp: "0.0.0.0/0" }] }],
    });
  });
});

describe("a route table", () => {
  const tableOf = (changed: TwinState, name: string, value: string) =>
    asking(changed, async (client) => {
      const read = await client.send(new DescribeRouteTablesCommand({ Filters: [{ Name: name, Values: [value] }] }));
      return only(read.RouteTables);
    });
  const publicSubnet = state.routeTableAssociations.find(({ route_table_id }) => route_table_id === publicTable.id);
  const internet = {
    DestinationCidrBlock: "0.0.0.0/0",
    GatewayId: only(state.internetGateways).id,
    State: "active",
    Origin: "CreateRoute",
  };
  const local = { DestinationCidrBlock: vpc.cidr_block, GatewayId: "local", State: "active" };

  it("is found by its subnet, and leads to the internet gateway", async () => {
    const table = await tableOf(state, "association.subnet-id", publicSubnet?.subnet_id ?? "");
    expect(table).toMatchObject({ RouteTableId: publicTable.id, VpcId: vpc.id, Routes: [local, internet] });
    expect(table.Associations?.map(({ Main }) => Main)).toEqual([false, false]);
  });

  it("has its inline routes where the table was made after the gateway that they lead to", async () => {
    const dependsOn = ["aws_vpc.main", "aws_internet_gateway.main"];
    const inline = { ...state, routes: [], routeTables: [{ ...publicTable, dependsOn }] };
    expect((await tableOf(inline, "route-table-id", publicTable.id)).Routes).toMatchObject([local, internet]);
  });

  it("has no route left where the only one, kept apart, is gone and its copy remains", async () => {
    expect(publicTable.route).toHaveLength(1);
    const gone = { ...state, routes: state.routes.filter(({ route_table_id }) => route_table_id !== publicTable.id) };
    expect((await tableOf(gone, "route-table-id", publicTable.id)).Routes).toMatchObject([local]);
  });

  it("does not take routes from the copy inside of the table when those apart have changed", async () => {
    const [nat] = state.natGateways;
    const changed = state.routes.map((route) =>
      route.route_table_id === publicTable.id ? { ...route, gateway_id: undefined, nat_gateway_id: nat?.id } : route,
    );
    const table = await tableOf({ ...state, routes: changed }, "route-table-id", publicTable.id);
    expect(table.Routes).toMatchObject([local, { DestinationCidrBlock: "0.0.0.0/0", NatGatewayId: nat?.id }]);
    expect(table.Routes?.[1]).not.toHaveProperty("GatewayId");
  });

  it("leads private subnets to a NAT gateway", async () => {
    const [nat] = state.natGateways;
    const table = await tableOf(state, "route.nat-gateway-id", nat?.id ?? "");
    expect(table.Routes).toMatchObject([local, { DestinationCidrBlock: "0.0.0.0/0", NatGatewayId: nat?.id }]);
  });

  it("is the main one of the VPC although Terraform does not mention it", async () => {
    const table = await tableOf(state, "association.main", "true");
    expect(table).toMatchObject({ RouteTableId: vpc.main_route_table_id, Routes: [local] });
    expect(only(table.Associations).Main).toBe(true);
    expect(only(table.Associations)).not.toHaveProperty("SubnetId");
  });

  it("is the main one that Terraform chooses", async () => {
    const chosen = { address: "a", id: "rtbassoc-0", vpc_id: vpc.id, route_table_id: publicTable.id };
    const table = await tableOf({ ...state, mainRouteTableAssociations: [chosen] }, "association.main", "true");
    expect(table.RouteTableId).toBe(publicTable.id);
  });
});
