import { DescribeFlowLogsCommand, type FlowLog } from "@aws-sdk/client-ec2";
import { needsOn } from "../../../model/settings/need.ts";
import type { FlowLogsSetting } from "../../../model/settings/network-setting.ts";
import { type Target, targetIfAny, targetOf } from "../../../model/settings/subject.ts";
import { allPages } from "../pages.ts";
import type { Reader } from "../reader.ts";
import { required } from "../unread.ts";

const DESCRIBE = "ec2:DescribeFlowLogs";

/** The flow logs of a whole VPC, without those of single subnets and interfaces. */
export const flowLogsReader: Reader<"flow-logs"> = {
  kind: "flow-logs",
  namedBy: ({ vpc }) => [vpc],
  isLinked: true,

  /** EC2's Describe actions do not support resource-level permissions. */
  needs: () => needsOn([DESCRIBE], ["*"]),

  async read(vpcId, { clients, ask }) {
    const ec2 = await clients.ec2();
    const flowLogs = await allPages(DESCRIBE, async (token) => {
      const Filter = [{ Name: "resource-id", Values: [vpcId] }];
      const page = await ask(DESCRIBE, (options) =>
        ec2.send(new DescribeFlowLogsCommand({ Filter, NextToken: token }), options),
      );
      return { items: required(page.FlowLogs, "FlowLogs", DESCRIBE), next: page.NextToken };
    });
    return { kind: "flow-logs", vpcId, flowLogs: flowLogs.map(toFlowLog) };
  },

  links: ({ flowLogs }, place) =>
    flowLogs.flatMap(({ roleArn, destinationType, destination }): Target[] => [
      ...targetIfAny("role", roleArn, place),
      ...(destinationType === "cloud-watch-logs" && destination !== ""
        ? [targetOf("log-group", destination, place)]
        : []),
      ...(destinationType === "s3" && destination !== "" ? [targetOf("bucket", destination, place)] : []),
    ]),
};

function toFlowLog(flowLog: FlowLog): FlowLogsSetting["flowLogs"][number] {
  const destinationType = flowLog.LogDestinationType ?? "cloud-watch-logs";
  return {
    id: required(flowLog.FlowLogId, "FlowLogId", DESCRIBE),
    status: flowLog.FlowLogStatus ?? "",
    deliveryStatus: flowLog.DeliverLogsStatus ?? "",
    deliveryError: flowLog.DeliverLogsErrorMessage ?? "",
    destinationType,
    destination: destinationOf(flowLog, destinationType),
    roleArn: flowLog.DeliverLogsPermissionArn ?? "",
  };
}

/** A log group comes by name, or, where the flow log was made with one, by ARN. */
function destinationOf({ LogDestination, LogGroupName }: FlowLog, destinationType: string): string {
  if (destinationType !== "cloud-watch-logs") return LogDestination ?? "";
  return LogGroupName ?? /:log-group:([^:]+)/.exec(LogDestination ?? "")?.[1] ?? "";
}
