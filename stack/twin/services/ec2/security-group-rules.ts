import type { Resource, TwinState } from "../../state/twin-state.ts";
import { derivedHex } from "../derived.ts";

/** One rule as EC2 keeps it: one protocol and range of ports, one direction, one peer. */
export interface SecurityGroupRule {
  readonly id: string;
  readonly groupId: string;
  readonly isEgress: boolean;
  /** `tcp`, `udp`, `icmp`, a number, or `-1` for all. */
  readonly protocol: string;
  readonly fromPort: number;
  readonly toPort: number;
  readonly peer: Peer;
  readonly description: string | undefined;
  readonly tags_all: Readonly<Record<string, string>>;
}

type Peer =
  | { readonly kind: "ipv4"; readonly cidr: string }
  | { readonly kind: "ipv6"; readonly cidr: string }
  | { readonly kind: "prefix-list"; readonly prefixListId: string }
  | { readonly kind: "group"; readonly groupId: string };

/**
 * The rules of a group in one direction. A refreshed state shows rules of their own once more inside the group, so
 * those count where there are any; otherwise the group's inline rules do.
 */
export function rulesOf(state: TwinState, group: Resource<"securityGroups">, isEgress: boolean): SecurityGroupRule[] {
  const apart = [...newerRules(state, group.id, isEgress), ...olderRules(state, group.id, isEgress)];
  if (apart.length > 0) return apart;
  return (isEgress ? group.egress : group.ingress).flatMap((rule) =>
    spread(group.id, isEgress, rule, [
      ...peersOf(rule),
      ...rule.security_groups.map((groupId) => ({
        kind: "group" as const,
        groupId: groupId.split("/").at(-1) ?? groupId,
      })),
    ]),
  );
}

function newerRules(state: TwinState, groupId: string, isEgress: boolean): SecurityGroupRule[] {
  return (isEgress ? state.egressRules : state.ingressRules)
    .filter((rule) => rule.security_group_id === groupId)
    .flatMap((rule) => {
      const peer = peerOf(rule);
      if (peer === undefined) return [];
      const { id, ip_protocol: protocol, from_port, to_port, description, tags_all } = rule;
      const ports = { fromPort: from_port ?? -1, toPort: to_port ?? -1 };
      return [{ id, groupId, isEgress, protocol, ...ports, peer, description, tags_all }];
    });
}

function peerOf(rule: Resource<"ingressRules">): Peer | undefined {
  if (rule.cidr_ipv4 !== undefined) return { kind: "ipv4", cidr: rule.cidr_ipv4 };
  if (rule.cidr_ipv6 !== undefined) return { kind: "ipv6", cidr: rule.cidr_ipv6 };
  if (rule.prefix_list_id !== undefined) return { kind: "prefix-list", prefixListId: rule.prefix_list_id };
  const groupId = rule.referenced_security_group_id?.split("/").at(-1);
  return groupId === undefined ? undefined : { kind: "group", groupId };
}

function olderRules(state: TwinState, groupId: string, isEgress: boolean): SecurityGroupRule[] {
  return state.securityGroupRules
    .filter((rule) => rule.security_group_id === groupId && (rule.type === "egress") === isEgress)
    .flatMap((rule) => {
      const source = rule.source_security_group_id?.split("/").at(-1);
      const group = source === undefined || rule.self ? [] : [{ kind: "group" as const, groupId: source }];
      return spread(groupId, isEgress, rule, [...peersOf(rule), ...group]);
    });
}

interface RuleWithPeers {
  readonly protocol: string;
  readonly from_port: number;
  readonly to_port: number;
  readonly cidr_blocks: readonly string[];
  readonly ipv6_cidr_blocks: readonly string[];
  readonly prefix_list_ids: readonly string[];
  readonly description: string | undefined;
  readonly self: boolean;
}

function peersOf(rule: RuleWithPeers): Peer[] {
  return [
    ...rule.cidr_blocks.map((cidr) => ({ kind: "ipv4" as const, cidr })),
    ...rule.ipv6_cidr_blocks.map((cidr) => ({ kind: "ipv6" as const, cidr })),
    ...rule.prefix_list_ids.map((prefixListId) => ({ kind: "prefix-list" as const, prefixListId })),
  ];
}

/** A rule of Terraform's that names several peers is several rules to EC2; so is one that names the group itself. */
function spread(groupId: string, isEgress: boolean, rule: RuleWithPeers, peers: readonly Peer[]): SecurityGroupRule[] {
  const { protocol, from_port, to_port, description, self } = rule;
  const all = protocol === "-1" || protocol === "all";
  const ports = all ? { fromPort: -1, toPort: -1 } : { fromPort: from_port, toPort: to_port };
  const itself: readonly Peer[] = self ? [{ kind: "group", groupId }] : [];
  return [...peers, ...itself].map((peer) => {
    const rest = { isEgress, protocol: all ? "-1" : protocol, ...ports, peer };
    const id = `sgr-${derivedHex(JSON.stringify([groupId, rest]), 17)}`;
    return { id, groupId, ...rest, description, tags_all: {} };
  });
}

/** What a VPC's own default group lets through: everything from itself in, and everything out. */
export function defaultGroupRules(groupId: string, isEgress: boolean): SecurityGroupRule[] {
  const everything = { protocol: "-1", from_port: 0, to_port: 0, description: undefined };
  const none = { ipv6_cidr_blocks: [], prefix_list_ids: [] };
  const rule = { ...everything, ...none, cidr_blocks: isEgress ? ["0.0.0.0/0"] : [], self: !isEgress };
  return spread(groupId, isEgress, rule, peersOf(rule));
}
