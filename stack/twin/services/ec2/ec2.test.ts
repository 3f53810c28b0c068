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
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TwinState } from "../../state/index.ts";
import { asking } from "../testing/asking.ts";
import {
  type ControlPlaneServer,
  denying,
  only,
  serveControlPlane,
  snapshotState,
} from "../testing/control-plane-server.ts";

const state = snapshotState();
const vpc = only(state.vpcs);
const [subnet] = state.subnets;
const flowLog = only(state.flowLogs);
const instance = only(state.instances);
const profile = only(state.instanceProfiles);

let server: ControlPlaneServer;
let ec2: EC2Client;

beforeAll(async () => {
  server = await serveControlPlane(state);
  ec2 = new EC2Client(server.clientConfig());
});

afterAll(async () => {
  ec2.destroy();
  await server.close();
});

const withClient = <T>(changed: TwinState, ask: (client: EC2Client) => Promise<T>): Promise<T> =>
  asking(changed, {}, async (other) => {
    const client = new EC2Client(other.clientConfig());
    return ask(client).finally(() => client.destroy());
  });

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
    await asking(state, { authorizer: denying(action) }, async (closed) => {
      const client = new EC2Client(closed.clientConfig());
      const { FlowLogs } = await client.send(new DescribeFlowLogsCommand({}));
      expect(only(FlowLogs)).toMatchObject({ DeliverLogsStatus: "FAILED", DeliverLogsErrorMessage: "Access error" });
      client.destroy();
    });
  });

  it("makes a group that is not there, where its role may do so for the group's streams", async () => {
    const withoutGroups = { ...state, logGroups: [] };
    const statusUnder = (allowed: (resourceArn: string) => boolean) =>
      asking(
        withoutGroups,
        {
          authorizer: {
            decide: ({ action, resourceArn }) =>
              action !== "logs:CreateLogGroup" || allowed(resourceArn)
                ? { allowed: true }
                : { allowed: false, reason: "because no identity-based policy allows it" },
          },
        },
        async (server) => {
          const client = new EC2Client(server.clientConfig());
          const { FlowLogs } = await client.send(new DescribeFlowLogsCommand({}));
          client.destroy();
          return only(FlowLogs).DeliverLogsStatus;
        },
      );
    expect(await statusUnder((arn) => arn === `${flowLog.log_destination}:log-stream:`)).toBe("SUCCESS");
    expect(await statusUnder((arn) => arn === flowLog.log_destination)).toBe("FAILED");
  });

  it("whose role is not there fails as well", async () => {
    const { FlowLogs } = await withClient({ ...state, roles: [] }, (client) =>
      client.send(new DescribeFlowLogsCommand({})),
    );
    expect(only(FlowLogs).DeliverLogsStatus).toBe("FAILED");
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
    await asking(state, { authorizer: denying("ec2:DescribeVpcs") }, async (closed) => {
      const client = new EC2Client(closed.clientConfig());
      await expect(client.send(new DescribeVpcsCommand({}))).rejects.toMatchObject({
        name: "UnauthorizedOperation",
        message: expect.stringMatching(/^You are not authorized to perform this operation\. User: .* ec2:DescribeVpcs/),
        $metadata: { httpStatusCode: 403 },
      });
      client.destroy();
    });
  });

  it("counts what it does not implement", async () => {
    await expect(ec2.send(new DescribeVolumesCommand({}))).rejects.toMatchObject({ name: "InvalidAction" });
    expect(server.unimplemented.counts()).toMatchObject([{ service: "ec2", operation: "DescribeVolumes", count: 1 }]);
  });
});
