import { defaultGroupRules, rulesOf, type SecurityGroupRule } from "../services/ec2/security-group-rules.ts";
import type { TwinState } from "../state/twin-state.ts";
import { isInRange } from "./address-range.ts";

interface Connection {
  readonly direction: "in" | "out";
  readonly port: number;
  /** The address at the other end, IPv4. */
  readonly peerIp: string;
}

/**
 * Whether any rule of these groups lets a TCP connection through: rules only allow, and all groups' rules count together.
 * A group that the state does not hold is another stack's, and taken to let it through; a prefix list's addresses are
 * not known and do not.
 */
export function groupsAllow(state: TwinState, groupIds: readonly string[], connection: Connection): boolean {
  return groupIds.some((groupId) => {
    const rules = rulesOfGroup(state, groupId, connection.direction === "out");
    return rules === undefined || rules.some((rule) => lets(rule, connection));
  });
}

function rulesOfGroup(state: TwinState, groupId: string, isEgress: boolean): SecurityGroupRule[] | undefined {
  const group = state.securityGroups.find(({ id }) => id === groupId);
  if (group !== undefined) return rulesOf(state, group, isEgress);
  const isDefault = state.vpcs.some(({ default_security_group_id }) => default_security_group_id === groupId);
  return isDefault ? defaultGroupRules(groupId, isEgress) : undefined;
}

function lets({ protocol, fromPort, toPort, peer }: SecurityGroupRule, { port, peerIp }: Connection): boolean {
  const isAll = protocol === "-1";
  const isTcp = protocol === "tcp" || protocol === "6";
  if (!isAll && !(isTcp && fromPort <= port && port <= toPort)) return false;
  return peer.kind === "ipv4" && isInRange(peerIp, peer.cidr);
}
