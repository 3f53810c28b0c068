import type { Resource, TwinState } from "../../state/twin-state.ts";
import type { ControlPlaneParts } from "../control-plane-parts.ts";
import { describe } from "./describe.ts";
import { ec2Arn, tagSet } from "./ec2-parts.ts";
import { tagFilters } from "./filters.ts";

/** Fourteen fields: the format of a flow log that asks for none. https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html */
const defaultFormat = [
  ...["version", "account-id", "interface-id", "srcaddr", "dstaddr", "srcport", "dstport"],
  ...["protocol", "packets", "bytes", "start", "end", "action", "log-status"],
]
  .map((field) => `\${${field}}`)
  .join(" ");

const resourceOf = ({ vpc_id, subnet_id, eni_id, transit_gateway_id }: Resource<"flowLogs">) =>
  vpc_id ?? subnet_id ?? eni_id ?? transit_gateway_id;

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_FlowLog.html */
export function describeFlowLogs(parts: ControlPlaneParts) {
  const { state } = parts;
  const statusOf = (flowLog: Resource<"flowLogs">) => (mayDeliver(parts, flowLog) ? "SUCCESS" : "FAILED");
  return describe({
    operation: "DescribeFlowLogs",
    set: "flowLogSet",
    all: state.flowLogs,
    chosenBy: { FlowLogId: { idOf: ({ id }) => id, code: "InvalidFlowLogId.NotFound", what: "flow log ID" } },
    filters: {
      ...tagFilters(),
      "flow-log-id": ({ id }) => [id],
      "resource-id": (flowLog) => [resourceOf(flowLog)],
      "log-group-name": (flowLog) => [logGroupNameOf(flowLog)],
      "log-destination-type": ({ log_destination_type }) => [log_destination_type],
      "traffic-type": ({ traffic_type }) => [traffic_type],
      "deliver-log-status": (flowLog) => [statusOf(flowLog)],
    },
    shape: {
      flowLogId: "id",
      flowLogStatus: () => "ACTIVE",
      resourceId: resourceOf,
      trafficType: "traffic_type",
      logDestinationType: "log_destination_type",
      logDestination: (flowLog) => flowLog.log_destination ?? logGroupArn(state, logGroupNameOf(flowLog)),
      logGroupName: logGroupNameOf,
      deliverLogsPermissionArn: "iam_role_arn",
      deliverLogsStatus: statusOf,
      deliverLogsErrorMessage: (flowLog) => (mayDeliver(parts, flowLog) ? undefined : "Access error"),
      logFormat: ({ log_format }) => log_format ?? defaultFormat,
      maxAggregationInterval: "max_aggregation_interval",
      destinationOptions: ({ destination_options: options }) =>
        options && {
          fileFormat: options.file_format,
          hiveCompatiblePartitions: options.hive_compatible_partitions,
          perHourPartition: options.per_hour_partition,
        },
      tagSet: ({ tags_all }) => tagSet(tags_all),
    },
  });
}

/** The group that a flow log writes to; undefined where it writes elsewhere. */
export function logGroupNameOf({ log_group_name, log_destination, log_destination_type }: Resource<"flowLogs">) {
  if (log_destination_type !== "cloud-watch-logs") return undefined;
  return log_group_name ?? /:log-group:([^:]+)/.exec(log_destination ?? "")?.[1];
}

/**
 * Whether flow logs may take the role on and write with it. AWS shows "Access error" where not; a group that is absent is made, where the role
 * may do that. https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-troubleshooting.html. Making a group is authorized for its
 * stream of no name, as AWS' denials show: `…:log-group:NAME:log-stream:` (https://github.com/aws-solutions/aws-crr-monitor/issues/8).
 */
function mayDeliver({ state, authorizer }: ControlPlaneParts, flowLog: Resource<"flowLogs">): boolean {
  const groupName = logGroupNameOf(flowLog);
  if (groupName === undefined) return true;
  const role = state.roles.find(({ arn }) => arn === flowLog.iam_role_arn);
  const groupArn = logGroupArn(state, groupName);
  if (role === undefined || groupArn === undefined) return false;
  const context = { "aws:SecureTransport": "true" };
  const service = "vpc-flow-logs.amazonaws.com";
  const sourceArn = ec2Arn(state, "vpc-flow-log", flowLog.id);
  const delivery = { kind: "service", service, sourceArn, sourceAccount: state.accountId } as const;
  const assuming = { principal: delivery, action: "sts:AssumeRole", resourceArn: role.arn, context };
  if (!authorizer.decide(assuming).allowed) return false;
  const principal = { kind: "role", roleArn: role.arn, sessionName: "flow-logs" } as const;
  const may = (action: string, resourceArn: string) =>
    authorizer.decide({ principal, action, resourceArn, context }).allowed;
  const streamArn = `${groupArn}:log-stream:${resourceOf(flowLog) ?? ""}-all`;
  const groupExists = state.logGroups.some(({ name }) => name === groupName);
  return (
    (groupExists || may("logs:CreateLogGroup", `${groupArn}:log-stream:`)) &&
    may("logs:CreateLogStream", streamArn) &&
    may("logs:PutLogEvents", streamArn)
  );
}

function logGroupArn({ partition, region, accountId }: TwinState, groupName: string | undefined): string | undefined {
  return groupName === undefined ? undefined : `arn:${partition}:logs:${region}:${accountId}:log-group:${groupName}`;
}
