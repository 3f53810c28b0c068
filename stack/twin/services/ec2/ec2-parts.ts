import type { Authorizer } from "../../model/ports.ts";
import type { TwinState } from "../../state/twin-state.ts";

/** What EC2 reads of the state. */
export type Ec2State = Pick<
  TwinState,
  | "accountId"
  | "region"
  | "partition"
  | "vpcs"
  | "subnets"
  | "internetGateways"
  | "internetGatewayAttachments"
  | "natGateways"
  | "routeTables"
  | "routes"
  | "routeTableAssociations"
  | "mainRouteTableAssociations"
  | "securityGroups"
  | "securityGroupRules"
  | "ingressRules"
  | "egressRules"
  | "flowLogs"
  | "instances"
  | "instanceProfiles"
  | "logGroups"
  | "roles"
>;

export interface Ec2Parts {
  readonly state: Ec2State;
  readonly authorizer: Authorizer;
}

/** Tags as EC2 lists them. */
export function tagSet(tags: Readonly<Record<string, string>>): { key: string; value: string }[] {
  return Object.entries(tags).map(([key, value]) => ({ key, value }));
}

/** The ARN of something of EC2's in this account. */
export function ec2Arn({ partition, region, accountId }: Ec2State, kind: string, id: string): string {
  return `arn:${partition}:ec2:${region}:${accountId}:${kind}/${id}`;
}
