import { describe, expect, it } from "vitest";
import { fails } from "../testing/fake-clients.ts";
import { find } from "../testing/find.ts";

describe("a security group", () => {
  it("is read with its rules both ways", async () => {
    const found = await find("security-group", "sg-1", {
      DescribeSecurityGroups: () => ({
        SecurityGroups: [
          {
            GroupId: "sg-1",
            IpPermissions: [
              {
                IpProtocol: "tcp",
                FromPort: 80,
                ToPort: 80,
                IpRanges: [{ CidrIp: "0.0.0.0/0", Description: "anyone" }],
                Ipv6Ranges: [{ CidrIpv6: "::/0" }],
                UserIdGroupPairs: [{ GroupId: "sg-2", UserId: "123456789012" }],
                PrefixListIds: [{ PrefixListId: "pl-1" }],
              },
            ],
            IpPermissionsEgress: [{ IpProtocol: "-1", IpRanges: [{ CidrIp: "0.0.0.0/0" }], Ipv6Ranges: [] }],
          },
        ],
      }),
    });
    expect(found?.setting).toEqual({
      kind: "security-group",
      id: "sg-1",
      ingress: [
        {
          protocol: "tcp",
          fromPort: 80,
          toPort: 80,
          cidrsIpv4: ["0.0.0.0/0"],
          cidrsIpv6: ["::/0"],
          securityGroupIds: ["sg-2"],
          prefixListIds: ["pl-1"],
        },
      ],
      egress: [
        {
          protocol: "-1",
          fromPort: -1,
          toPort: -1,
          cidrsIpv4: ["0.0.0.0/0"],
          cidrsIpv6: [],
          securityGroupIds: [],
          prefixListIds: [],
        },
      ],
    });
  });

  it("is absent where AWS says so by name", async () => {
    expect(await find("security-group", "sg-1", { DescribeSecurityGroups: fails("InvalidGroup.NotFound") })).toBe(
      undefined,
    );
  });
});

describe("a subnet", () => {
  const table = (id: string, GatewayId: string) => ({
    RouteTableId: id,
    Routes: [
      { DestinationCidrBlock: "10.0.0.0/16", GatewayId: "local", State: "active" },
      { DestinationCidrBlock: "0.0.0.0/0", GatewayId, State: "active" },
      { DestinationIpv6CidrBlock: "::/0", EgressOnlyInternetGatewayId: "eigw-1", State: "blackhole" },
    ],
  });
  const filterName = (input: Readonly<Record<string, unknown>>) => JSON.stringify(input["Filters"]);

  it("has the routes of the table that it is associated with", async () => {
    const found = await find("subnet", "subnet-a", {
      DescribeSubnets: () => ({ Subnets: [{ SubnetId: "subnet-a", VpcId: "vpc-1" }] }),
      DescribeRouteTables: (input) => ({
        RouteTables: filterName(input).includes("subnet-a") ? [table("rtb-own", "igw-1")] : [table("rtb-main", "no")],
      }),
    });
    expect(found?.setting).toEqual({
      kind: "subnet",
      id: "subnet-a",
      vpcId: "vpc-1",
      routeTableId: "rtb-own",
      routes: [
        { destination: "10.0.0.0/16", target: "local", state: "active" },
        { destination: "0.0.0.0/0", target: "igw-1", state: "active" },
        { destination: "::/0", target: "eigw-1", state: "blackhole" },
      ],
    });
    expect(found?.links).toEqual([{ kind: "vpc", subject: "vpc-1" }]);
  });

  it("without an association has those of its VPC's main table", async () => {
    const found = await find("subnet", "subnet-a", {
      DescribeSubnets: () => ({ Subnets: [{ SubnetId: "subnet-a", VpcId: "vpc-1" }] }),
      DescribeRouteTables: (input) => ({
        RouteTables: filterName(input).includes("association.main") ? [table("rtb-main", "igw-1")] : [],
      }),
    });
    expect(found?.setting).toMatchObject({ routeTableId: "rtb-main" });
  });

  it("is absent where AWS says so by name", async () => {
    expect(await find("subnet", "subnet-a", { DescribeSubnets: fails("InvalidSubnetID.NotFound") })).toBeUndefined();
  });
});

describe("a VPC", () => {
  it("has the address blocks that are in use, and leads to its flow logs", async () => {
    const found = await find("vpc", "vpc-1", {
      DescribeVpcs: () => ({
        Vpcs: [
          {
            VpcId: "vpc-1",
            CidrBlock: "10.0.0.0/16",
            CidrBlockAssociationSet: [
              { CidrBlock: "10.0.0.0/16", CidrBlockState: { State: "associated" } },
              { CidrBlock: "10.1.0.0/16", CidrBlockState: { State: "disassociated" } },
            ],
            Ipv6CidrBlockAssociationSet: [
              { Ipv6CidrBlock: "2001:db8::/56", Ipv6CidrBlockState: { State: "associated" } },
            ],
          },
        ],
      }),
    });
    expect(found?.setting).toEqual({
      kind: "vpc",
      id: "vpc-1",
      cidrsIpv4: ["10.0.0.0/16"],
      cidrsIpv6: ["2001:db8::/56"],
    });
    expect(found?.links).toEqual([{ kind: "flow-logs", subject: "vpc-1" }]);
  });

  it("is absent where AWS says so by name", async () => {
    expect(await find("vpc", "vpc-1", { DescribeVpcs: fails("InvalidVpcID.NotFound") })).toBeUndefined();
  });
});

