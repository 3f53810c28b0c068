import type { Account, Looked } from "../../model/settings/account.ts";
import type { SecurityGroupRule } from "../../model/settings/network-setting.ts";
import type { Place } from "../../model/settings/place.ts";
import { subjectOf } from "../../model/settings/subject.ts";

/** What the security groups of a load balancer let in, together: a rule of any group lets in. */
export interface Ingress {
  readonly rules: readonly (SecurityGroupRule & { readonly groupId: string })[];
  /** Groups that could not be read: what they let in is not known. */
  readonly unread: readonly {
    readonly groupId: string;
    readonly looked: Exclude<Looked<"security-group">, { kind: "read" }>;
  }[];
}

export function ingressOf(account: Account, groupIds: readonly string[], place: Place): Ingress {
  const groups = groupIds.map((groupId) => ({
    groupId,
    looked: account.look("security-group", subjectOf("security-group", groupId, place)),
  }));
  return {
    rules: groups.flatMap(({ groupId, looked }) =>
      looked.kind === "read" ? looked.setting.ingress.map((rule) => ({ ...rule, groupId })) : [],
    ),
    unread: groups.flatMap(({ groupId, looked }) => (looked.kind === "read" ? [] : [{ groupId, looked }])),
  };
}

const TCP = ["tcp", "6", "-1"];

/** Whether a rule is about TCP to a port. */
export function isForTcpPort(rule: SecurityGroupRule, port: number): boolean {
  if (!TCP.includes(rule.protocol)) return false;
  return holdsAllPorts(rule) || (rule.fromPort <= port && port <= rule.toPort);
}

export function holdsAllPorts({ protocol, fromPort }: SecurityGroupRule): boolean {
  return protocol === "-1" || fromPort === -1;
}

/** `sg-1: tcp 80 from 10.0.0.0/16`. */
export function describeRule(rule: SecurityGroupRule & { readonly groupId: string }): string {
  const ports = rule.fromPort === rule.toPort ? `${rule.fromPort}` : `${rule.fromPort}-${rule.toPort}`;
  const what =
    rule.protocol === "-1" ? "everything" : holdsAllPorts(rule) ? `${rule.protocol} all` : `${rule.protocol} ${ports}`;
  const sources = [...rule.cidrsIpv4, ...rule.cidrsIpv6, ...rule.securityGroupIds, ...rule.prefixListIds];
  return `${rule.groupId}: ${what} from ${sources.join(", ") || "nowhere"}`;
}
