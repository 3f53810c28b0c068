import { mayAssumeRole } from "../authorization/may-assume-role.ts";
import type { Authorizer, Clock, LogSink } from "../model/ports.ts";
import { logGroupNameOf } from "../services/ec2/flow-logs.ts";
import type { Resource, TwinState } from "../state/twin-state.ts";
import { reachesEndpoints } from "./reachability.ts";

interface FlowLogPorts {
  readonly clock: Clock;
  readonly authorizer: Authorizer;
  readonly logs: LogSink;
}

/** What AWS aggregates into one record at the most often. */
const AGGREGATION_SECONDS = 60;

/**
 * Delivers the flow logs of the state that go to a log group, as their role: once, at boot, a record for each network
 * interface of the instances that they watch. Where the role may not be assumed or may not write, nothing comes.
 * https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-cwl.html
 */
export function deliverFlowLogs(state: TwinState, { clock, authorizer, logs }: FlowLogPorts): void {
  for (const flowLog of state.flowLogs) {
    const groupName = logGroupNameOf(flowLog);
    const roleArn = flowLog.iam_role_arn;
    if (groupName === undefined || roleArn === undefined) continue;
    const { accountId, partition, region } = state;
    const source = { arn: `arn:${partition}:ec2:${region}:${accountId}:vpc-flow-log/${flowLog.id}`, accountId };
    if (!mayAssumeRole(authorizer, roleArn, "vpc-flow-logs.amazonaws.com", source).allowed) continue;
    const writer = { kind: "role", roleArn, sessionName: "flow-logs" } as const;
    logs.ensureGroup(groupName, writer);
    for (const instance of state.instances.filter((each) => isWatched(state, flowLog, each))) {
      const interfaceId = instance.primary_network_interface_id ?? "eni-unknown";
      const atMs = clock.nowMs();
      const message = recordOf(state, flowLog, instance, interfaceId, atMs);
      logs.append(groupName, `${interfaceId}-${flowLog.traffic_type.toLowerCase()}`, [{ atMs, message }], writer);
    }
  }
}

function isWatched(
  state: TwinState,
  { vpc_id, subnet_id, eni_id }: Resource<"flowLogs">,
  { subnet_id: own, primary_network_interface_id }: Resource<"instances">,
): boolean {
  if (eni_id !== undefined) return eni_id === primary_network_interface_id;
  if (subnet_id !== undefined) return subnet_id === own;
  return state.subnets.some(({ id, vpc_id: of }) => id === own && of === vpc_id);
}

/** The default format: the instance's call to AWS on 443 where it gets out, else an interval without data. */
function recordOf(
  state: TwinState,
  { traffic_type }: Resource<"flowLogs">,
  instance: Resource<"instances">,
  interfaceId: string,
  atMs: number,
): string {
  const end = Math.floor(atMs / 1000);
  const span = `${end - AGGREGATION_SECONDS} ${end}`;
  const goesOut = reachesEndpoints(state, instance).kind === "reached" && traffic_type !== "REJECT";
  if (!goesOut) return `2 ${state.accountId} ${interfaceId} - - - - - - - ${span} - NODATA`;
  const flow = `${instance.private_ip ?? "-"} 198.51.100.10 40000 443 6 10 2400`;
  return `2 ${state.accountId} ${interfaceId} ${flow} ${span} ACCEPT OK`;
}
