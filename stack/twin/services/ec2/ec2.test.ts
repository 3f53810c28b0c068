import {
  DescribeFlowLogsCommand,
  DescribeIamInstanceProfileAssociationsCommand,
  DescribeInstancesCommand,
  DescribeInternetGatewaysCommand,
  DescribeNatGatewaysCommand,
  DescribeSubnetsCommand,
  DescribeVolumesCommand,
  DescribeVpcsCommand,
  EC2Client,
  paginateDescribeSubnets,
} from "@aws-sdk/client-ec2";
import { describe, expect, it } from "vitest";
import { createAuthorizer } from "../../authorization/create-authorizer.ts";
import { allowEverything } from "../../authorization/testing/allow-everything.ts";
import type { Authorizer } from "../../model/ports.ts";
import type { TwinState } from "../../state/twin-state.ts";
import { snapshotState } from "../../testing/states.ts";
import { denying, only } from "../testing/control-plane-server.ts";
import { serviceUnderTest } from "../testing/service-under-test.ts";

const state = snapshotState();
const vpc = only(state.vpcs);
const [subnet] = state.subnets;
const flowLog = only(state.flowLogs);
const instance = only(state.instances);
const profile = only(state.instanceProfiles);

const { client: ec2, server, asking } = await serviceUnderTest(EC2Client, state);

describe("the network", () => {
  it("has the state's VPC", async () => {
    const read = await ec2.send(new DescribeVpcsCommand({ VpcIds: [vpc.id] }));
    expect(only(read.Vpcs)).toMatchObject({
      VpcId: vpc.id,
      CidrBlock: vpc.cidr_block,
      State: "available",
      IsDefault: false,
      OwnerId: state.accountId,
    });
    const tags = only(read.Vpcs).Tags?.map(({ Key, Value }) => [Key, Value]) ?? [];
    expect(Object.fromEntries(tags)).toEqual(vpc.tags_all);
  });

  it("has the state's subnets, page by page", async () => {
    const found: unknown[] = [];
    for await (const page of paginateDescribeSubnets({ client: ec2, pageSize: 3 }, {})) {
      found.push(...(page.Subnets ?? []));
    }
    expect(found).toMatchObject(
      state.subnets.map((each) => ({
        SubnetId: each.id,
        VpcId: vpc.id,
        CidrBlock: each.cidr_block,
        AvailabilityZone: each.availability_zone,
        MapPublicIpOnLaunch: each.map_public_ip_on_launch,
      })),
    );
  });

  it("has the state's gateways, and finds them by VPC", async () => {
    const inVpc = [{ Name: "attachment.vpc-id", Values: [vpc.id] }];
    const internet = await ec2.send(new DescribeInternetGatewaysCommand({ Filters: inVpc }));
    expect(only(internet.InternetGateways)).toMatchObject({
      InternetGatewayId: only(state.internetGateways).id,
      Attachments: [{ VpcId: vpc.id, State: "available" }],
    });
    const nat = await ec2.send(new DescribeNatGatewaysCommand({ Filter: [{ Name: "vpc-id", Values: [vpc.id] }] }));
    expect(nat.NatGateways).toMatchObject(
      state.natGateways.map(({ id, subnet_id, public_ip }) => ({
        NatGatewayId: id,
        SubnetId: subnet_id,
        State: "available",
        NatGatewayAddresses: [{ PublicIp: public_ip }],
      })),
    );
  });
});

describe("a filter", () => {
  const count = async (Name: string, ...Values: string[]) =>
    (await ec2.send(new DescribeSubnetsCommand({ Filters: [{ Name, Values }] }))).Subnets?.length;

  it.each([
    ["an id", "subnet-id", subnet?.id ?? "", 1],
    ["a tag", "tag:Name", subnet?.tags_all["Name"] ?? "", 1],
    ["a tag's key", "tag-key", "Project", 4],
    ["a star", "tag:Name", "*public*", 2],
    ["a question mark", "tag:Name", "*-public-?", 2],
    ["nothing that there is", "vpc-id", "vpc-0", 0],
  ])("chooses by %s", async (_by, name, value, expected) => {
    expect(await count(name, value)).toBe(expected);
  });

  it("takes any of its values", async () => {
    expect(await count("tag:Name", "*-public-0", "*-public-1")).toBe(2);
  });

  it("that is unknown is an error and never an empty list", async () => {
    await expect(count("colour", "red")).rejects.toMatchObject({
      name: "InvalidParameterValue",
      message: expect.stringMatching(/^The filter 'colour' is invalid/),
    });
  });
});

