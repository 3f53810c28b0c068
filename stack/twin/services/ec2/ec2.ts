import type { Service } from "../../model/service.ts";
import { failed } from "../answer.ts";
import { operations } from "../operation.ts";
import type { Ec2Parts } from "./ec2-parts.ts";
import { describeFlowLogs } from "./flow-logs.ts";
import { describeInternetGateways, describeNatGateways } from "./gateways.ts";
import { describeIamInstanceProfileAssociations, describeInstances } from "./instances.ts";
import { describeRouteTables } from "./route-tables.ts";
import { describeSecurityGroupRules, describeSecurityGroups } from "./security-groups.ts";
import { describeSubnets, describeVpcs } from "./vpcs.ts";

/** Amazon EC2, to be read: the network of the state and its instances. */
export function createEc2(parts: Ec2Parts): Service {
  const { state, authorizer } = parts;
  const operation = operations(authorizer, {
    invalid: (message) => failed("InvalidParameterValue", message),
    denied: (message) =>
      failed("UnauthorizedOperation", `You are not authorized to perform this operation. ${message}`, 403),
  });
  return {
    name: "ec2",
    operations: {
      DescribeVpcs: operation(describeVpcs(state)),
      DescribeSubnets: operation(describeSubnets(state)),
      DescribeInternetGateways: operation(describeInternetGateways(state)),
      DescribeNatGateways: operation(describeNatGateways(state)),
      DescribeRouteTables: operation(describeRouteTables(state)),
      DescribeSecurityGroups: operation(describeSecurityGroups(state)),
      DescribeSecurityGroupRules: operation(describeSecurityGroupRules(state)),
      DescribeFlowLogs: operation(describeFlowLogs(parts)),
      DescribeInstances: operation(describeInstances(state)),
      DescribeIamInstanceProfileAssociations: operation(describeIamInstanceProfileAssociations(state)),
    },
  };
}
