import type { Service } from "../../model/service.ts";
import { failed } from "../answer.ts";
import type { ControlPlaneParts } from "../control-plane-parts.ts";
import { createService, type ErrorWording } from "../operation.ts";
import { describeFlowLogs } from "./flow-logs.ts";
import { describeInternetGateways, describeNatGateways } from "./gateways.ts";
import { describeIamInstanceProfileAssociations, describeInstances } from "./instances.ts";
import { describeRouteTables } from "./route-tables.ts";
import { describeSecurityGroupRules, describeSecurityGroups } from "./security-groups.ts";
import { describeSubnets, describeVpcs } from "./vpcs.ts";

const ERRORS: ErrorWording = {
  invalid: (message) => failed("InvalidParameterValue", message),
  denied: (message) =>
    failed("UnauthorizedOperation", `You are not authorized to perform this operation. ${message}`, 403),
};

/** Amazon EC2, to be read: the network of the state and its instances. */
export function createEc2(parts: ControlPlaneParts): Service {
  const { state, authorizer } = parts;
  return createService("ec2", authorizer, ERRORS, {
    DescribeVpcs: describeVpcs(state),
    DescribeSubnets: describeSubnets(state),
    DescribeInternetGateways: describeInternetGateways(state),
    DescribeNatGateways: describeNatGateways(state),
    DescribeRouteTables: describeRouteTables(state),
    DescribeSecurityGroups: describeSecurityGroups(state),
    DescribeSecurityGroupRules: describeSecurityGroupRules(state),
    DescribeFlowLogs: describeFlowLogs(parts),
    DescribeInstances: describeInstances(state),
    DescribeIamInstanceProfileAssociations: describeIamInstanceProfileAssociations(state),
  });
}