describe("a flow log", () => {
  const statusOf = (changed: TwinState, authorizer: Authorizer = allowEverything) =>
    asking(
      changed,
      async (client) => only((await client.send(new DescribeFlowLogsCommand({}))).FlowLogs).DeliverLogsStatus,
      { authorizer },
    );

  it("is what the state says, and delivers", async () => {
    const ask = new DescribeFlowLogsCommand({ Filter: [{ Name: "resource-id", Values: [vpc.id] }] });
    expect(only((await ec2.send(ask)).FlowLogs)).toMatchObject({
      FlowLogId: flowLog.id,
      ResourceId: vpc.id,
      LogDestination: flowLog.log_destination,
      LogDestinationType: "cloud-watch-logs",
      LogGroupName: flowLog.log_destination?.split(":log-group:")[1],
      DeliverLogsPermissionArn: flowLog.iam_role_arn,
      DeliverLogsStatus: "SUCCESS",
      TrafficType: "ALL",
      MaxAggregationInterval: 60,
    });
  });

  it.each([
    ["write", "logs:PutLogEvents"],
    ["be taken on", "sts:AssumeRole"],
  ])("whose role may not %s fails with an access error", async (_what, action) => {
    await asking(
      state,
      async (client) => {
        const { FlowLogs } = await client.send(new DescribeFlowLogsCommand({}));
        expect(only(FlowLogs)).toMatchObject({ DeliverLogsStatus: "FAILED", DeliverLogsErrorMessage: "Access error" });
      },
      { authorizer: denying(action) },
    );
  });

  it("makes a group that is not there, where its role may do so for the group's streams", async () => {
    const withoutGroups = { ...state, logGroups: [] };
    const statusUnder = (allowed: (resourceArn: string) => boolean) =>
      statusOf(withoutGroups, {
        decide: ({ action, resourceArn }) =>
          action !== "logs:CreateLogGroup" || allowed(resourceArn)
            ? { allowed: true }
            : { allowed: false, reason: "because no identity-based policy allows it" },
      });
    expect(await statusUnder((arn) => arn === `${flowLog.log_destination}:log-stream:`)).toBe("SUCCESS");
    expect(await statusUnder((arn) => arn === flowLog.log_destination)).toBe("FAILED");
  });

  it("whose role is not there fails as well", async () => {
    expect(await statusOf({ ...state, roles: [] })).toBe("FAILED");
  });

  it("fails under the state's own policies once its role's trust or rights are gone", async () => {
    const underItsPolicies = (of: TwinState) => statusOf(of, createAuthorizer(of, { nowMs: () => 0 }));
    const role = only(state.roles.filter(({ arn }) => arn === flowLog.iam_role_arn));
    const others = state.roles.filter(({ arn }) => arn !== role.arn);
    const assume_role_policy = role.assume_role_policy.replace("vpc-flow-logs.amazonaws.com", "ec2.amazonaws.com");
    const rolePolicies = state.rolePolicies.filter((policy) => policy.role !== role.name);
    const roles = [...others, { ...role, inline_policy: [] }];
    expect(await underItsPolicies(state)).toBe("SUCCESS");
    expect(await underItsPolicies({ ...state, roles: [...others, { ...role, assume_role_policy }] })).toBe("FAILED");
    expect(await underItsPolicies({ ...state, roles, rolePolicies })).toBe("FAILED");
  });
});

describe("an instance", () => {
  it("is what the state says", async () => {
    const read = await ec2.send(new DescribeInstancesCommand({ InstanceIds: [instance.id] }));
    expect(only(only(read.Reservations).Instances)).toMatchObject({
      InstanceId: instance.id,
      State: { Name: "running", Code: 16 },
      InstanceType: instance.instance_type,
      SubnetId: instance.subnet_id,
      VpcId: vpc.id,
      PublicIpAddress: instance.public_ip,
      IamInstanceProfile: { Arn: profile.arn, Id: profile.unique_id },
      SecurityGroups: instance.vpc_security_group_ids.map((GroupId) => ({ GroupId })),
      MetadataOptions: { HttpTokens: "required" },
    });
  });

  it("has its profile by association", async () => {
    const Filters = [{ Name: "instance-id", Values: [instance.id] }];
    const read = await ec2.send(new DescribeIamInstanceProfileAssociationsCommand({ Filters }));
    expect(only(read.IamInstanceProfileAssociations)).toMatchObject({
      InstanceId: instance.id,
      IamInstanceProfile: { Arn: profile.arn },
      State: "associated",
    });
  });

  it("that is not there is InvalidInstanceID.NotFound", async () => {
    await expect(ec2.send(new DescribeInstancesCommand({ InstanceIds: ["i-0"] }))).rejects.toMatchObject({
      name: "InvalidInstanceID.NotFound",
      message: "The instance ID 'i-0' does not exist",
      $metadata: { httpStatusCode: 400 },
    });
  });
});

describe("the service", () => {
  it("answers UnauthorizedOperation, 403, to who may not", async () => {
    await asking(
      state,
      async (client) => {
        await expect(client.send(new DescribeVpcsCommand({}))).rejects.toMatchObject({
          name: "UnauthorizedOperation",
          message: expect.stringMatching(
            /^You are not authorized to perform this operation\. User: .* ec2:DescribeVpcs/,
          ),
          $metadata: { httpStatusCode: 403 },
        });
      },
      { authorizer: denying("ec2:DescribeVpcs") },
    );
  });

  it("counts what it does not implement", async () => {
    await expect(ec2.send(new DescribeVolumesCommand({}))).rejects.toMatchObject({ name: "InvalidAction" });
    expect(server.unimplemented.counts()).toMatchObject([{ service: "ec2", operation: "DescribeVolumes", count: 1 }]);
  });
});
