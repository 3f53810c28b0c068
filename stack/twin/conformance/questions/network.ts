import {
  DescribeFlowLogsCommand,
  DescribeIamInstanceProfileAssociationsCommand,
  DescribeInstancesCommand,
  DescribeInternetGatewaysCommand,
  DescribeNatGatewaysCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
} from "@aws-sdk/client-ec2";
import { byName, picked, type Question, type Questions } from "../question.ts";

/** The network and the instance: A1, A2, A8, B12. */
export const networkQuestions: Questions = ({ vpcs, securityGroups, flowLogs, instances }) => [
  ...vpcs.flatMap(({ id }) => [...vpcQuestions(id), ...wayQuestions(id)]),
  ...securityGroups.map(
    ({ id }): Question => ({
      name: `ec2:DescribeSecurityGroupRules ${id}`,
      ask: async ({ ec2 }) => {
        const Filters = [{ Name: "group-id", Values: [id] }];
        const { SecurityGroupRules } = await ec2.send(new DescribeSecurityGroupRulesCommand({ Filters }));
        const rules = SecurityGroupRules?.map((rule) =>
          picked(
            rule,
            ...(["SecurityGroupRuleId", "GroupId", "IsEgress", "IpProtocol", "FromPort", "ToPort"] as const),
            ...(["CidrIpv4", "CidrIpv6", "PrefixListId", "ReferencedGroupInfo", "Description"] as const),
          ),
        );
        return byName(rules, ({ SecurityGroupRuleId }) => SecurityGroupRuleId);
      },
    }),
  ),
  ...flowLogs.map(
    ({ id }): Question => ({
      name: `ec2:DescribeFlowLogs ${id}`,
      ask: async ({ ec2 }) => {
        const { FlowLogs } = await ec2.send(new DescribeFlowLogsCommand({ FlowLogIds: [id] }));
        return FlowLogs?.map((flowLog) =>
          picked(
            flowLog,
            ...(["FlowLogId", "ResourceId", "TrafficType", "LogDestinationType", "LogDestination"] as const),
            ...(["LogGroupName", "DeliverLogsPermissionArn", "DeliverLogsStatus", "FlowLogStatus"] as const),
            ...(["LogFormat", "MaxAggregationInterval"] as const),
          ),
        );
      },
    }),
  ),
  ...instances.flatMap(({ id }) => instanceQuestions(id)),
];

/** The VPC and its subnets. */
const vpcQuestions = (vpcId: string): Question[] => {
  const inVpc = [{ Name: "vpc-id", Values: [vpcId] }];
  return [
    {
      name: `ec2:DescribeVpcs ${vpcId}`,
      ask: async ({ ec2 }) => {
        const { Vpcs } = await ec2.send(new DescribeVpcsCommand({ VpcIds: [vpcId] }));
        return Vpcs?.map((vpc) =>
          picked(vpc, "VpcId", "CidrBlock", "State", "IsDefault", "InstanceTenancy", "OwnerId"),
        );
      },
    },
    {
      name: `ec2:DescribeSubnets ${vpcId}`,
      ask: async ({ ec2 }) => {
        const { Subnets } = await ec2.send(new DescribeSubnetsCommand({ Filters: inVpc }));
        const subnets = Subnets?.map((subnet) => ({
          ...picked(
            subnet,
            ...(["SubnetId", "SubnetArn", "VpcId", "CidrBlock", "AvailabilityZone", "AvailabilityZoneId"] as const),
            ...(["MapPublicIpOnLaunch", "State", "OwnerId"] as const),
          ),
          tags: byName(subnet.Tags, ({ Key }) => Key),
        }));
        return byName(subnets, ({ SubnetId }) => SubnetId);
      },
    },
  ];
};

/** What leads in and out of it, and what is let through. */
const wayQuestions = (vpcId: string): Question[] => {
  const inVpc = [{ Name: "vpc-id", Values: [vpcId] }];
  return [
    {
      name: `ec2:DescribeRouteTables ${vpcId}`,
      ask: async ({ ec2 }) => {
        const { RouteTables } = await ec2.send(new DescribeRouteTablesCommand({ Filters: inVpc }));
        const tables = RouteTables?.map((table) => ({
          RouteTableId: table.RouteTableId,
          routes: byName(table.Routes, ({ DestinationCidrBlock: v4, DestinationIpv6CidrBlock: v6 }) => v4 ?? v6),
          associations: byName(
            table.Associations?.map((each) => picked(each, "Main", "SubnetId", "RouteTableId")),
            ({ SubnetId }) => SubnetId ?? "main",
          ),
        }));
        return byName(tables, ({ RouteTableId }) => RouteTableId);
      },
    },
    {
      name: `ec2:DescribeInternetGateways ${vpcId}`,
      ask: async ({ ec2 }) => {
        const Filters = [{ Name: "attachment.vpc-id", Values: [vpcId] }];
        const read = await ec2.send(new DescribeInternetGatewaysCommand({ Filters }));
        return read.InternetGateways?.map((gateway) => picked(gateway, "InternetGatewayId", "Attachments", "OwnerId"));
      },
    },
    {
      name: `ec2:DescribeNatGateways ${vpcId}`,
      ask: async ({ ec2 }) => {
        const { NatGateways } = await ec2.send(new DescribeNatGatewaysCommand({ Filter: inVpc }));
        const gateways = NatGateways?.map((gateway) => ({
          ...picked(gateway, "NatGatewayId", "SubnetId", "VpcId", "State", "ConnectivityType"),
          addresses: gateway.NatGatewayAddresses?.map((each) => picked(each, "AllocationId", "PublicIp", "PrivateIp")),
        }));
        return byName(gateways, ({ NatGatewayId }) => NatGatewayId);
      },
    },
    {
      name: `ec2:DescribeSecurityGroups ${vpcId}`,
      ask: async ({ ec2 }) => {
        const { SecurityGroups } = await ec2.send(new DescribeSecurityGroupsCommand({ Filters: inVpc }));
        const groups = SecurityGroups?.map((group) => ({
          ...picked(group, "GroupId", "GroupName", "Description", "VpcId", "OwnerId"),
          ingress: byName(group.IpPermissions, ({ IpProtocol, FromPort }) => `${IpProtocol} ${FromPort}`),
          egress: byName(group.IpPermissionsEgress, ({ IpProtocol, FromPort }) => `${IpProtocol} ${FromPort}`),
        }));
        return byName(groups, ({ GroupId }) => GroupId);
      },
    },
  ];
};

const instanceQuestions = (id: string): Question[] => [
  {
    name: `ec2:DescribeInstances ${id}`,
    ask: async ({ ec2 }) => {
      const { Reservations } = await ec2.send(new DescribeInstancesCommand({ InstanceIds: [id] }));
      return Reservations?.flatMap(({ Instances }) => Instances ?? []).map((instance) =>
        picked(
          instance,
          ...(["InstanceId", "ImageId", "State", "InstanceType", "SubnetId", "VpcId"] as const),
          ...(["PrivateIpAddress", "PublicIpAddress", "SecurityGroups", "IamInstanceProfile"] as const),
          "MetadataOptions",
        ),
      );
    },
  },
  {
    name: `ec2:DescribeIamInstanceProfileAssociations ${id}`,
    ask: async ({ ec2 }) => {
      const Filters = [{ Name: "instance-id", Values: [id] }];
      const read = await ec2.send(new DescribeIamInstanceProfileAssociationsCommand({ Filters }));
      return read.IamInstanceProfileAssociations?.map((each) =>
        picked(each, "InstanceId", "IamInstanceProfile", "State"),
      );
    },
  },
];