describe("flow logs", () => {
  const role = "arn:aws:iam::123456789012:role/flow";

  it("are read with how their delivery goes, and lead to role and destination", async () => {
    const found = await find("flow-logs", "vpc-1", {
      DescribeFlowLogs: () => ({
        FlowLogs: [
          {
            FlowLogId: "fl-1",
            FlowLogStatus: "ACTIVE",
            DeliverLogsStatus: "FAILED",
            DeliverLogsErrorMessage: "Access error",
            DeliverLogsPermissionArn: role,
            LogDestinationType: "cloud-watch-logs",
            LogDestination: "arn:aws:logs:eu-central-1:123456789012:log-group:/vpc/flow",
            ResourceId: "vpc-1",
          },
          {
            FlowLogId: "fl-2",
            FlowLogStatus: "ACTIVE",
            LogDestinationType: "s3",
            LogDestination: "arn:aws:s3:::flow-bucket/prefix/",
          },
        ],
      }),
    });
    expect(found?.setting).toEqual({
      kind: "flow-logs",
      vpcId: "vpc-1",
      flowLogs: [
        {
          id: "fl-1",
          status: "ACTIVE",
          deliveryStatus: "FAILED",
          deliveryError: "Access error",
          destinationType: "cloud-watch-logs",
          destination: "/vpc/flow",
          roleArn: role,
        },
        {
          id: "fl-2",
          status: "ACTIVE",
          deliveryStatus: "",
          deliveryError: "",
          destinationType: "s3",
          destination: "arn:aws:s3:::flow-bucket/prefix/",
          roleArn: "",
        },
      ],
    });
    expect(found?.links).toEqual([
      { kind: "role", subject: role },
      { kind: "log-group", subject: "/vpc/flow" },
      { kind: "bucket", subject: "flow-bucket" },
    ]);
  });

  it("are an empty list where the VPC has none", async () => {
    const found = await find("flow-logs", "vpc-1", { DescribeFlowLogs: () => ({ FlowLogs: [] }) });
    expect(found).toEqual({ setting: { kind: "flow-logs", vpcId: "vpc-1", flowLogs: [] }, links: [] });
  });
});

describe("an instance", () => {
  const instance = {
    InstanceId: "i-1",
    State: { Code: 16, Name: "running" },
    SubnetId: "subnet-a",
    PublicIpAddress: "198.51.100.7",
    SecurityGroups: [{ GroupId: "sg-1", GroupName: "proof" }],
    IamInstanceProfile: { Arn: "arn:aws:iam::123456789012:instance-profile/team/proof", Id: "AIPA" },
  };
  const role = "arn:aws:iam::123456789012:role/proof";

  it("has the role of its profile", async () => {
    const found = await find("instance", "i-1", {
      DescribeInstances: () => ({ Reservations: [{ Instances: [instance] }] }),
      GetInstanceProfile: ({ InstanceProfileName }) =>
        InstanceProfileName === "proof" ? { InstanceProfile: { Roles: [{ Arn: role }] } } : undefined,
    });
    expect(found?.setting).toEqual({
      kind: "instance",
      id: "i-1",
      state: "running",
      subnetId: "subnet-a",
      securityGroupIds: ["sg-1"],
      publicIpAddress: "198.51.100.7",
      roleArn: role,
    });
    expect(found?.links).toEqual([
      { kind: "role", subject: role },
      { kind: "subnet", subject: "subnet-a" },
      { kind: "security-group", subject: "sg-1" },
    ]);
  });

  it.each([
    ["its profile holds no role", instance, () => ({ InstanceProfile: { Roles: [] } })],
    ["its profile was deleted", instance, fails("NoSuchEntityException", 404)],
    ["it has no profile", { ...instance, IamInstanceProfile: undefined }, fails("NotAsked")],
  ])("has no role where %s", async (_, described, GetInstanceProfile) => {
    const DescribeInstances = () => ({ Reservations: [{ Instances: [described] }] });
    const found = await find("instance", "i-1", { DescribeInstances, GetInstanceProfile });
    expect(found?.setting).toMatchObject({ roleArn: "" });
  });

  it("is absent where AWS says so by name", async () => {
    expect(await find("instance", "i-1", { DescribeInstances: fails("InvalidInstanceID.NotFound") })).toBeUndefined();
  });
});
