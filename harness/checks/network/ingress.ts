import { nameIn } from "../../model/resource-name.ts";
import type { Account } from "../../model/settings/account.ts";
import type { LoadBalancerSetting } from "../../model/settings/load-balancer-setting.ts";
import type { SecurityGroupRule } from "../../model/settings/network-setting.ts";
import { attempt, CannotTell, existing } from "../judging.ts";

/** What the security groups of a load balancer let in, together: a rule of any group lets in. */
export interface Ingress {
  readonly rules: readonly (SecurityGroupRule & { readonly groupId: string })[];
  /** Why groups could not be read: what they let in is not known. */
  readonly unread: readonly CannotTell[];
}

export function ingressOf({ arn, securityGroupIds }: LoadBalancerSetting, account: Account): Ingress {
  const groups = securityGroupIds.map((id) =>
    attempt(() => existing(account, "security-group", id, `security group ${id} of load balancer ${nameIn(arn)}`)),
  );
  return {
    rules: groups.flatMap((group) =>
      group instanceof CannotTell ? [] : group.ingress.map((rule) => ({ ...rule, groupId: group.id })),
    ),
    unread: groups.filter((group) => group instanceof CannotTell),
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
